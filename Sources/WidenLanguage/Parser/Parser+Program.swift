/// Programs, statements, queries and steps.
extension Parser {
  func program() -> Program {
    var statements: [PlacedStatement] = []
    while token.kind != .endOfText, !isFull {
      if token.kind == .end {
        advance()
      } else if let statement = recovering(toStep: false, placedStatement) {
        statements.append(statement)
      }
    }
    if token.kind == .endOfText { startStatement() }
    return Program(help: helpLines(bytes), statements: statements)
  }

  /// At the start of a statement, every statement may come.
  private func startStatement() {
    guard tried.isEmpty, index == 0 || previous.kind == .end else { return }
    openTable = nil
    may(StatementWord.available)
  }

  private func placedStatement() throws(Stop) -> PlacedStatement {
    openTable = nil
    let start = index
    let statement = try statement()
    if token.keyword == "|", !isFull {
      try fail(StepProblem.stepsAfterStatement(tokens[start].keyword))
    }
    return PlacedStatement(statement, place: place(from: start))
  }

  private func statement() throws(Stop) -> Statement {
    may(StatementWord.available)
    guard let word = StatementWord(token), WidenLanguage.startsStatement(token, second: next)
    else { try notAStatement() }
    switch word {
    case .query:
      return .query(try query())
    case .define:
      return .define(try definition())
    case .let, .param, .load, .run, .export, .compare, .set, .show, .explain, .why, .report,
      .save, .help, .back, .quit:
      let start = index
      if word == .export, next.kind == .text {
        try fail(
          StepProblem.exportWhat(next.text),
          fix: inserting(" last to", at: token.range.end))
      }
      advance(.step)
      try explainedWord()
      usage = "\(word.rawValue) \(word.record.signature)"
      defer { usage = nil }
      var parts = Parts()
      try read(word.items, into: &parts)
      guard let statement = Statement(word, parts, place: place(from: start)) else { throw Stop() }
      return statement
    }
  }

  private func definition() throws(Stop) -> DefineStatement {
    advance(.step)
    if at("measure"), next.kind == .name || next.isWord && next.keyword != "as" {
      takeKeyword()
      let name = try name("a measure's name", .newName)
      try expect("as")
      return .measure(name, try aggregate())
    }
    let path = try path("a name", .newName)
    var arguments: [Name] = []
    if accept("(") {
      arguments = try list { () throws(Stop) in try name("an argument's name", .newName) }
      try expect(")")
    }
    try expect("as")
    return .column(path, arguments: arguments, try expression())
  }

  /// `from TABLE | step | …`; a step with a problem is left out of the tree.
  func query() throws(Stop) -> Query {
    if token.keyword == "from" { advance(.step) } else { try expect("from") }
    openSteps = []
    finishedSteps = 0
    let table = try name("a table", .table)
    openTable = table
    if !token.isSeparator {
      do { try unexpected() } catch { skip(toStep: true) }
    }
    while accept("|"), !isFull {
      finishedSteps = openSteps.count
      if let step = recovering(toStep: true, step) { openSteps.append(step) }
    }
    return Query(table: table, steps: openSteps)
  }

  /// The query being read, without the step being read.
  var openQuery: Query? {
    openTable.map { Query(table: $0, steps: Array(openSteps.prefix(finishedSteps))) }
  }

  private func step() throws(Stop) -> PlacedStep {
    let start = index
    may(StepWord.available)
    guard let word = StepWord(token) else { try notAStep() }
    let keyword = advance(.step)
    usage = "\(word.rawValue) \(word.record.signature)"
    defer { usage = nil }
    var parts = Parts()
    try read(word.items, into: &parts)
    guard let step = Step(word, parts) else { throw Stop() }
    return PlacedStep(step, word: keyword.place, place: place(from: start))
  }
}

/// The leading `##` lines of a script, without the signs.
private func helpLines(_ bytes: [UInt8]) -> [String] {
  var lines: [String] = []
  var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  while start < bytes.count {
    while start < bytes.count, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
    guard bytes[start...].starts(with: [0x23, 0x23]) else { break }
    let end = bytes[start...].firstIndex(where: Characters.isLineEnd) ?? bytes.count
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
    let line = bytes[(start + 2)..<end].drop(while: isBlank)
    let length = line.lastIndex { !isBlank($0) }.map { $0 + 1 - line.startIndex } ?? 0
    lines.append(String(decoding: line.prefix(length), as: UTF8.self))
    start = end + (bytes[end...].starts(with: [0x0D, 0x0A]) ? 2 : 1)
  }
  return lines
}
