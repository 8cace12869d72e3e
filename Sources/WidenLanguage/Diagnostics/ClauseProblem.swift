/// Problems inside a step: its words, names, texts and brackets.
enum ClauseProblem: CataloguedProblem {
  case alternativeDue(String, expected: [String], suggestion: String?)
  case bracketNeverClosed
  case bracketNeverOpened
  case bracketUnexpected(afterReserved: String?)
  case bracketsOfCount
  case byMissing(String)
  case choiceDue(String, expected: [String], suggestion: String?)
  case commaDue(String, suggestion: String?)
  case equalsInDerive(name: String, value: String)
  case listUnbracketed(String)
  case nameDue(String, found: String, NameMistake?)
  case nestedTooDeep
  case textDue(String, isBare: Bool)
  case valueDue(String, bare: String?)
  case wholeNumberDue(String)
  case wholeNumberTooLarge(String)
  /// `naming` is what follows an `as`; `isInsertable` when the word alone is missing.
  ///
  /// `usage` is how the step or statement is written.
  case wordDue(String, naming: String?, found: String, isInsertable: Bool, usage: String?)

  /// What went wrong where a name is due.
  enum NameMistake: Hashable, Sendable {
    case reserved(String)
    case quoted(String)
  }

  var wording: Wording {
    switch self {
    case .alternativeDue(let found, let expected, let suggestion):
      Wording(
        "\(found) is unexpected here",
        didYouMean(suggestion) ?? "expected " + expected.joined(separator: ", "))
    case .bracketNeverClosed:
      Wording("this bracket is never closed", "close it with )")
    case .bracketNeverOpened:
      Wording("this bracket was never opened", "leave it out")
    case .bracketUnexpected(let word):
      Wording(
        "a bracket is unexpected here", word.map { "'\($0)' is a reserved word and no function" })
    case .bracketsOfCount:
      Wording("'count' takes no brackets", "write count, or count distinct COLUMN")
    case .byMissing(let word):
      Wording("expected 'by' before '\(short(word))'", "did you mean 'count by \(short(word))'?")
    case .choiceDue(let found, let expected, let suggestion):
      Wording("expected \(listed(expected)), found \(found)", didYouMean(suggestion))
    case .commaDue(let found, let suggestion):
      Wording("expected ',' or ')', found \(found)", didYouMean(suggestion))
    case .equalsInDerive(let name, let value):
      Wording("a new column is named with 'as'", "write \(short(value)) as \(short(name))")
    case .listUnbracketed(let list):
      Wording("several values after 'in' stand in brackets", "write in \(short(list))")
    case .nameDue(let what, let found, let mistake):
      Wording("expected \(what), found \(found)", mistake.map(hint))
    case .nestedTooDeep:
      Wording(
        "this is nested more than \(deepestNesting) deep", "name a part of it with derive or define"
      )
    case .textDue(let found, let isBare):
      Wording(
        "expected a \"text\", found \(found)", isBare ? "file names and titles need quotes" : nil)
    case .valueDue(let found, let bare):
      Wording(
        "expected a value, found \(found)", bare.map { "text needs quotes: \(short(quoted($0)))" })
    case .wholeNumberDue(let found):
      Wording("expected a whole number, found \(found)")
    case .wholeNumberTooLarge(let text):
      Wording("'\(short(text))' is too large a number", "write a smaller one")
    case .wordDue(let word, let naming, let found, let isInsertable, let usage):
      Wording(
        "expected '\(word)'\(naming.map { " and \($0)" } ?? ""), found \(found)",
        isInsertable ? "write '\(word)' before it" : usage)
    }
  }
}

private func hint(_ mistake: ClauseProblem.NameMistake) -> String {
  switch mistake {
  case .reserved(let word):
    "'\(grammarWord(word))' is a reserved word; as a name it needs backticks: `\(word)`"
  case .quoted(let text):
    "names have no quotes, or backticks: \(short(doubling("`", in: text)))"
  }
}
