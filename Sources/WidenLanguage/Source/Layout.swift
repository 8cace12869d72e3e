/// Turns each newline into a separator, an end, or nothing, and drops the comments.
///
/// A newline before a step is `|`, before a statement (or an empty line) an end, and nothing where
/// the line goes on. An empty line always ends, so nobody is trapped behind an open bracket.
struct Layout {
  private let tokens: [Token]
  private var result: [Token] = []
  private var depth = 0
  private var isInQuery = false

  init(_ tokens: [Token]) {
    self.tokens = tokens.filter { $0.kind != .comment }
    result.reserveCapacity(self.tokens.count)
  }

  /// The tokens without newlines; the last one is the end of the text.
  mutating func run() -> [Token] {
    var following = 0
    for (index, token) in tokens.enumerated() {
      if token.isNewline {
        // The next token that is no newline is looked up once for a run of newlines.
        following = max(following, index + 1)
        while tokens[following].isNewline { following += 1 }
        newline(token, before: following)
      } else {
        take(token)
      }
    }
    return result
  }

  private mutating func take(_ token: Token) {
    switch token.keyword {
    case "from":
      if isStart || result.last?.keyword == "=" || result.last?.keyword == "explain" {
        isInQuery = true
      }
    case "(": depth += 1
    case ")": depth = max(0, depth - 1)
    default: break
    }
    if token.kind == .end {
      depth = 0
      isInQuery = false
    }
    result.append(token)
  }

  /// Whether a statement starts here.
  private var isStart: Bool { result.last.map { $0.kind == .end } ?? true }

  private mutating func newline(_ token: Token, before following: Int) {
    guard let previous = result.last, previous.kind != .end else { return }
    let next = tokens[following]
    guard let mark = mark(token, previous, next, following) else { return }
    // The mark stands where the line before it ends, so that a message points at something seen.
    let range = SourceRange(previous.range.end, previous.range.end)
    result.append(Token(mark, mark == .sign ? "|" : "", range))
    depth = 0
    isInQuery = isInQuery && mark == .sign
  }

  private func mark(
    _ newline: Token, _ previous: Token, _ next: Token, _ following: Int
  ) -> Token.Kind? {
    let isLast = next.kind == .endOfText
    if newline.kind == .emptyLine { return !isLast || depth > 0 || goesOn ? .end : nil }
    if depth > 0 || isLast || goesOn || next.kind != .word && next.kind != .name { return nil }
    if startsStatement(next, second: second(after: following)) { return .end }
    if next.isWord, continuingWords.contains(next.keyword) { return nil }
    guard isInQuery else { return .end }
    // Also before a misspelt step, so that the following ones are still checked.
    let isHeld = continuingWords.contains(previous.keyword) && StepWord(next) == nil
    return isHeld ? nil : .sign
  }

  private func second(after following: Int) -> Token? {
    tokens[(following + 1)...].first { !$0.isNewline }
  }

  /// Whether a line cannot end here: after `|`, an operator, a reserved word, or the first word
  /// of a step that needs more.
  private var goesOn: Bool {
    guard let last = result.last else { return false }
    if last.kind == .sign { return last.text != ")" && last.text != ".." }
    guard last.kind == .word else { return false }
    let before = result.dropLast().last
    guard before.map({ $0.kind == .end || $0.keyword == "|" }) ?? true else {
      return reservedWords.contains(last.keyword) && !constantWords.contains(last.keyword)
    }
    if last.keyword == "from" || last.keyword == "define" { return true }
    let items = StepWord(last)?.items ?? StatementWord(last)?.items ?? []
    return items.first.map { !$0.isOptional } ?? false
  }
}

/// Whether this word starts a statement: `export NAME` does, `export to` is a step.
func startsStatement(_ token: Token, second: Token?) -> Bool {
  guard StatementWord(token) != nil else { return false }
  return StepWord(token) == nil || second?.keyword != "to"
}
