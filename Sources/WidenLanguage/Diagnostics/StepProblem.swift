/// Problems of statements, steps and what stands between them.
enum StepProblem: CataloguedProblem {
  case clauseOfStep(String, step: String)
  case clauseTwice(String)
  case conditionAlone(String, sign: String, mayMeanOr: Bool)
  case emptyStep
  case endExpected(String, isBareText: Bool)
  case exportWhat(String)
  case fromDueAfterSelect(table: String, query: String?)
  case fromDueBeforeStep
  case fromDueBeforeTable(String)
  case notAStatement(String, suggestion: String?)
  case notAStep(String, suggestion: String?)
  case separatorExpected(String, step: String)
  case sortBy
  case stepDue
  case stepsAfterStatement(String)
  case whereAfterCount
  case wordUnexpected(String, suggestion: String)

  var wording: Wording {
    switch self {
    case .clauseOfStep(let word, let step):
      Wording("'\(short(word))' is part of '\(step)'", "leave out the '|' before it")
    case .clauseTwice(let word):
      Wording(
        "'\(short(word))' is not allowed here, or is given twice",
        grammarWord(word) == "as" ? "'as' names what stands directly before it" : nil)
    case .conditionAlone(let name, let sign, let mayMeanOr):
      Wording(
        "'\(short(name))' is not a step",
        mayMeanOr
          ? "write 'or' between conditions; '| where' for one that must hold, too"
          : "did you mean 'where \(short(name)) \(sign) …'?")
    case .emptyStep:
      Wording("two separators with no step between them", "leave one out")
    case .endExpected(let found, let isBareText):
      Wording(
        "expected '|' or the end of the query, found \(found)",
        isBareText
          ? "a text of several words needs quotes, a name of several words backticks" : nil)
    case .exportWhat(let file):
      Wording(
        "'export' needs a table and 'to'",
        "did you mean 'export last to \(short(quoted(file)))'?")
    case .fromDueAfterSelect(let table, let query):
      Wording(fromDue, query ?? "did you mean 'from \(short(table)) | select …'?")
    case .fromDueBeforeStep:
      Wording(fromDue, "to go on from the latest result write 'from last | …'")
    case .fromDueBeforeTable(let table):
      Wording(fromDue, "did you mean 'from \(short(table))'?")
    case .notAStatement(let found, let suggestion):
      Wording("\(found) does not start a statement", didYouMean(suggestion) ?? fromDue)
    case .notAStep(let found, let suggestion):
      Wording("\(found) is not a step", didYouMean(suggestion))
    case .separatorExpected(let word, let step):
      Wording("expected '|' before '\(short(word))'", "did you mean '| \(step)'?")
    case .sortBy:
      Wording("'sort' needs no 'by'", "leave it out")
    case .stepDue:
      Wording(
        "a step is due after '|'", "such as where, count, summarise, share, crosstab or export")
    case .stepsAfterStatement(let word):
      Wording("'\(word)' has no steps", "only a query, 'from TABLE | …', has steps")
    case .whereAfterCount:
      Wording(
        "rows are chosen before they are counted", "write 'where … | count', or '| where n > …'")
    case .wordUnexpected(let word, let suggestion):
      Wording("'\(short(word))' is unexpected here", didYouMean(suggestion))
    }
  }
}

private let fromDue = "a query starts with 'from TABLE'"
