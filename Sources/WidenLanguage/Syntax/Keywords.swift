/// Words that are never bare names: each could start an operand or join two.
///
/// Every other word is a keyword only where its clause may stand.
let reservedWords: Set<String> = [
  "and", "or", "not", "in", "is", "if", "then", "else", "as", "by", "of", "for", "with", "where",
  "among", "over", "across", "yes", "no", "missing",
]

/// The reserved words that are values.
let constantWords: Set<String> = ["yes", "no", "missing"]

/// What may follow a whole operand.
///
/// It decides whether a range is open (`5.. WORD`), and whether `count WORD` is a column or asks
/// about related rows.
let followingWords: Set<String> = reservedWords.subtracting(["yes", "no", "missing", "if"]).union([
  "contains", "starts", "ends", "asc", "desc", "percent", "without", "baseline", "within",
  "until", "excluding", "using", "on", "to", "from", "matching", "through", "against", "default",
])

/// A line that starts with one of these goes on with the line before it.
let continuingWords: Set<String> =
  followingWords.union(["weighted", "unmatched", "because"]).subtracting(["where"])

/// Words that are no names unless they stand in backticks, besides the reserved ones: the start
/// of a query, and what other languages call our values.
let backtickedWords: Set<String> = ["to", "from", "because", "null", "true", "false"]

/// The word as the grammar compares it: lower case, British spelling.
func grammarWord(_ text: String) -> String {
  let lower = text.lowercased()
  return spellings[lower] ?? lower
}

/// Other spellings that are read too.
let spellings = ["summarize": "summarise", "standardize": "standardise", "exit": "quit"]

/// The deepest nesting of brackets and of words such as `not`.
let deepestNesting = 64

/// The most problems reported about one text.
let mostProblems = 3
