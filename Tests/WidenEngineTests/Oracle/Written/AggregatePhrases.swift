import WidenLanguage

/// Random aggregates over some columns, in both languages.
struct AggregatePhrases {
  let phrases: PhraseWriter
  let query: WrittenQuery

  func aggregate(_ random: inout Seeded) -> (phrase: Phrase, column: WrittenColumn) {
    var column = WrittenColumn(name: "", kind: .integer)
    column.isAdditive = true
    switch random.below(8) {
    case 0: return (count(&random), column)
    case 1: return (counting(&random), column)
    case 2, 3:
      let (phrase, kind, isSummable) = operand(&random)
      let condition = condition(&random)
      column.kind = kind
      column.isExact = isSummable
      column.isSummable = isSummable
      return (call("sum", phrase, condition), column)
    case 4:
      let (phrase, _, _) = operand(&random)
      let condition = condition(&random)
      return (call("mean", phrase, condition, sql: "avg"), fraction(isExact: false))
    case 5:
      if let found = extreme(&random) { return found }
      return (count(&random), column)
    case 6: return (rate(&random), fraction(isExact: true))
    default:
      let part = count(&random, isConditional: true)
      let whole = count(&random)
      return (
        Phrase(
          text: "(\(part.text)) / \(whole.text)",
          sql: "(1.0 * \(part.sql) / nullif(\(whole.sql), 0))"), fraction(isExact: true)
      )
    }
  }

  private func fraction(isExact: Bool) -> WrittenColumn {
    var column = WrittenColumn(name: "", kind: .decimal)
    column.isExact = isExact
    column.isSummable = false
    return column
  }

  private func condition(_ random: inout Seeded) -> Phrase? {
    random.once(in: 3)
      ? ConditionPhrases(phrases: phrases).condition(&random, depth: 1) : nil
  }

  private func count(_ random: inout Seeded, isConditional: Bool = false) -> Phrase {
    let test =
      isConditional
      ? ConditionPhrases(phrases: phrases).condition(&random, depth: 2) : condition(&random)
    guard let test else { return Phrase(text: "count", sql: "count(*)") }
    return Phrase(text: "count where \(test.text)", sql: "coalesce(sum(\(test.sql)), 0)")
  }

  /// How many values there are: different, missing or recorded ones.
  private func counting(_ random: inout Seeded) -> Phrase {
    guard let column = phrases.column(&random, where: \.isExact) else { return count(&random) }
    let (name, own) = (written(column.name), quoted(column.name))
    let test = condition(&random)
    let suffix = test.map { " where \($0.text)" } ?? ""
    func counted(_ condition: String) -> String {
      "coalesce(sum(\(condition) and \(test?.sql ?? "1")), 0)"
    }
    switch random.below(4) {
    case 0: return Phrase(text: "missing \(name)\(suffix)", sql: counted("\(own) is null"))
    case 1:
      let recorded =
        column.kind == .site ? "coalesce(\(own) <> 'Unknown', 0)" : "\(own) is not null"
      return Phrase(text: "recorded \(name)\(suffix)", sql: counted(recorded))
    default:
      let word = random.once(in: 2) ? "distinct" : "count distinct"
      let value = test.map { "case when \($0.sql) then \(own) end" } ?? own
      return Phrase(text: "\(word) \(name)\(suffix)", sql: "count(distinct \(value))")
    }
  }

  /// A number to add up; a calculation stands in brackets.
  private func operand(_ random: inout Seeded) -> (Phrase, WrittenKind, Bool) {
    if random.once(in: 2),
      let column = phrases.column(&random, where: { $0.kind.isNumber && $0.isSummable })
    {
      return (phrases.phrase(column), column.kind, true)
    }
    let (phrase, kind) = phrases.number(&random)
    return (phrase, kind, query.isSummable(phrase))
  }

  private func call(_ word: String, _ operand: Phrase, _ test: Phrase?, sql: String? = nil)
    -> Phrase
  {
    let value = test.map { "case when \($0.sql) then \(operand.sql) end" } ?? operand.sql
    return Phrase(
      text: "\(word) \(operand.text(.single))" + (test.map { " where \($0.text)" } ?? ""),
      sql: "\(sql ?? word)(\(value))")
  }

  /// The least or the greatest; of text in the order of its values.
  private func extreme(_ random: inout Seeded) -> (Phrase, WrittenColumn)? {
    guard
      let column = phrases.column(
        &random,
        where: { $0.isExact && (!$0.kind.isText || $0.kind == .band) && $0.kind != .boolean })
    else { return nil }
    let word = random.once(in: 2) ? "min" : "max"
    var found = column
    found.isAdditive = false
    let test = condition(&random)
    guard let order = column.kind.order else {
      return (call(word, phrases.phrase(column), test), found)
    }
    let own = phrases.phrase(column)
    let ranked = call(word, Phrase(text: own.text, sql: position(of: own.sql, in: order)), test)
    let list = order.enumerated().map { "when \($0 + 1) then '\($1)'" }.joined(separator: " ")
    return (Phrase(text: ranked.text, sql: "(case \(ranked.sql) \(list) end)"), found)
  }

  private func rate(_ random: inout Seeded) -> Phrase {
    let conditions = ConditionPhrases(phrases: phrases)
    let event = conditions.condition(&random, depth: 1)
    guard random.once(in: 2) else {
      return Phrase(text: "rate \(event.text)", sql: "(1.0 * sum(\(event.sql)) / count(*))")
    }
    let base = conditions.condition(&random, depth: 1)
    return Phrase(
      text: "rate \(event.text) among \(base.text)",
      sql: "(1.0 * sum(\(event.sql) and \(base.sql)) / nullif(sum(\(base.sql)), 0))")
  }
}
