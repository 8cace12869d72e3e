/// What stands where no statement, no step, or nothing more can stand, and what was meant.
extension Parser {
  func notAStatement() throws(Stop) -> Never {
    let word = token.keyword
    if word == "|" || StepWord(token) != nil {
      if word == "select", let table = tableAfterFrom() { try refuseSelect(from: table) }
      let missing = word == "|" ? "from last " : "from last | "
      try fail(
        StepProblem.fromDueBeforeStep, fix: inserting(missing, at: token.range.start))
    }
    let isBeforeStep = StepWord(next) != nil && nearest(token.text, in: StatementWord.all) == nil
    if token.isName, next.keyword == "|" || token.kind == .name || isBeforeStep {
      try fail(
        StepProblem.fromDueBeforeTable(token.text), fix: inserting("from ", at: token.range.start))
    }
    let near =
      Habits.statements[word]
      ?? (token.isWord ? nearest(token.text, in: StatementWord.all + StepWord.all) : nil)
    if near == nil, let own = Habits.steps[word] {
      // A step of another language goes on from the latest result.
      try fail(
        StepProblem.notAStatement(token.shown, suggestion: "from last | \(own)"),
        fix: replacingHabit(with: "from last | \(own)"))
    }
    try fail(
      StepProblem.notAStatement(token.shown, suggestion: near), fix: replacing(token, with: near))
  }

  /// The repair of a word of another language, with the `by` that ours has already.
  private func replacingHabit(with own: String) -> Diagnostic.Fix? {
    let takesBy = own.hasSuffix("count by") || own.hasSuffix("sort")
    return takesBy && next.keyword == "by"
      ? Diagnostic.Fix(token.range.joined(next.range), own) : replacing(token, with: own)
  }

  /// A query of SQL is answered with its like, where there is one on a line.
  private func refuseSelect(from table: String) throws(Stop) -> Never {
    let statement = tokens[index...].prefix { !$0.isSeparator }
    let better = SelectTranslation(Array(statement))?.query
    let place = SourceRange(token.range.start, statement.last?.range.end ?? token.range.end)
    try fail(
      StepProblem.fromDueAfterSelect(table: table, query: better),
      fix: better.map { Diagnostic.Fix(place, $0) })
  }

  /// The table of `select … from TABLE`, as SQL has it.
  private func tableAfterFrom() -> String? {
    let rest = tokens[index...].prefix { !$0.isSeparator }
    guard let from = rest.firstIndex(where: { $0.keyword == "from" }), tokens[from + 1].isName
    else { return nil }
    return tokens[from + 1].text
  }

  func notAStep() throws(Stop) -> Never {
    let separator = previous
    if token.isEnd { try fail(StepProblem.stepDue) }
    if token.keyword == "|" || token.keyword == "||" {
      let gap = SourceRange(separator.range.start, token.range.start)
      try fail(StepProblem.emptyStep, fix: Diagnostic.Fix(gap, ""))
    }
    try clauseAfterSeparator()
    try percentOfCount()
    if token.isName, conditionSigns.contains(next.keyword),
      nearest(token.text, in: StepWord.all) == nil
    {
      // In R a bar between conditions means or.
      let mayMeanOr = openSteps.last?.step.keyword == "where"
      try fail(
        StepProblem.conditionAlone(token.text, sign: next.keyword, mayMeanOr: mayMeanOr),
        fix: mayMeanOr ? nil : inserting("where ", at: token.range.start))
    }
    let foreign = Habits.steps[token.keyword]
    // After a newline, a statement may have been meant.
    let isNewline = separator.range.end == separator.range.start
    let candidates = StepWord.all + spellings.keys.sorted() + (isNewline ? StatementWord.all : [])
    let near = foreign ?? (token.isWord ? nearest(token.text, in: candidates) : nil)
    try fail(
      StepProblem.notAStep(token.shown, suggestion: near),
      fix: foreign.map(replacingHabit) ?? replacing(token, with: near))
  }

  /// Something stands after a whole step or statement.
  func unexpected() throws(Stop) -> Never {
    if token.isWord { try unexpectedWord() }
    try countBrackets()
    try bracketsMissing()
    if token.keyword == "(", previous.isWord {
      let reserved = reservedWords.contains(previous.keyword) ? previous.text : nil
      try fail(ClauseProblem.bracketUnexpected(afterReserved: reserved))
    }
    if token.keyword == ")" {
      try fail(ClauseProblem.bracketNeverOpened, fix: replacing(token, with: ""))
    }
    try unexpectedOperator()
    try splitNumber()
    let isName = token.isWord || token.kind == .name
    let wasName = previous.isWord || previous.kind == .name
    try fail(StepProblem.endExpected(token.shown, isBareText: isName && wasName))
  }

