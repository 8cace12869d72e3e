import WidenLanguage

extension WrittenQuery {
  private typealias Keys = [(phrase: Phrase, column: WrittenColumn)]

  /// Up to three keys: columns, values with a name, a column of a related table.
  private mutating func keys(_ random: inout Seeded, atLeast least: Int = 0) -> Keys {
    let columns = writer.columns.filter(\.isExact).shuffled(using: &random)
    var keys: Keys = columns.prefix(least + random.below(3)).map { (writer.phrase($0), $0) }
    if random.once(in: 3) {
      let (phrase, kind) = value(&random)
      var column = WrittenColumn(name: name("k"), kind: kind)
      column.isSummable = isSummable(phrase)
      keys.append(
        (Phrase(text: "\(phrase.text) as \(column.name)", sql: phrase.sql), column))
    }
    if writer.isTable, random.once(in: 6) {
      keys.append(
        (
          Phrase(
            text: "site.region", sql: "(select region from places p where p.site = s.site)"),
          WrittenColumn(name: "region", kind: .name)
        ))
    }
    return keys
  }

  private func by(_ keys: Keys) -> String {
    keys.isEmpty ? "" : " by " + keys.map(\.phrase.text).joined(separator: ", ")
  }

  mutating func count(_ random: inout Seeded) {
    let keys = keys(&random)
    var name = name("n")
    var text = "count"
    var sql = "count(*)"
    if random.once(in: 3), let column = writer.column(&random, where: \.isExact) {
      text += " distinct \(written(column.name))"
      sql = "count(distinct \(quoted(column.name)))"
    }
    if text == "count", random.once(in: 2), !keys.contains(where: { $0.column.name == "n" }) {
      name = "n"
    } else {
      text += " as \(name)"
    }
    var column = WrittenColumn(name: name, kind: .integer)
    column.isAdditive = true
    group(text + by(keys), by: keys, ["\(sql) as \(name)"], [column])
  }

  mutating func summarise(_ random: inout Seeded) {
    let keys = keys(&random)
    var texts: [String] = []
    var figures: [String] = []
    var columns: [WrittenColumn] = []
    for _ in 0..<1 + random.below(3) {
      let aggregate = AggregatePhrases(phrases: writer, query: self).aggregate(&random)
      var column = aggregate.column
      column.name = name("x")
      texts.append("\(aggregate.phrase.text) as \(column.name)")
      figures.append("\(aggregate.phrase.sql) as \(column.name)")
      columns.append(column)
    }
    let word = random.once(in: 4) ? "summarize" : "summarise"
    group("\(word) \(texts.joined(separator: ", "))" + by(keys), by: keys, figures, columns)
  }

  mutating func share(_ random: inout Seeded) {
    guard let value = writer.column(&random, where: { $0.isAdditive && $0.isSummable }) else {
      return count(&random)
    }
    let others = writer.columns.filter { $0.isExact && $0.name != value.name }
    let within = others.shuffled(using: &random).prefix(random.below(3))
    let own = quoted(value.name)
    let partition = within.map { quoted($0.name) }.joined(separator: ", ")
    var column = WrittenColumn(name: name("s"), kind: .decimal)
    column.isSummable = false
    var text = "share of \(written(value.name))"
    if !within.isEmpty {
      text += " within " + within.map { written($0.name) }.joined(separator: ", ")
    }
    let window = partition.isEmpty ? "" : "partition by \(partition)"
    add(
      text + " as \(column.name)",
      "select *, 1.0 * \(own) / nullif(sum(\(own)) over (\(window)), 0) as \(column.name) from s ",
      columns: writer.columns + [column])
  }

  mutating func distinct(_ random: inout Seeded) {
    if writer.columns.allSatisfy(\.isExact), random.once(in: 3) {
      let keys: Keys = writer.columns.map { (writer.phrase($0), $0) }
      return group("distinct", by: keys, [], [])
    }
    let chosen = writer.columns.filter(\.isExact).shuffled(using: &random)
      .prefix(1 + random.below(3))
    guard !chosen.isEmpty else { return }
    group(
      "distinct " + chosen.map { written($0.name) }.joined(separator: ", "),
      by: chosen.map { (writer.phrase($0), $0) }, [], [])
  }

  /// Rows of `rooms` beside those that have the same tree, the same flag, or both.
  mutating func join(_ random: inout Seeded) {
    let names = writer.columns.map(\.name)
    let keys = ["tree name", "flag"].filter { names.contains($0) }.shuffled(using: &random)
      .prefix(1 + random.below(2))
    guard !keys.isEmpty, !names.contains("beds") else { return }
    let extra = [
      WrittenColumn(name: "tree name", kind: .name), WrittenColumn(name: "flag", kind: .boolean),
    ]
    let taken = (extra + WrittenTables.roomColumns).filter { !keys.contains($0.name) }
    var columns = writer.columns
    var list = names.map { "s.\(quoted($0))" }
    for column in taken {
      var added = column
      if names.contains(column.name) { added.name = "rooms_\(column.name)" }
      list.append("r.\(quoted(column.name)) as \(quoted(added.name))")
      columns.append(added)
    }
    let ending = ["", " keep unmatched", " drop unmatched"][random.below(3)]
    let test = keys.map { "s.\(quoted($0)) = r.\(quoted($0))" }.joined(separator: " and ")
    let kind = ending == " drop unmatched" ? "" : "left "
    add(
      "join rooms on \(keys.map(written).joined(separator: ", "))\(ending)",
      "select \(list.joined(separator: ", ")), row_number() over (order by s.rn, r.rowid) as rn"
        + " from s \(kind)join rooms r on \(test)", columns: columns)
  }
}
