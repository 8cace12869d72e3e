extension Lexer {
  /// A text in `"` or `'`, or a name in backticks; a doubled quote stands for itself.
  mutating func quotation(_ quote: UInt8) {
    let isName = quote == 0x60
    var meaning: [UInt8] = []
    var end = position + 1
    while end < bytes.count, !Characters.isLineEnd(bytes[end]) {
      if bytes[end] == quote {
        guard byte(at: end + 1) == quote else {
          return closed(String(decoding: meaning, as: UTF8.self), isName: isName, upTo: end + 1)
        }
        end += 1
      }
      meaning.append(bytes[end])
      end += 1
    }
    take(isName ? .name : .text, text(of: bytes, position + 1..<end), upTo: end)
    report(.unclosed(isName: isName, quote: String(Unicode.Scalar(quote))))
  }

  private mutating func closed(_ meaning: String, isName: Bool, upTo end: Int) {
    if isName, meaning.isEmpty { return unknown(.emptyName, length: end - position) }
    take(isName ? .name : .text, meaning, upTo: end)
  }

  /// Quotes from a word processor: read as text, and offered as straight ones.
  mutating func curly(_ opening: Unicode.Scalar, length: Int) {
    var end = position + length
    while end < bytes.count, !Characters.isLineEnd(bytes[end]) {
      let (next, nextLength) = scalar(in: bytes, at: end)
      if Characters.isCurlyQuote(next) {
        let meaning = text(of: bytes, position + length..<end)
        take(.text, meaning, upTo: end + nextLength)
        return report(.curlyQuotes(meaning), replacement: quoted(meaning))
      }
      end += nextLength
    }
    unknown(.strayCharacter(String(opening), better: nil), length: length)
  }
}

/// A text as it is written in a query.
func quoted(_ text: String) -> String {
  doubling("\"", in: text)
}

/// A text between quotes, with the quotes inside it doubled.
func doubling(_ quote: Character, in text: String) -> String {
  var result = String(quote)
  for character in text.unicodeScalars {
    result.unicodeScalars.append(character)
    if character == quote.unicodeScalars.first { result.unicodeScalars.append(character) }
  }
  result.append(quote)
  return result
}
