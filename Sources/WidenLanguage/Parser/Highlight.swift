/// What a stretch of text is, for colours.
public enum HighlightKind: String, Hashable, Sendable, CaseIterable {
  /// The first word of a step or statement.
  case step
  /// Any other word of the language.
  case keyword
  /// The name of a column or of anything else that is no table.
  case name
  /// The name of a table.
  case table
  case function
  case parameter
  case text
  /// A number, date, month or period.
  case number
  /// An operator, a separator or a bracket.
  case sign
  case comment
  /// A character or value that the language does not know.
  case error
}

/// A stretch of text and what it is.
public struct Highlight: Hashable, Sendable {
  /// The bytes it covers.
  public var range: SourceRange
  /// What it is.
  public var kind: HighlightKind
}

/// A text as an editor looks at it, read once.
public struct Inspection: Sendable {
  /// Two brackets that belong together.
  public struct Brackets: Hashable, Sendable {
    /// The byte of the opening one.
    public var opening: Int
    /// The byte of the closing one.
    public var closing: Int
  }

  /// The text in coloured stretches, in order; spaces are in none of them.
  public var highlights: [Highlight]
  /// What came of reading it.
  public var result: ParseResult
  /// In the order of their closing brackets; those inside texts and comments are none.
  public var brackets: [Brackets]
  /// Texts and names in backticks that are not closed on their line, in order.
  public var unclosed: [SourceRange]
}

/// Reads a text for an editor.
///
/// A column called `share` is a name and the step is a step, because the text is parsed.
public func inspect(_ source: String) -> Inspection {
  let parser = Parser(source)
  let program = parser.program()
  var found = parser.comments.map { Highlight(range: $0, kind: .comment) }
  var brackets: [Inspection.Brackets] = []
  var open: [Int] = []
  var unclosed: [SourceRange] = []
  for (token, role) in zip(parser.tokens, parser.roles) where token.range.start < token.range.end {
    let isUnclosed = token.isMalformed && parser.opensWithQuote(token)
    if isUnclosed { unclosed.append(token.range) }
    if let kind = kind(token, role, isUnclosed) {
      found.append(Highlight(range: token.range, kind: kind))
    }
    if token.keyword == "(" { open.append(token.range.start) }
    if token.keyword == ")", let opening = open.popLast() {
      brackets.append(.init(opening: opening, closing: token.range.start))
    }
  }
  return Inspection(
    highlights: found.sorted { $0.range.start < $1.range.start }, result: parser.result(program),
    brackets: brackets, unclosed: unclosed)
}

/// The text in coloured stretches, in order; spaces are in none of them.
public func highlight(_ source: String) -> [Highlight] { inspect(source).highlights }

extension Parser {
  /// Whether it is a text or name that starts with a straight quote or backtick.
  fileprivate func opensWithQuote(_ token: Token) -> Bool {
    let first = bytes[token.range.start]
    return (token.kind == .text || token.kind == .name)
      && (first == 0x22 || first == 0x27 || first == 0x60)
  }
}

private func kind(_ token: Token, _ role: HighlightKind?, _ isUnclosed: Bool) -> HighlightKind? {
  // What is not closed yet still is what it will be.
  if token.isMalformed, !isUnclosed { return .error }
  switch token.kind {
  case .unknown: return .error
  case .text: return .text
  case .number, .date, .month, .period: return .number
  case .parameter: return .parameter
  case .sign, .end: return .sign
  case .comment: return .comment
  case .name: return role ?? .name
  // A word that the parser skipped after a problem.
  case .word: return role ?? (reservedWords.contains(token.keyword) ? .keyword : .name)
  case .newline, .emptyLine, .endOfText: return nil
  }
}