  private func unexpectedOperator() throws(Stop) {
    if token.keyword == "||", StepWord(next) != nil {
      try fail(StepProblem.emptyStep, fix: replacing(token, with: "|"))
    }
    if token.keyword == "||" {
      try fail(
        ExpressionProblem.notAnOperator(
          "||", hint: "write or between conditions, | between steps"))
    }
    if let better = Habits.signs[token.keyword] {
      try fail(ExpressionProblem.notAnOperator(token.text, hint: "write \(better)"))
    }
  }

  /// `30,000` is one number to its writer.
  func splitNumber() throws(Stop) {
    guard token.keyword == ",", previous.kind == .number, next.kind == .number,
      next.text.utf8.count == 3, previous.range.end == token.range.start,
      token.range.end == next.range.start
    else { return }
    let number = previous.text + next.text
    let range = previous.range.joined(next.range)
    try fail(TokenProblem.thousandsSeparator(number), fix: Diagnostic.Fix(range, number))
  }

  private func unexpectedWord() throws(Stop) {
    let word = token.keyword
    let isStep = StepWord(token) != nil
    if AggregateWord(previous) != nil, let before = beforePrevious, before.keyword != "|",
      !isStep, !followingWords.contains(word)
    {
      try fail(ExpressionProblem.aggregateInRow(previous.text), at: previous)
    }
    if previous.keyword == "share", word == "by" {
      try fail(
        StepProblem.wordUnexpected("by", suggestion: "within"),
        fix: replacing(token, with: "within"))
    }
    try foreignClause()
    try misplacedOrder()
    try whereAfterCount()
    try withMissing()
    try ofMissing()
    if previous.keyword == "count", tried.contains("by"), !isStep {
      try fail(
        ClauseProblem.byMissing(token.text), fix: inserting(" by", at: previous.range.end))
    }
    if let clause = nearestTried() {
      try fail(
        StepProblem.wordUnexpected(token.text, suggestion: clause),
        fix: replacing(token, with: clause))
    }
    if let foreign = Habits.operators[word] { try foreignOperator(foreign) }
    let step = isStep ? word : nearest(token.text, in: StepWord.all)
    if let step, isStep || next.kind != .endOfText {
      let range = SourceRange(previous.range.end, token.range.end)
      try fail(
        StepProblem.separatorExpected(token.text, step: step),
        fix: Diagnostic.Fix(range, " | \(step)"))
    }
    if continuingWords.contains(word) { try fail(StepProblem.clauseTwice(token.text)) }
  }

  /// `between 2 and 4` and `like "%x%"` are repaired whole.
  private func foreignOperator(_ own: String) throws(Stop) -> Never {
    let rest = tokens[(index + 1)...]
    var better: (text: String, end: Int)?
    if token.keyword == "between", let (low, high) = bounds(rest) {
      better = ("in \(low)..\(high.text)", high.token.range.end)
    } else if token.keyword == "like", next.kind == .text {
      // Without a sign for any letters, few mean the whole text.
      let own = next.text.contains("%") ? likeness(next.text) : "contains \(quoted(next.text))"
      better = (own, next.range.end)
    }
    let hint =
      better.map { "write \($0.text)" }
      ?? (own == "in" ? "write in 1..5 for a range" : "write \(own)")
    try fail(
      ExpressionProblem.notAnOperator(token.text, hint: hint),
      fix: better.map { Diagnostic.Fix(SourceRange(token.range.start, $0.end), $0.text) }
        ?? (ComparisonOperator(rawValue: own) == nil ? nil : replacing(token, with: own)))
  }

  /// `count group by band`, `order by n` and `limit 5`, written into a step as SQL has it.
  private func foreignClause() throws(Stop) {
    let word = token.keyword
    let isBy = next.keyword == "by"
    if word == "having" {
      try fail(
        StepProblem.separatorExpected(token.text, step: "where"),
        fix: Diagnostic.Fix(SourceRange(previous.range.end, token.range.end), " | where"))
    }
    guard
      isBy ? ["group", "order", "sort"].contains(word) : word == "limit" && next.kind == .number
    else { return }
    let place = isBy ? token.range.joined(next.range) : token.range
    if word == "group", tried.contains("by") {
      try fail(
        StepProblem.wordUnexpected("group by", suggestion: "by"),
        fix: Diagnostic.Fix(place, "by"))
    }
    let own = Habits.steps[word] ?? word
    let range = SourceRange(previous.range.end, place.end)
    try fail(
      StepProblem.separatorExpected(isBy ? "\(token.text) by" : token.text, step: own),
      fix: Diagnostic.Fix(range, " | \(own)"))
  }
}
