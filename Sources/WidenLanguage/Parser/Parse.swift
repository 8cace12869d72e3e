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

/// What a text that ends too early still needs, in one line: `still needs 'by' · top NUMBER by …`.
///
/// Nil for a complete text, and for one whose last sign, such as `|`, tells that it goes on.
public func awaited(_ source: String) -> String? {
  let last = source.utf8.last { $0 != 0x20 && $0 != 0x09 && !Characters.isLineEnd($0) }
  guard let last, !"|,;(=<>+-*/".utf8.contains(last) else { return nil }
  let result = parse(source)
  guard result.isIncomplete, let problem = result.diagnostics.first else { return nil }
  let hint = problem.hint.map { " · \($0)" } ?? ""
  // Of a text that goes on, its end is no mistake.
  guard problem.message.hasPrefix(due), problem.message.hasSuffix(atEnd) else {
    return problem.message.hasSuffix(endUnexpected)
      ? problem.hint.map { "still needs " + $0.dropFirst(due.count) } : problem.message + hint
  }
  return "still needs " + problem.message.dropFirst(due.count).dropLast(atEnd.count) + hint
}

private let due = "expected "
private let atEnd = ", found the end"
private let endUnexpected = "the end is unexpected here"
