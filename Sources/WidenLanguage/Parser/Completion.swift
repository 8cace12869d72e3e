/// What may follow this text.
///
/// Nothing offered fails to parse: each keyword is tried.
public func keywordCompletions(_ prefix: String) -> CompletionContext {
  var lexer = Lexer(prefix)
  lexer.run()
  let end = SourceRange(lexer.bytes.count, lexer.bytes.count)
  guard let unfinished = Unfinished(lexer) else {
    return CompletionContext(
      replaced: end, typed: "", keywords: [], mayStartStep: false, mayStartStatement: false,
      signs: [], names: [])
  }
  let base = text(of: lexer.bytes, statementStart(lexer, unfinished)..<unfinished.range.start)
  let parser = Parser(base)
  _ = parser.program()
  var (words, names) = parser.offer ?? (parser.tried, parser.due)
  if endsWithNewline(base) {
    // The newline may separate, once a word follows it.
    words += StepWord.available + StatementWord.available
  }
  let allowed = Offers(base: base, known: parser.diagnostics).filter(words, typed: unfinished)
  return CompletionContext(
    replaced: unfinished.range, typed: unfinished.typed, opening: unfinished.opening,
    keywords: allowed.filter { $0.first?.isLetter == true },
    mayStartStep: words.contains(StepWord.describe.rawValue),
    mayStartStatement: words.contains(StatementWord.quit.rawValue),
    signs: allowed.filter { $0.first?.isLetter == false },
    names: unfinished.filter(names), query: parser.openQuery)
}

/// The word at the end of a text that may still grow.
private struct Unfinished {
  var range: SourceRange
  var typed = ""
  var opening: Character?

  /// Nil inside a comment, where nothing is completed.
  init?(_ lexer: Lexer) {
    let end = lexer.bytes.count
    range = SourceRange(end, end)
    guard let last = lexer.tokens.dropLast().last, last.range.end == end else { return }
    let first = text(of: lexer.bytes, last.range.start..<min(end, last.range.start + 1))
    switch last.kind {
    case .comment: return nil
    case .word, .number, .date, .month, .period: take(last, opening: nil)
    case .parameter: take(last, opening: "$")
    case .unknown where first == "$":
      range = last.range
      opening = "$"
    case .text where !isQuote(first): take(last, opening: nil)
    case .text, .name: if last.isMalformed { take(last, opening: first.first) }
    case .sign, .newline, .emptyLine, .end, .endOfText, .unknown: break
    }
  }

  private mutating func take(_ token: Token, opening: Character?) {
    range = token.range
    typed = token.text
    self.opening = opening
  }

  /// The kinds of name that can start with what was opened.
  func filter(_ names: [DueName]) -> [DueName] {
    var found: [DueName] = []
    for name in names where !found.contains(name) && fits(name) { found.append(name) }
    return found
  }

  private func fits(_ name: DueName) -> Bool {
    switch name {
    case .file, .text: opening == nil || opening == "\"" || opening == "'"
    case .value, .groupValue: opening != "$" && opening != "`"
    case .parameter: opening == nil || opening == "$"
    case .column, .table, .function, .newName, .aggregate, .policy, .setting:
      opening == nil || opening == "`"
    case .settingValue: opening == nil
    }
  }
}

private func isQuote(_ text: String) -> Bool { text == "\"" || text == "'" }

/// Where the statement starts that the unfinished word belongs to: the statements before it need
/// not be read again for every keyword.
private func statementStart(_ lexer: Lexer, _ unfinished: Unfinished) -> Int {
  let before = lexer.tokens.dropLast().last { $0.range.end <= unfinished.range.start }
  if before?.kind == .emptyLine { return unfinished.range.start }
  var layout = Layout(lexer.tokens)
  let ends = layout.run().filter { $0.kind == .end && $0.range.end <= unfinished.range.start }
  guard let last = ends.last else { return 0 }
  // Behind a newline's end the word itself may still belong to the statement before: `by`, `and`.
  return last.range.start < last.range.end ? last.range.end : startBeforeNewline(ends)
}

private func startBeforeNewline(_ ends: [Token]) -> Int {
  ends.dropLast().last?.range.end ?? 0
}

private func endsWithNewline(_ base: String) -> Bool {
  for byte in base.utf8.reversed() {
    if Characters.isLineEnd(byte) { return true }
    if byte != 0x20 && byte != 0x09 { return false }
  }
  return false
}

/// The words and signs that may really follow a text.
private struct Offers {
  let base: String
  /// How many mistakes the text has before anything follows it.
  let mistakes: Int

  init(base: String, known: [Diagnostic]) {
    self.base = base
    mistakes = known.filter { !$0.isIncomplete }.count
  }

  func filter(_ words: [String], typed: Unfinished) -> [String] {
    guard typed.opening == nil, mistakes < mostProblems else { return [] }
    let start = typed.typed.lowercased()
    var seen: Set<String> = []
    return words.filter { word in
      word.hasPrefix(start) && seen.insert(word).inserted && parses(word)
    }
  }

  private func parses(_ word: String) -> Bool {
    parse(base + word + " ").diagnostics.filter { !$0.isIncomplete }.count <= mistakes
  }
}
