/// Text in, tokens out, newlines and comments included.
///
/// A malformed token is reported and stands for a value, so that parsing goes on behind it.
struct Lexer {
  let bytes: [UInt8]
  var position = 0
  private(set) var tokens: [Token] = []
  private(set) var diagnostics: [Diagnostic] = []
  /// Whether the line so far is blank; the first line counts as written on.
  private var isLineEmpty = false

  init(_ source: String) {
    bytes = Array(source.utf8)
    tokens.reserveCapacity(bytes.count / 4 + 4)
  }

  /// All tokens of the text; the last one is its end.
  mutating func run() {
    while position < bytes.count { next() }
    tokens.append(Token(.endOfText, "", SourceRange(bytes.count, bytes.count)))
  }

  private mutating func next() {
    let byte = bytes[position]
    switch byte {
    case 0x20, 0x09: position += 1
    case 0x0A, 0x0D: newline()
    case 0x22, 0x27, 0x60: quotation(byte)
    case 0x24: parameter()
    case 0x23: hash()
    case 0x30...0x39: number()
    case 0x41...0x5A, 0x5F, 0x61...0x7A: word()
    case 0x80...: foreign()
    default:
      if byte == 0x2D, startsDashComment { comment() } else { sign() }
    }
  }

  // MARK: Making tokens

  /// Takes the bytes up to `end` as one token.
  mutating func take(
    _ kind: Token.Kind, _ meaning: String? = nil, upTo end: Int, literal: Literal? = nil
  ) {
    let range = SourceRange(position, end)
    isLineEmpty = false
    tokens.append(
      Token(kind, meaning ?? text(of: bytes, position..<end), range, literal: literal))
    position = end
  }

  /// Reports the token that was taken last.
  mutating func report(_ problem: TokenProblem, replacement: String? = nil) {
    guard let last = tokens.indices.last else { return }
    tokens[last].isMalformed = true
    guard diagnostics.count < mostProblems else { return }
    let range = tokens[last].range
    diagnostics.append(
      Diagnostic(problem, at: range, fix: replacement.map { Diagnostic.Fix(range, $0) }))
  }

  /// Takes a character that means nothing.
  ///
  /// Neighbours are reported once.
  mutating func unknown(_ problem: TokenProblem, length: Int, replacement: String? = nil) {
    if let last = tokens.last, last.kind == .unknown, last.range.end == position {
      tokens[tokens.count - 1].range.end += length
      position += length
      return
    }
    take(.unknown, upTo: position + length)
    report(problem, replacement: replacement)
  }

  // MARK: Lines and comments

  private mutating func newline() {
    let isPair = bytes[position] == 0x0D && byte(at: position + 1) == 0x0A
    let wasEmpty = isLineEmpty
    take(wasEmpty ? .emptyLine : .newline, "\n", upTo: position + (isPair ? 2 : 1))
    isLineEmpty = true
  }

  private mutating func comment() {
    take(.comment, upTo: lineEnd(from: position))
  }

  /// `#` starts a comment unless it stands inside a word.
  private mutating func hash() {
    if let before = scalar(in: bytes, before: position), Characters.isWordPart(before) {
      unknown(.hashInWord, length: 1)
    } else {
      comment()
    }
  }

  /// `--` is a comment at the start of a line or after a space or bracket, and before a space:
  /// `5--3` and `- -x` are sums.
  private var startsDashComment: Bool {
    guard byte(at: position + 1) == 0x2D else { return false }
    if let after = byte(at: position + 2), after != 0x20, after != 0x09, after != 0x0A,
      after != 0x0D
    {
      return false
    }
    guard let before = scalar(in: bytes, before: position) else { return true }
    switch before {
    case "\n", "\r", "|", ";", ",", "(", ")": return true
    default: return Characters.isBlank(before)
    }
  }

  // MARK: Words and signs

  private mutating func word() {
    if let end = periodEnd { return period(upTo: end) }
    take(.word, upTo: wordEnd(from: position))
  }

  private mutating func parameter() {
    let start = position + 1
    guard start < bytes.count, Characters.isWordStart(scalar(in: bytes, at: start).scalar) else {
      return unknown(.strayCharacter("$", better: nil), length: 1)
    }
    let end = wordEnd(from: start)
    take(.parameter, text(of: bytes, start..<end), upTo: end)
  }

  private mutating func sign() {
    if let next = byte(at: position + 1) {
      let pair = text(of: [bytes[position], next], 0..<2)
      if doubleSigns.contains(pair) { return take(.sign, pair, upTo: position + 2) }
    }
    let single = text(of: bytes, position..<position + 1)
    if single == ";" { return take(.end, upTo: position + 1) }
    if singleSigns.contains(single) { return take(.sign, single, upTo: position + 1) }
    stray(Unicode.Scalar(bytes[position]), length: 1)
  }

  private mutating func foreign() {
    let (scalar, length) = scalar(in: bytes, at: position)
    if Characters.isBlank(scalar) {
      position += length
    } else if Characters.isWordStart(scalar) {
      word()
    } else if Characters.isCurlyQuote(scalar) {
      curly(scalar, length: length)
    } else if scalar.properties.generalCategory == .decimalNumber {
      foreignNumber()
    } else {
      stray(scalar, length: length)
    }
  }

  private mutating func stray(_ scalar: Unicode.Scalar, length: Int) {
    let better = Characters.lookalike(scalar)
    let problem = TokenProblem.strayCharacter(visible(String(scalar)), better: better)
    guard let better, !better.isEmpty else {
      return unknown(problem, length: length, replacement: better)
    }
    take(.sign, better, upTo: position + length)
    report(problem, replacement: better)
  }

  // MARK: Looking

  func byte(at offset: Int) -> UInt8? { offset < bytes.count ? bytes[offset] : nil }

  func lineEnd(from start: Int) -> Int {
    var end = start
    while end < bytes.count, !Characters.isLineEnd(bytes[end]) { end += 1 }
    return end
  }

  func wordEnd(from start: Int) -> Int {
    var end = start
    while end < bytes.count {
      let (scalar, length) = scalar(in: bytes, at: end)
      guard Characters.isWordPart(scalar) else { break }
      end += length
    }
    return end
  }

  /// The end of the digits that start here.
  func digitsEnd(from start: Int) -> Int {
    var end = start
    while end < bytes.count, Characters.isDigit(bytes[end]) { end += 1 }
    return end
  }

  func isWordPart(at offset: Int) -> Bool {
    offset < bytes.count && Characters.isWordPart(scalar(in: bytes, at: offset).scalar)
  }
}

private let doubleSigns: Set<String> = [
  "..", "=>", "=<", "==", "!=", "<>", "<=", ">=", "&&", "||",
]
private let singleSigns: Set<String> = [
  "|", "=", "<", ">", "+", "-", "*", "/", "(", ")", ",", ".",
]
