/// Leaves a step or statement whose problem has been noted.
struct Stop: Error {}

/// Reads tokens into the tree, by recursive descent over the signatures.
///
/// It never gives up: after a problem it goes on at the next separator. What it asks for at a token
/// is remembered in `tried` and `due`, which suggestions and completion read.
final class Parser {
  let bytes: [UInt8]
  // These are looked at several times for every token; checking at run time that nobody else is
  // changing them took a fifth of the time of reading a query.
  @exclusivity(unchecked) private(set) var tokens: [Token]
  @exclusivity(unchecked) private(set) var index = 0
  private(set) var comments: [SourceRange]
  var depth = 0
  /// How the step or statement that is being read is written.
  var usage: String?
  private(set) var diagnostics: [Diagnostic]
  /// The words and signs that were asked for at the current token.
  @exclusivity(unchecked) private(set) var tried: [String] = []
  /// The names that were asked for at the current token.
  @exclusivity(unchecked) private(set) var due: [DueName] = []
  /// What was asked for when the text first ended too early.
  private(set) var offer: (words: [String], names: [DueName])?
  /// What each token turned out to be, for colours.
  @exclusivity(unchecked) private(set) var roles: [HighlightKind?]
  /// The column whose values are due, inside a comparison with it.
  var compared: Path?
  /// The table of the query being read, its steps so far, and how many of them a `|` ended.
  var openTable: Name?
  var openSteps: [PlacedStep] = []
  var finishedSteps = 0

  init(_ source: String) {
    var lexer = Lexer(source)
    lexer.run()
    var layout = Layout(lexer.tokens)
    bytes = lexer.bytes
    diagnostics = lexer.diagnostics
    comments = lexer.tokens.filter { $0.kind == .comment }.map(\.range)
    tokens = layout.run()
    roles = Array(repeating: nil, count: tokens.count)
  }

  // MARK: Looking

  var token: Token { tokens[index] }

  /// The current token's keyword, asked for so often that the token is not copied for it.
  var keyword: String { tokens[index].keyword }

  /// The token just taken; the current one at the very start.
  var previous: Token { tokens[max(0, index - 1)] }

  var next: Token { tokens[min(index + 1, tokens.count - 1)] }

  /// The token before the one just taken.
  var beforePrevious: Token? { index >= 2 ? tokens[index - 2] : nil }

  var isFull: Bool { diagnostics.count >= mostProblems }

  /// Whether this word or sign comes now; it is remembered as one that may come.
  func at(_ word: String) -> Bool {
    tried.append(word)
    return keyword == word
  }

  /// Whether one of these comes now.
  func at(_ words: [String]) -> Bool {
    tried.append(contentsOf: words)
    return !keyword.isEmpty && words.contains(keyword)
  }

  /// Remembers what may come without asking.
  func may(_ words: [String]) { tried.append(contentsOf: words) }

  /// Remembers the kind of name that may come.
  func may(_ name: DueName) { due.append(name) }

  // MARK: Taking

  @discardableResult
  func advance(_ role: HighlightKind? = nil) -> Token {
    let token = tokens[index]
    roles[index] = role
    tried.removeAll(keepingCapacity: true)
    due.removeAll(keepingCapacity: true)
    if token.kind != .endOfText { index += 1 }
    return token
  }

  func accept(_ word: String) -> Bool {
    guard at(word) else { return false }
    takeKeyword()
    return true
  }

  /// Takes one of these, and tells which.
  func accept(_ words: [String]) -> String? {
    guard at(words) else { return nil }
    return takeKeyword().keyword
  }

  @discardableResult
  func takeKeyword() -> Token {
    advance(token.kind == .sign ? .sign : .keyword)
  }

  /// The place from the token with this index to the one just taken.
  func place(from start: Int) -> Place {
    Place(tokens[start].range.start, max(tokens[start].range.start, previous.range.end))
  }

  /// The text between two offsets.
  func text(_ start: Int, _ end: Int) -> String {
    String(decoding: bytes[start..<max(start, end)], as: UTF8.self)
  }

  /// Puts another token in the place of this one, which has been reported.
  func reread(as token: Token) { tokens[index] = token }

  /// Marks the names from here on as the name of a function.
  func markFunction(from start: Int) {
    for place in start..<index where roles[place] == .name { roles[place] = .function }
  }

  // MARK: Failing

  /// Reports a problem at a token, the current one unless said.
  ///
  /// What was reported by the lexer is not reported again.
  func note(
    _ problem: some CataloguedProblem, at place: Token? = nil, fix: Diagnostic.Fix? = nil,
    isIncomplete: Bool? = nil
  ) {
    let token = place ?? token
    let isIncomplete = isIncomplete ?? (token.kind == .endOfText)
    if isIncomplete, offer == nil { offer = (tried, due) }
    guard token.kind != .unknown, !token.isMalformed else { return }
    diagnostics.append(
      Diagnostic(problem, at: shownRange(token), fix: fix, isIncomplete: isIncomplete))
  }

  func fail(
    _ problem: some CataloguedProblem, at place: Token? = nil, fix: Diagnostic.Fix? = nil
  ) throws(Stop) -> Never {
    note(problem, at: place, fix: fix)
    throw Stop()
  }

  /// Where a token is pointed at.
  ///
  /// The end of a text that ends with newlines is the last thing seen.
  private func shownRange(_ token: Token) -> SourceRange {
    guard token.kind == .endOfText, tokens.count > 1 else { return token.range }
    let last = tokens[tokens.count - 2].range.end
    let endsWithLine = bytes[last...].contains(where: Characters.isLineEnd)
    return endsWithLine ? SourceRange(last, last) : token.range
  }

  /// The repair that puts this in the place of the token.
  func replacing(_ token: Token, with text: String?) -> Diagnostic.Fix? {
    text.map { Diagnostic.Fix(token.range, $0) }
  }

  /// The repair that puts this at an offset.
  func inserting(_ text: String, at offset: Int) -> Diagnostic.Fix {
    Diagnostic.Fix(SourceRange(offset, offset), text)
  }

  /// The word that may come here and resembles the current one.
  func nearestTried() -> String? {
    guard token.isWord else { return nil }
    return nearest(token.text, in: tried.filter { $0.first?.isLetter == true })
  }

  /// Counts one level of nesting; the caller leaves it with `depth -= 1`.
  func deepen() throws(Stop) {
    depth += 1
    if depth > deepestNesting { try fail(ClauseProblem.nestedTooDeep) }
  }

  /// Runs a part; after a problem, skips to the next end, or the next step, and lets the rest be
  /// checked.
  func recovering<Result>(
    toStep: Bool, _ parse: () throws(Stop) -> Result
  ) -> Result? {
    depth = 0
    compared = nil
    do {
      let result = try parse()
      if !token.isSeparator { try unexpected() }
      return result
    } catch {
      skip(toStep: toStep)
      return nil
    }
  }

  func skip(toStep: Bool) {
    while !token.isEnd, !(toStep && token.keyword == "|") { advance() }
  }
}
