/// What a stretch of text is, for colours.
public enum HighlightKind: String, Hashable, Sendable, CaseIterable {
  /// The first word of a step or statement.
  case step
  /// Any other word of the language.
  case keyword
  /// The name of a column, table or anything else.
  case name
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

/// The text in coloured stretches, in order; spaces are in none of them.
///
/// A column called `share` is a name and the step is a step, because the text is parsed.
public func highlight(_ source: String) -> [Highlight] {
  let parser = Parser(source)
  _ = parser.program()
  var found = parser.comments.map { Highlight(range: $0, kind: .comment) }
  for (token, role) in zip(parser.tokens, parser.roles) where token.range.start < token.range.end {
    if let kind = kind(token, role) { found.append(Highlight(range: token.range, kind: kind)) }
  }
  return found.sorted { $0.range.start < $1.range.start }
}

private func kind(_ token: Token, _ role: HighlightKind?) -> HighlightKind? {
  if token.isMalformed { return .error }
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
