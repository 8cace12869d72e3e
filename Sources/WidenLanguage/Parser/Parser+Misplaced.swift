/// Parts that stand in the wrong place, or lack a word, as people who know other languages write them.
extension Parser {
  /// `crosstab a by b | percent of row`: a part of the step before, cut off from it.
  func clauseAfterSeparator() throws(Stop) {
    guard previous.keyword == "|", token.isWord, let last = openSteps.last?.step,
      let step = StepWord(rawValue: last.keyword),
      step.items.mentions(token.keyword), let before = beforePrevious
    else { return }
    try fail(
      StepProblem.clauseOfStep(token.text, step: step.rawValue),
      fix: Diagnostic.Fix(SourceRange(before.range.end, token.range.start), " "))
  }

  /// `count by sex | percent of row`: percentages of a count are a share, and those of a row or a
  /// column belong to a cross-tabulation.
  func percentOfCount() throws(Stop) {
    guard token.keyword == "percent", next.keyword == "of", previous.keyword == "|",
      index + 2 < tokens.count
    else { return }
    let end = tokens[index...].prefix { !$0.isSeparator }.last?.range.end ?? token.range.end
    let start = tokens[..<(index - 1)].lastIndex { $0.isSeparator }.map { $0 + 1 } ?? 0
    let count = Array(tokens[start..<(index - 1)])
    guard count.first?.keyword == "count" else { return }
    let of = tokens[index + 2].keyword
    // count by A, B
    if count.count == 5, count[1].keyword == "by", count[3].keyword == ",", count[2].isName,
      count[4].isName, ["row", "column", "total"].contains(of)
    {
      let own =
        "crosstab \(text(count[2].range.start, count[2].range.end)) by "
        + "\(text(count[4].range.start, count[4].range.end)) percent of \(of)"
      try fail(
        StepProblem.notAStep(token.shown, suggestion: own),
        fix: Diagnostic.Fix(SourceRange(count[0].range.start, end), own))
    }
    try fail(
      StepProblem.notAStep(token.shown, suggestion: "share"),
      fix: Diagnostic.Fix(SourceRange(token.range.start, end), "share"))
  }

  /// `explain select`: what a word is, `help` tells.
  func explainedWord() throws(Stop) {
    guard openingWord == "explain", previous.keyword == "explain", next.isSeparator || next.isEnd,
      StepWord(token) != nil || StatementWord(rawValue: token.keyword) != nil
    else { return }
    let own = "help \(token.keyword)"
    try fail(
      StepProblem.wordUnexpected(token.text, suggestion: own),
      fix: Diagnostic.Fix(previous.range.joined(token.range), own))
  }

  /// The word that starts the step or statement which has just been read.
  private var openingWord: String {
    let separator = tokens[..<index].lastIndex { $0.isSeparator }
    return tokens[separator.map { $0 + 1 } ?? 0].keyword
  }

  /// `sort desc n` and `sort n descending`.
  func misplacedOrder() throws(Stop) {
    guard openingWord == "sort" else { return }
    if token.keyword == "descending" || token.keyword == "down" {
      try fail(
        StepProblem.wordUnexpected(token.text, suggestion: "desc"),
        fix: replacing(token, with: "desc"))
    }
    guard ["desc", "asc", "descending", "ascending"].contains(previous.keyword), token.isName else {
      return
    }
    let own = token.text + (previous.keyword.hasPrefix("desc") ? " desc" : "")
    try fail(
      StepProblem.wordUnexpected(token.text, suggestion: own),
      fix: Diagnostic.Fix(previous.range.joined(token.range), own))
  }

  /// `count by band where sex = "Female"`: a condition on the rows stands before they are counted.
  func whereAfterCount() throws(Stop) {
    guard token.keyword == "where", openingWord == "count",
      !["n", "count"].contains(next.keyword),
      let start = tokens[..<index].lastIndex(where: { $0.keyword == "|" }), start + 1 < index
    else { return }
    let end = tokens[index...].prefix { !$0.isSeparator }.last?.range.end ?? token.range.end
    let counted = text(tokens[start + 1].range.start, previous.range.end)
    let condition = text(token.range.start, end)
    let range = SourceRange(tokens[start + 1].range.start, end)
    try fail(
      StepProblem.whereAfterCount, fix: Diagnostic.Fix(range, "\(condition) | \(counted)"))
  }

