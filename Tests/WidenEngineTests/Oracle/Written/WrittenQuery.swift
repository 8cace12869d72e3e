import WidenLanguage

/// A random query as text, and the same question in SQL.
///
/// Each step is a stage of the SQL, `s0`, `s1` and so on, whose column `rn` says where a row
/// stands. A cross-tabulation ends a query; its SQL gives the groups and not their layout.
struct WrittenQuery {
  private(set) var steps = ["from people"]
  private(set) var stages = ["select *, rowid as rn from people"]
  private(set) var writer = PhraseWriter(columns: WrittenTables.columns, isTable: true)
  /// What the cross-tabulation at the end lays out.
  private(set) var crosstab: WrittenCrosstab?
  /// The names that `share` and others add must not meet again.
  private var added = 0

  init(_ random: inout Seeded) {
    for _ in 0..<1 + random.below(5) where crosstab == nil { step(&random) }
    if crosstab == nil, random.once(in: 8) {
      crosstab = WrittenCrosstab(&self, &random)
    }
    text = Self.layout(steps, &random)
  }

  /// The query in the language.
  private(set) var text = ""

  /// The query in SQL: its rows in order, its columns as the answer has them.
  var sql: String {
    let columns = writer.columns.map { quoted($0.name) }.joined(separator: ", ")
    return "\(stagesText) select \(columns) from s order by rn"
  }

  /// The stages, with the last one under the name `s`.
  var stagesText: String {
    var parts: [String] = []
    for (index, stage) in stages.enumerated() {
      let input = stage.replacing("from s ", with: "from s\(index - 1) s ")
        .replacing("join s ", with: "join s\(index - 1) s ")
      parts.append("s\(index) as (\(input))")
    }
    return "with \(parts.joined(separator: ", ")), s as (select * from s\(stages.count - 1))"
  }

  /// On one line or on several, with a capital here and there.
  private static func layout(_ steps: [String], _ random: inout Seeded) -> String {
    let separator = random.once(in: 2) ? " | " : "\n"
    return steps.map { step in
      guard random.once(in: 8), let end = step.firstIndex(of: " ") else { return step }
      return step[..<end].uppercased() + step[end...]
    }.joined(separator: separator)
  }

  mutating func add(_ step: String, _ select: String, columns: [WrittenColumn]? = nil) {
    steps.append(step)
    stages.append(select)
    if let columns { writer.columns = columns }
  }

  /// A stage that only puts the rows of the one before in order.
  mutating func order(by keys: [String]) {
    let order = keys.isEmpty ? "" : "order by \(keys.joined(separator: ", "))"
    stages.append("select *, row_number() over (\(order)) as rn from s ")
  }

  mutating func name(_ prefix: String) -> String {
    added += 1
    return "\(prefix)\(added)"
  }

  private mutating func step(_ random: inout Seeded) {
    switch random.below(13) {
    case 0, 1, 2:
      let test = ConditionPhrases(phrases: writer).condition(&random)
      add("where \(test.text)", "select * from s where \(test.sql)")
    case 3, 4: derive(&random)
    case 5: count(&random)
    case 6, 7: summarise(&random)
    case 8: share(&random)
    case 9: sort(&random)
    case 10: top(&random)
    case 11: random.once(in: 2) ? distinct(&random) : choose(&random)
    default: random.once(in: 2) ? join(&random) : snapshot(&random)
    }
  }

  // MARK: Columns

  private mutating func derive(_ random: inout Seeded) {
    let (phrase, kind) = value(&random)
    let name = name("d")
    var column = WrittenColumn(name: name, kind: kind)
    column.isSummable = isSummable(phrase)
    add(
      "derive \(phrase.text) as \(name)", "select *, \(phrase.sql) as \(name) from s ",
      columns: writer.columns + [column])
  }

