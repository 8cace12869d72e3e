import SQLiteOracle
import Testing
import WidenLanguage
import WidenShell

/// The scripts that are installed with the program: each answers its question as SQLite does, and
/// can be asked what it takes.
@Suite struct LibraryTests {
  private let session = try? unprotected(ShellOptions(source: .sample(posts: nil)))

  /// What each script takes when nothing is given, and what else it is tried with.
  private static let trials: [[String: String]] = [
    [:], ["org": "RKE"], ["at": "2016-03-31"], ["at": "2013-09-30", "org": "R1H"],
    ["year": "FY2013/14"], ["year": "FY2014/15", "since": "FY2012/13", "times": "1.5"],
    ["target": "1%"], ["role": "Clerical worker", "destination": "Promoted"],
  ]

  @Test func answersAsSQLiteDoes() throws {
    let database = try SampleDatabase.open()
    for answer in LibraryAnswer.all {
      let text = try script(answer.script)
      for trial in Self.trials where trial.keys.allSatisfy({ text.contains("param \($0) ") }) {
        try check(answer, text, trial, database)
      }
    }
  }

  @Test func everyScriptIsChecked() throws {
    let checked = Set(LibraryAnswer.all.map(\.script))
    #expect(Set(try library()) == checked)
  }

  @Test func everyScriptHasACard() throws {
    for name in try library() {
      let text = try script(name)
      let card = try open().card(of: text, named: name)
      #expect(text.hasPrefix("## "), "\(name) has no help")
      for declared in text.matches(of: #/param (\w+) /#) {
        #expect(card.contains("-p \(declared.1)="), "\(name) does not show \(declared.1)")
        let explained = text.contains("## \(declared.1) ")
        #expect(explained, "\(name) does not explain \(declared.1)")
      }
    }
  }

  @Test func runsByName() throws {
    var shown = ""
    let sinks = Sinks(output: { shown += $0 }, messages: { shown += $0 })
    let outcome = try open().run(
      #"run "moved_on"; run "Headcount.widen" with org = "RKE""#, mode: .terminal, to: sinks)
    #expect(outcome.status == .done, "\(shown)")
    #expect(shown.contains("Middlesex University") && shown.contains("Whittington"))
  }

  @Test func suggestsTheNearestName() throws {
    var shown = ""
    let sinks = Sinks(output: { _ in }, messages: { shown += $0 })
    let outcome = try open().run(#"run "headcuont""#, mode: .terminal, to: sinks)
    #expect(outcome.status == .failed)
    #expect(shown.contains(#"did you mean "headcount"?"#))
  }

  private func open() throws -> Session { try #require(session) }

  private func script(_ name: String) throws -> String {
    try #require(try open().libraryScript(named: name), "there is no script \(name)")
  }

  /// The names that `show library` lists.
  private func library() throws -> [String] {
    guard
      case .answer(let answer) = try open().runForPipe(
        "show library", parameters: [:], isCancelled: { false })
    else { return [] }
    return (0..<answer.rowCount).map { shown(answer.value($0, 0)) }
  }

  /// Compares one query of a script with its answer in SQL.
  private func check(
    _ expected: LibraryAnswer, _ text: String, _ given: [String: String], _ database: SQLite
  ) throws {
    let place = "\(expected.script) \(expected.query), \(given)"
    let answer = try run(text, upTo: expected.query, given)
    let (columns, rows) = try database.answer(filled(expected.sql, text, given))
    #expect(answer.rowCount == rows.count, "\(place): \(answer.rowCount) rows, not \(rows.count)")
    let indices = try columns.map { name in
      try #require(
        answer.columns.firstIndex { $0.name == name }, "\(place) has no column \(name)")
    }
    var own = (0..<answer.rowCount).map { row in indices.map { answer.value(row, $0) } }
    var other = rows
    if !expected.isOrdered {
      own.sort { key($0) < key($1) }
      other.sort { key($0) < key($1) }
    }
    for (own, other) in zip(own, other) {
      for (column, (own, other)) in zip(columns, zip(own, other)) {
        #expect(isSame(own, other), "\(place), \(column): \(shown(own)), not \(shown(other))")
        if !isSame(own, other) { return }
      }
    }
  }

  /// The result of the query of this number in a script.
  private func run(_ text: String, upTo query: Int, _ given: [String: String]) throws -> PipeAnswer
  {
    let statements = parse(text).program.statements.filter {
      if case .query = $0.statement { true } else { false }
    }
    let end = statements[query - 1].place.range.end
    let head = String(decoding: Array(text.utf8)[..<end], as: UTF8.self)
    let types = text.matches(of: /param (\w+) as (\w+)/)
    var parameters: [String: PipeValue] = [:]
    for (name, value) in given {
      let isNumber = types.contains { $0.1 == name && $0.2 == "number" }
      let divisor = value.hasSuffix("%") ? 100.0 : 1
      parameters[name] =
        isNumber
        ? .decimal((Double(value.replacing("%", with: "")) ?? 0) / divisor) : .text(value)
    }
    switch try open().runForPipe(head, parameters: parameters, isCancelled: { false }) {
    case .answer(let answer): return answer
    case .failure(let problems):
      throw CheckFailure(message: problems.map(\.message).joined(separator: "; "))
    case .cancelled: throw CheckFailure(message: "cancelled")
    }
  }

  /// SQL with the values of the parameters: those given, else the script's own.
  private func filled(_ sql: String, _ text: String, _ given: [String: String]) -> String {
    var values: [String: String] = [:]
    for match in text.matches(of: /param (\w+) as \w+(?: from \S+)? default (.*)/) {
      values[String(match.1)] = String(match.2)
    }
    for (name, value) in given { values[name] = value }
    if let range = values.removeValue(forKey: "years")?.split(separator: "..") {
      values["first"] = range.first.map(String.init)
      values["last"] = range.last.map(String.init)
    }
    var result = sql
    for (name, value) in values { result = result.replacing("$" + name, with: literal(value)) }
    return result
  }

  private func literal(_ value: String) -> String {
    if value == "missing" { return "null" }
    if value.hasSuffix("%"), let number = Double(value.dropLast()) { return "\(number / 100)" }
    if let number = Double(value) { return "\(number)" }
    return "'" + value.replacing("\"", with: "") + "'"
  }

  private func key(_ row: [Value]) -> String {
    row.map { value in
      if case .decimal = value { return "" }
      return shown(value)
    }.joined(separator: "|")
  }

  private func isSame(_ own: Value, _ other: Value) -> Bool {
    if let a = number(own), let b = number(other) { return abs(a - b) <= 1e-9 * max(1, abs(b)) }
    return shown(own) == shown(other)
  }

  private func number(_ value: Value) -> Double? {
    switch value {
    case .integer(let number): Double(number)
    case .decimal(let number): number
    case .boolean(let flag): flag ? 1 : 0
    case .missing, .text, .date, .month, .period: nil
    }
  }

  private func shown(_ value: Value) -> String {
    switch value {
    case .missing: "missing"
    case .text(let text): text
    case .date(let day): "\(day)"
    case .month(let month): "\(month)"
    case .period(let period): "\(period)"
    case .integer(let number): "\(number)"
    case .decimal(let number): "\(number)"
    case .boolean(let flag): flag ? "yes" : "no"
    }
  }
}