  /// `show columns staff`.
  func ofMissing() throws(Stop) {
    guard openingWord == "show", previous.keyword == "columns", token.isName, tried.contains("of")
    else { return }
    try fail(
      ClauseProblem.wordDue("of", naming: nil, found: token.shown, isInsertable: true, usage: nil),
      fix: inserting("of ", at: token.range.start))
  }

  /// `run "wres_2" org = "RKE"`.
  func withMissing() throws(Stop) {
    guard ["run", "load"].contains(openingWord), next.keyword == "=", tried.contains("with")
    else { return }
    try fail(
      ClauseProblem.wordDue(
        "with", naming: nil, found: token.shown, isInsertable: true, usage: nil),
      fix: inserting("with ", at: token.range.start))
  }

  /// `in "RKE", "R1H"`: several values stand in brackets.
  func bracketsMissing() throws(Stop) {
    guard token.keyword == ",", let before = beforePrevious, before.keyword == "in",
      previous.isLiteral, next.isLiteral
    else { return }
    let rest = tokens[index...].prefix { $0.keyword == "," || $0.isLiteral }
    let list = text(previous.range.start, rest.last?.range.end ?? token.range.end)
    try fail(
      ClauseProblem.listUnbracketed("(\(list))"),
      fix: Diagnostic.Fix(
        SourceRange(previous.range.start, rest.last?.range.end ?? token.range.end), "(\(list))"))
  }

  /// `age > 60 and < 65`: the column stands before each sign.
  func columnNotRepeated() throws(Stop) {
    guard previous.keyword == "and" || previous.keyword == "or",
      ComparisonOperator(rawValue: token.keyword) != nil, index >= 4,
      ComparisonOperator(rawValue: tokens[index - 3].keyword) != nil, tokens[index - 4].isName
    else { return }
    let column = text(tokens[index - 4].range.start, tokens[index - 4].range.end)
    try fail(
      ExpressionProblem.columnNotRepeated(column: column, sign: token.keyword),
      fix: inserting(column + " ", at: token.range.start))
  }

  /// `count()`, `count(*)` and `count(distinct person_id)`.
  func countBrackets() throws(Stop) {
    guard token.keyword == "(", previous.keyword == "count", openingWord == "count",
      let close = tokens[index...].prefix(while: { !$0.isSeparator }).firstIndex(where: {
        $0.keyword == ")"
      })
    else { return }
    var inside = close > index + 1 ? text(next.range.start, tokens[close - 1].range.end) : ""
    if inside == "*" { inside = "" }
    let isDistinct = next.keyword == "distinct"
    guard inside.isEmpty || isDistinct else { return }
    try fail(
      ClauseProblem.bracketsOfCount,
      fix: Diagnostic.Fix(
        SourceRange(previous.range.end, tokens[close].range.end), inside.isEmpty ? "" : " " + inside
      ))
  }

  /// `rename sex to gender` and `rename gender = sex`.
  func renamingWithoutAs() throws(Stop) {
    guard openingWord == "rename" else { return }
    if token.keyword == "to" {
      try fail(
        StepProblem.wordUnexpected(token.text, suggestion: "as"), fix: replacing(token, with: "as"))
    }
    if token.keyword == "=", next.isName {
      let own =
        "\(text(next.range.start, next.range.end)) as "
        + text(previous.range.start, previous.range.end)
      try fail(
        StepProblem.wordUnexpected("=", suggestion: own),
        fix: Diagnostic.Fix(previous.range.joined(next.range), own))
    }
  }
}

extension Token {
  /// Whether it is a text, a number or a date.
  fileprivate var isLiteral: Bool {
    switch kind {
    case .text, .number, .date, .month, .period: true
    case .comment, .word, .parameter, .name, .sign, .newline, .emptyLine, .end, .endOfText,
      .unknown:
      false
    }
  }
}

/// What follows the name of a column in a condition.
let conditionSigns: Set<String> = [
  "=", "==", "!=", "<>", "<", "<=", ">", ">=", "in", "is", "contains", "not",
]

extension [SignatureItem] {
  /// Whether a word is one that starts a part of the signature.
  fileprivate func mentions(_ word: String) -> Bool {
    contains { item in
      switch item {
      case .word(let own): own == word
      case .options(let groups), .either(let groups): groups.contains { $0.mentions(word) }
      case .field, .choice: false
      }
    }
  }
}