  /// A quotient is the same in both, but a sum of quotients need not be.
  func isSummable(_ phrase: Phrase) -> Bool {
    !phrase.text.contains(" / ")
      && !writer.columns.contains { !$0.isSummable && phrase.sql.contains(quoted($0.name)) }
  }

  /// A value of any kind.
  mutating func value(_ random: inout Seeded) -> (Phrase, WrittenKind) {
    switch random.below(6) {
    case 0:
      let (top, bottom) = (writer.number(&random).phrase, writer.number(&random).phrase)
      return (
        Phrase(
          text: "\(top.text(.product)) / \(bottom.text(.sign))",
          sql: "(1.0 * \(top.sql) / \(bottom.sql))", level: .product), .decimal
      )
    case 1: return label(&random)
    case 2:
      let test = ConditionPhrases(phrases: writer).condition(&random, depth: 1)
      // A column alone is no condition here: where it is missing, so is its copy.
      let column = writer.columns.first { written($0.name) == test.text }
      return (column.map(writer.phrase) ?? test, .boolean)
    case 3:
      if let column = writer.column(&random, where: { $0.kind == .date }) {
        let own = quoted(column.name)
        let month =
          "(cast(strftime('%Y', \(own) * 86400, 'unixepoch') as integer) * 12"
          + " + strftime('%m', \(own) * 86400, 'unixepoch') - 1)"
        let name = written(column.name)
        if random.once(in: 2) { return (Phrase(text: "month(\(name))", sql: month), .month) }
        return (Phrase(text: "fy(\(name))", sql: "((\(month) - 3) / 12)"), .year)
      }
    case 4:
      if let column = writer.column(&random, where: { $0.kind == .name }) {
        let name = written(column.name)
        let count = 1 + random.below(4)
        return (
          Phrase(
            text: "left(\(name), \(count))", sql: "substr(\(quoted(column.name)), 1, \(count))"),
          .text(order: nil, isOrdered: false)
        )
      }
    default: break
    }
    return writer.number(&random)
  }

  /// Labels that conditions choose, in the order in which they are written.
  private func label(_ random: inout Seeded) -> (Phrase, WrittenKind) {
    let labels = Array(["young", "old", "in between"].shuffled(using: &random).prefix(2))
    let conditions = ConditionPhrases(phrases: writer)
    let tests = labels.map { _ in conditions.condition(&random, depth: 2) }
    let hasElse = random.once(in: 2)
    var text = ""
    var sql = "(case"
    for (label, test) in zip(labels, tests) {
      text += "if \(test.text) then \"\(label)\" else "
      sql += " when \(test.sql) then '\(label)'"
    }
    text += hasElse ? "\"none\"" : "missing"
    sql += hasElse ? " else 'none' end)" : " end)"
    return (
      Phrase(text: text, sql: sql, level: .open),
      .text(order: labels + (hasElse ? ["none"] : []), isOrdered: false)
    )
  }

  private mutating func choose(_ random: inout Seeded) {
    let columns = writer.columns
    let kept = columns.shuffled(using: &random).prefix(1 + random.below(columns.count))
    writer.isTable = false
    guard random.once(in: 2), let one = kept.first else {
      let names = kept.map { written($0.name) }.joined(separator: ", ")
      let list = kept.map { quoted($0.name) }.joined(separator: ", ")
      add("select \(names)", "select \(list), rn from s ", columns: Array(kept))
      return
    }
    let name = name("r")
    let list = columns.map { column in
      column.name == one.name ? "\(quoted(one.name)) as \(name)" : quoted(column.name)
    }
    add(
      "rename \(written(one.name)) as \(name)",
      "select \(list.joined(separator: ", ")), rn from s ",
      columns: columns.map { column in
        var column = column
        if column.name == one.name { column.name = name }
        return column
      })
  }

  // MARK: Rows

