/// A word, value or sign of the text, with its place.
struct Token {
  enum Kind {
    case word, name, number, text, date, month, period, parameter, sign
    case newline, emptyLine, end, endOfText
    case comment
    /// Characters that mean nothing, already reported: the parser skips past them in silence.
    case unknown
  }

  var kind: Kind
  /// What it means: a name without backticks, a text without quotes.
  var text: String
  var range: SourceRange
  /// The word or sign as the grammar compares it: lower case, British spelling; else empty.
  var keyword: String
  /// The value of a date, month or period.
  var literal: Literal?
  /// Whether a problem was reported about it.
  var isMalformed = false

  init(_ kind: Kind, _ text: String, _ range: SourceRange, literal: Literal? = nil) {
    self.kind = kind
    self.text = text
    self.range = range
    self.literal = literal
    switch kind {
    case .word: keyword = grammarWord(text)
    case .sign: keyword = text
    case .name, .number, .text, .date, .month, .period, .parameter, .newline, .emptyLine, .end,
      .endOfText, .comment, .unknown:
      keyword = ""
    }
  }

  var place: Place { Place(range) }
  var isEnd: Bool { kind == .end || kind == .endOfText }
  /// Whether it ends a step: a separator or the end of the statement.
  var isSeparator: Bool { isEnd || keyword == "|" }
  var isNewline: Bool { kind == .newline || kind == .emptyLine }
  var isWord: Bool { kind == .word }
  /// Whether it could be somebody's name: a word that is not reserved, or anything in backticks.
  var isName: Bool { kind == .name || kind == .word && !reservedWords.contains(keyword) }

  /// How a message names it.
  var shown: String {
    switch kind {
    case .endOfText: "the end"
    case .end: "the end of the statement"
    case .text: "text \"\(visible(String(text.prefix(30))))\""
    case .parameter: "'$\(visible(String(text.prefix(40))))'"
    case .word, .name, .number, .date, .month, .period, .sign, .newline, .emptyLine, .comment,
      .unknown:
      "'\(visible(String(text.prefix(40))))'"
    }
  }
}
