import WidenLanguage

/// Random expressions over some columns, in both languages.
struct PhraseWriter {
  var columns: [WrittenColumn]
  /// Whether the rows still are people, with all that the dataset knows of them.
  var isTable = false
  /// How many conditions stand around what is written; numbers in them are simple.
  var nesting = 0

  /// A column of one of these kinds, if there is one.
  func column(_ random: inout Seeded, where fits: (WrittenColumn) -> Bool) -> WrittenColumn? {
    let fitting = columns.filter(fits)
    return fitting.isEmpty ? nil : fitting[random.below(fitting.count)]
  }

  func phrase(_ column: WrittenColumn) -> Phrase {
    Phrase(text: written(column.name), sql: quoted(column.name))
  }

  /// A number; whether it is exact, and whether it is surely whole.
  func number(_ random: inout Seeded, depth: Int = 0) -> (phrase: Phrase, kind: WrittenKind) {
    if depth + nesting > 1 || random.once(in: 3) { return leaf(&random) }
    switch random.below(6) {
    case 0, 1:
      let (left, a) = number(&random, depth: depth + 1)
      let (right, b) = number(&random, depth: depth + 1)
      let sign = random.once(in: 2) ? "+" : "-"
      return (
        Phrase(
          text: "\(left.text(.sum)) \(sign) \(right.text(.product))",
          sql: "(\(left.sql) \(sign) \(right.sql))", level: .sum),
        a == .integer && b == .integer ? .integer : .decimal
      )
    case 2:
      let left = small(&random)
      let right = small(&random)
      return (
        Phrase(
          text: "\(left.text(.product)) * \(right.text(.sign))",
          sql: "(\(left.sql) * \(right.sql))",
          level: .product), .decimal
      )
    case 3:
      let (inner, kind) = number(&random, depth: depth + 1)
      return (Phrase(text: "-\(inner.text(.single))", sql: "(-\(inner.sql))", level: .sign), kind)
    case 4: return function(&random, depth: depth)
    default:
      var inner = self
      inner.nesting += 1
      let test = ConditionPhrases(phrases: inner).condition(&random, depth: 2)
      let (chosen, a) = number(&random, depth: depth + 1)
      let (other, b) = number(&random, depth: depth + 1)
      return (
        Phrase(
          text: "if \(test.text) then \(chosen.text) else \(other.text)",
          sql: "(case when \(test.sql) then \(chosen.sql) else \(other.sql) end)", level: .open),
        a == .integer && b == .integer ? .integer : .decimal
      )
    }
  }

  private func function(_ random: inout Seeded, depth: Int)
    -> (phrase: Phrase, kind: WrittenKind)
  {
    let (first, a) = number(&random, depth: depth + 1)
    let (second, b) = number(&random, depth: depth + 1)
    let both: WrittenKind = a == .integer && b == .integer ? .integer : .decimal
    func call(_ name: String, _ sql: String) -> Phrase {
      Phrase(
        text: "\(name)(\(first.text), \(second.text))", sql: "\(sql)(\(first.sql), \(second.sql))")
    }
    switch random.below(6) {
    case 0: return (Phrase(text: "abs(\(first.text))", sql: "abs(\(first.sql))"), a)
    case 1: return (call("coalesce", "coalesce"), both)
    case 2: return (call("min", "min"), both)
    case 3: return (call("MAX", "max"), both)
    case 4:
      if let date = column(&random, where: { $0.kind == .date }) {
        return (
          Phrase(
            text: "year(\(written(date.name)))",
            sql: "cast(strftime('%Y', \(quoted(date.name)) * 86400, 'unixepoch') as integer)"),
          .integer
        )
      }
    default:
      if isTable {
        return (
          Phrase(text: "days_between(joined, left)", sql: "(\"left\" - \"joined\")"), .integer
        )
      }
    }
    return (first, a)
  }

  /// A column or a constant.
  private func leaf(_ random: inout Seeded) -> (phrase: Phrase, kind: WrittenKind) {
    if !random.once(in: 3),
      let column = column(&random, where: { $0.kind.isNumber && $0.isExact })
    {
      return (phrase(column), column.kind)
    }
    if isTable, random.once(in: 6) {
      let sql = "(select size from places p where p.site = s.site)"
      return (Phrase(text: random.once(in: 2) ? "site.size" : "places.size", sql: sql), .integer)
    }
    return constant(&random)
  }

  func constant(_ random: inout Seeded) -> (phrase: Phrase, kind: WrittenKind) {
    switch random.below(4) {
    case 0:
      let number = Double(random.below(40) - 10) / 4
      if number >= 0 { return (Phrase(text: "\(number)", sql: "\(number)"), .decimal) }
      return (Phrase(text: "\(number)", sql: "(\(number))", level: .sign), .decimal)
    case 1: return (Phrase(text: "25%", sql: "0.25"), .decimal)
    default:
      let number = random.below(40)
      return (Phrase(text: "\(number)", sql: "\(number)"), .integer)
    }
  }

  /// A number that can be multiplied without growing too large.
  private func small(_ random: inout Seeded) -> Phrase {
    let names = ["age", "fte", "amount"]
    if !random.once(in: 3), let column = column(&random, where: { names.contains($0.name) }) {
      return phrase(column)
    }
    return constant(&random).phrase
  }
}