  private mutating func sort(_ random: inout Seeded) {
    let exact = writer.columns.filter(\.isExact).shuffled(using: &random)
    let keys = exact.prefix(1 + random.below(2))
    guard !keys.isEmpty else { return }
    var texts: [String] = []
    var order: [String] = []
    for column in keys {
      let word = ["", " desc", " asc"][random.below(3)]
      texts.append(written(column.name) + word)
      let own = orderKey(quoted(column.name), column.kind)
      order.append("\(own) is null, \(own)\(word)")
    }
    let others = writer.columns.map { quoted($0.name) }.joined(separator: ", ")
    add(
      "sort \(texts.joined(separator: ", "))",
      "select \(others), row_number() over (order by \(order.joined(separator: ", ")), rn) as rn"
        + " from s ")
    if random.once(in: 2) { take(&random) }
  }

  private mutating func take(_ random: inout Seeded) {
    let count = random.below(9)
    let sql = "select * from (select *, row_number() over (order by rn) as place from s )"
    let columns = writer.columns.map { quoted($0.name) }.joined(separator: ", ")
    add(
      "take \(count)",
      "select \(columns), rn from (\(sql)) where place <= \(count)")
  }

  private mutating func top(_ random: inout Seeded) {
    guard let by = writer.column(&random, where: { $0.isExact && !$0.kind.isText }) else { return }
    let word = random.once(in: 2) ? "top" : "bottom"
    let count = random.below(5)
    let within = Array(
      writer.columns.filter { $0.isExact && $0.name != by.name }.shuffled(using: &random)
        .prefix(random.below(3)))
    let own = quoted(by.name)
    let direction = word == "top" ? "desc" : ""
    let groups = within.map { quoted($0.name) }.joined(separator: ", ")
    let order = within.map {
      let key = orderKey(quoted($0.name), $0.kind)
      return "\(key) is null, \(key)"
    }
    let names = writer.columns.map { quoted($0.name) }.joined(separator: ", ")
    let partition = within.isEmpty ? "" : "partition by \(groups) "
    let inner =
      "select *, row_number() over (\(partition)order by \(own) \(direction), rn) as place"
      + " from s where \(own) is not null"
    let last = (order + ["\(own) \(direction)", "rn"]).joined(separator: ", ")
    add(
      "\(word) \(count) by \(written(by.name))"
        + (within.isEmpty
          ? "" : " within " + within.map { written($0.name) }.joined(separator: ", ")),
      "select \(names), row_number() over (order by \(last)) as rn from (\(inner))"
        + " where place <= \(count)")
  }

  private mutating func snapshot(_ random: inout Seeded) {
    guard writer.isTable, !writer.columns.contains(where: { $0.name == "snapshot" }) else { return }
    let year = Period(.financialYear, startYear: 2012 + random.below(4))
    let day = Day(number: 15_700 + random.below(1100))
    let isYear = random.once(in: 2)
    let last = isYear ? year.last.number : day.number
    add(
      "snapshot at \(isYear ? "\(year)" : "\(day)")",
      "select *, \(isYear ? year.number : day.number) as snapshot from s"
        + " where coalesce(\"joined\" <= \(last), 0) and coalesce(\"left\" > \(last), 1)",
      columns: writer.columns + [WrittenColumn(name: "snapshot", kind: isYear ? .year : .date)])
  }

  // MARK: Groups

  mutating func group(
    _ step: String, by keys: [(phrase: Phrase, column: WrittenColumn)], _ figures: [String],
    _ columns: [WrittenColumn]
  ) {
    let list = keys.map { "\($0.phrase.sql) as \(quoted($0.column.name))" } + figures
    let places = keys.indices.map { "\($0 + 1)" }.joined(separator: ", ")
    writer.isTable = false
    add(
      step,
      "select \(list.joined(separator: ", ")) from s "
        + (keys.isEmpty ? "" : " group by \(places)"),
      columns: keys.map(\.column) + columns)
    order(
      by: keys.flatMap { key in
        let own = orderKey(quoted(key.column.name), key.column.kind)
        return ["\(own) is null", own]
      })
  }
}
