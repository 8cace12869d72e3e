/// What came of reading a text: as much of the tree as could be read, and what is wrong.
public struct ParseResult: Sendable {
  /// The statements that could be read; a step with a problem is left out of its query.
  public var program: Program
  /// Up to three problems, in the order in which they stand in the text.
  public var diagnostics: [Diagnostic]

  /// Whether the only problem is that the text ends too early.
  public var isIncomplete: Bool {
    !diagnostics.isEmpty && diagnostics.allSatisfy(\.isIncomplete)
  }
}

/// Reads a text: a query, a statement or a whole script.
///
/// Any text ends, none traps.
public func parse(_ source: String) -> ParseResult {
  let parser = Parser(source)
  return parser.result(parser.program())
}

extension Parser {
  /// The tree with the first problems, in the order in which they stand in the text.
  func result(_ program: Program) -> ParseResult {
    let sorted = diagnostics.enumerated().sorted {
      ($0.element.range.start, $0.offset) < ($1.element.range.start, $1.offset)
    }
    return ParseResult(
      program: program, diagnostics: sorted.prefix(mostProblems).map(\.element))
  }
}

/// Whether the text can be run or refused as it is: false when it ends too early, so that a shell
/// lets the user go on typing.
public func isComplete(_ source: String) -> Bool {
  !parse(source).isIncomplete
}
