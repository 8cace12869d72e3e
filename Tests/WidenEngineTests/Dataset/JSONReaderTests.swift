import Testing
import WidenEngine

@Suite("Reading JSON")
struct JSONReaderTests {
  private func check(
    _ text: String, _ expected: JSONValue, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let value = try? JSONValue(parsing: Array(text.utf8)[...])
    #expect(value == expected, sourceLocation: sourceLocation)
  }

  private func check(
    refuses text: String, _ message: String, at byte: Int,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(
      throws: JSONValue.Problem(message: message, byteOffset: byte), sourceLocation: sourceLocation
    ) {
      try JSONValue(parsing: Array(text.utf8)[...])
    }
  }

  @Test func readsValues() {
    check("null", .null)
    check(" true ", .boolean(true))
    check("-0", .integer(0))
    check("9223372036854775807", .integer(.max))
    check("9223372036854775808", .decimal(9.223372036854775808e18))
    check("-12.5e-1", .decimal(-1.25))
    check("\"\"", .text(""))
    check("[]", .array([]))
    check("{ }", .object([]))
    check("[1, [2], \"3\"]", .array([.integer(1), .array([.integer(2)]), .text("3")]))
    check(
      "{\"a\":1,\"b\":{}}",
      .object([.init(name: "a", value: .integer(1)), .init(name: "b", value: .object([]))]))
  }

  @Test func readsEscapes() {
    check(#""\"\\\/\b\f\n\r\t""#, .text("\"\\/\u{8}\u{C}\n\r\t"))
    check(#""\u00e9\u2013""#, .text("é–"))
    check(#""\ud83d\ude00""#, .text("😀"))
    check("\"naïve 日本\"", .text("naïve 日本"))
  }

  @Test func refusesWhatIsNoJSON() {
    check(refuses: "", "the text ends too early", at: 0)
    check(refuses: "{", "a name in quotes is due", at: 1)
    check(refuses: "{\"a\"}", "':' is due", at: 4)
    check(refuses: "{\"a\":1,}", "a name in quotes is due", at: 7)
    check(refuses: "{\"a\":1,\"a\":2}", "'a' is given twice", at: 10)
    check(refuses: "[1 2]", "',' or ']' is due", at: 3)
    check(refuses: "nul", "a value is due", at: 0)
    check(refuses: "'a'", "a value is due", at: 0)
    check(refuses: "01", "something follows the value", at: 1)
    check(refuses: "1.", "a digit is due", at: 2)
    check(refuses: "1e999", "the number is too large", at: 5)
    check(refuses: "\"a", "the closing quote is missing", at: 2)
    check(refuses: "\"a\nb\"", "a control character must be escaped", at: 2)
    check(refuses: #""\x""#, #"'\' is followed by no known letter"#, at: 3)
    check(refuses: #""\u12"#, "four hexadecimal digits are due", at: 3)
    check(refuses: #""\ud83d""#, "half a character stands alone", at: 7)
  }

  @Test func refusesDeepNesting() {
    let deepest = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    #expect((try? JSONValue(parsing: Array(deepest.utf8)[...])) != nil)
    check(
      refuses: String(repeating: "[", count: 100_000), "values are nested deeper than 64", at: 64)
  }

  @Test func refusesBytesThatAreNoText() {
    #expect(throws: JSONValue.Problem(message: "the text is not UTF-8", byteOffset: 3)) {
      try JSONValue(parsing: [0x22, 0xFF, 0x22][...])
    }
  }

  @Test func endsOnAnyBytes() {
    var generator = Seeded(7)
    let alphabet = Array("{}[]\",:\\u0e1-.tfn \u{80}".utf8)
    for _ in 0..<5000 {
      let bytes = (0..<Int(generator.next() % 24)).map { _ in
        alphabet[Int(generator.next() % UInt64(alphabet.count))]
      }
      do {
        _ = try JSONValue(parsing: bytes[...])
      } catch {
        #expect((0...bytes.count).contains(error.byteOffset))
      }
    }
  }
}
