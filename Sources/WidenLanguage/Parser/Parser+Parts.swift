/// Names, texts, values and the lists of them.
extension Parser {
  func list<Element>(_ parse: () throws(Stop) -> Element) throws(Stop) -> [Element] {
    var found = [try parse()]
    while accept(",") { found.append(try parse()) }
    return found
  }

  /// A name; `what` tells the user what it names.
  func name(_ what: String, _ due: DueName) throws(Stop) -> Name {
    may(due)
    if token.isName {
      let token = advance(due == .table ? .table : .name)
      return Name(token.text, token.place)
    }
    var mistake: ClauseProblem.NameMistake?
    var fix: Diagnostic.Fix?
    if token.isWord, !reservedWords.contains(next.keyword) {
      mistake = .reserved(token.text)
    } else if token.kind == .text, ["as", "from", "."].contains(previous.keyword) {
      mistake = .quoted(token.text)
      fix = replacing(token, with: doubling("`", in: token.text))
    }
    try fail(ClauseProblem.nameDue(what, found: token.shown, mistake), fix: fix)
  }

  func path(
    _ what: String = "a column", _ due: DueName = .column(after: [])
  ) throws(Stop) -> Path {
    var names = [try name(what, due)]
    while accept(".") { names.append(try name(what, .column(after: names.map(\.text)))) }
    return Path(names)
  }

  func paths() throws(Stop) -> [Path] {
    try list { () throws(Stop) in try path() }
  }

  /// A whole number or a parameter that holds one.
  func count() throws(Stop) -> Count {
    may(.parameter)
    if token.kind == .parameter {
      let token = advance(.parameter)
      return .parameter(Name(token.text, token.place))
    }
    let place = token.place
    return .number(try whole(), place)
  }

  func whole() throws(Stop) -> Int {
    guard token.kind == .number, token.text.utf8.allSatisfy(Characters.isDigit) else {
      try fail(ClauseProblem.wholeNumberDue(token.shown))
    }
    guard let number = Int(token.text) else {
      try fail(ClauseProblem.wholeNumberTooLarge(token.text))
    }
    advance(.number)
    return number
  }

  func text(_ due: DueName) throws(Stop) -> String {
    may(due)
    if token.kind == .text { return advance(.text).text }
    try fail(
      ClauseProblem.textDue(token.shown, isBare: token.isWord),
      fix: token.isWord ? Diagnostic.Fix(bareStretch, quoted(text(of: bareStretch))) : nil)
  }

  /// From the current token to the next white space or separator: a file's name without its quotes.
  private var bareStretch: SourceRange {
    let end = bytes[token.range.start...].firstIndex { byte in
      byte <= 0x20 || byte == UInt8(ascii: "|") || byte == UInt8(ascii: ";")
        || byte == UInt8(ascii: "\"")
    }
    return SourceRange(token.range.start, end ?? bytes.count)
  }

  private func text(of range: SourceRange) -> String {
    String(decoding: bytes[range.start..<range.end], as: UTF8.self)
  }

  /// A value written out, or a parameter.
  func literal(of column: Path?) throws(Stop) -> Expression {
    may(.value(of: column))
    if token.keyword == "-", next.kind == .number {
      let start = index
      takeKeyword()
      if let number = constant() { return .negative(number, place(from: start)) }
    }
    if let value = constant() { return value }
    let bare = token.isName && token.isWord ? token.text : nil
    try fail(
      ClauseProblem.valueDue(token.shown, bare: bare),
      fix: replacing(token, with: bare.map(quoted)))
  }

  /// Takes a number, text, date, month, period, `yes`, `no`, `missing` or parameter.
  func constant() -> Expression? {
    may(["yes", "no", "missing"])
    may(.parameter)
    let token = token
    switch token.kind {
    case .parameter:
      advance(.parameter)
      return .parameter(Name(token.text, token.place))
    case .number:
      advance(.number)
      let isPercent = token.text.utf8.last == 0x25
      return .literal(isPercent ? .percent(token.text) : .number(token.text), token.place)
    case .text:
      advance(.text)
      return .literal(.text(token.text), token.place)
    case .date, .month, .period:
      guard let literal = token.literal else { return nil }
      advance(.number)
      return .literal(literal, token.place)
    case .word:
      guard let literal = wordLiterals[token.keyword] else { return nil }
      takeKeyword()
      return .literal(literal, token.place)
    case .name, .sign, .newline, .emptyLine, .end, .endOfText, .comment, .unknown:
      return nil
    }
  }

  func interval() throws(Stop) -> Interval {
    try expect("interval")
    guard token.kind == .number else { return Interval(level: "95%") }
    guard token.text.utf8.last == 0x25 else {
      try fail(
        ExpressionProblem.confidenceWithoutPercent(token.text),
        fix: replacing(token, with: token.text + "%"))
    }
    return Interval(level: advance(.number).text)
  }

  func settingValue() throws(Stop) -> SettingValue {
    may(.settingValue(of: previous.text))
    if token.isWord, !constantWords.contains(token.keyword) {
      let token = advance(.name)
      return .word(Name(token.text, token.place))
    }
    return .literal(try literal(of: nil))
  }

  /// The words after `help`, which may be signs.
  func words() -> [String] {
    var found: [String] = []
    while isTopicWord { found.append(advance(.name).text) }
    return found
  }

  var isTopicWord: Bool {
    token.isWord || token.kind == .name || token.kind == .sign && token.keyword != "|"
  }

  func option() throws(Stop) -> Option {
    let name = try name("a parameter's name", .parameter)
    try expect("=")
    return Option(name, try set())
  }

  func match() throws(Stop) -> CompareStep.Match {
    let name = try name("a column of the benchmark", .column(after: []))
    try expect("=")
    return CompareStep.Match(name, try path())
  }

  func renaming() throws(Stop) -> Renaming {
    let column = try path()
    try expect("as")
    return Renaming(column, try name("a column's name", .newName))
  }

  func letValue() throws(Stop) -> LetValue {
    if at("from") { return .query(try query()) }
    if at("..") { return .value(try member()) }
    let value = try expression()
    if accept("..") { return .value(.range(low: value, high: try rangeEnd())) }
    return .value(.value(value))
  }
}

/// The values that are words.
let wordLiterals: [String: Literal] = ["yes": .yes, "no": .no, "missing": .missing]
