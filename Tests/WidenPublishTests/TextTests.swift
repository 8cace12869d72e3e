import Testing
import WidenLanguage

@testable import WidenPublish

@Suite struct TextTests {
  @Test(arguments: [
    ("abc", "abc"), ("a\u{1B}[0m", "a␛[0m"), ("\u{7F}", "␡"), ("\u{9B}1m", "<U+009B>1m"),
    ("a\u{202E}b", "a<U+202E>b"), ("\u{2028}", "<U+2028>"), ("\u{301}a", "◌\u{301}a"),
    ("a\tb\nc", "a␉b␊c"), ("é東🇬🇧", "é東🇬🇧"), ("\u{E0041}", "<U+E0041>"),
    ("a\u{301}", "a\u{301}"),
  ])
  func controlsBecomeVisible(text: String, expected: String) {
    #expect(visible(text, usesUnicode: true) == expected)
  }

  @Test func asciiPicturesHaveNoOtherCharacters() {
    #expect(visible("\u{1B}\u{7F}", usesUnicode: false) == "<U+001B><U+007F>")
  }

  @Test func floodsOfMarksAreBounded() {
    let marks = String(repeating: "\u{336}", count: 5000)
    #expect(visible("z" + marks + "a").unicodeScalars.count == 11)
    let joined = String(repeating: "👩\u{200D}", count: 5000)
    #expect(cellWidth(visible(joined, usesUnicode: true)) > 5000)
  }

  @Test(arguments: [
    ("abc", 3), ("東京", 4), ("e\u{301}", 1), ("👩‍⚕️", 2), ("👍🏽", 2), ("🇬🇧", 2), ("❤️", 2), ("❤", 1),
    ("한글", 4), ("\u{1112}\u{1161}\u{11AB}", 2), ("ｆ", 2), ("é", 1), ("", 0), ("␛", 1), ("…", 1),
  ])
  func widthsInCells(text: String, expected: Int) {
    #expect(cellWidth(text) == expected)
  }

  @Test func longTextIsCut() {
    #expect(cut("Homerton", to: 8) == "Homerton")
    #expect(cut("Homerton", to: 5) == "Home…")
    #expect(cut("東京都", to: 4) == "東…")
    #expect(cut("abc", to: 1) == "…")
    #expect(cut("abc", to: 0) == "")
  }

  @Test func longLinesAreWrapped() {
    #expect(
      wrapped("of recorded ethnicity, N = 1,005", to: 12)
        == ["of recorded", "ethnicity,", "N = 1,005"])
    #expect(wrapped("number_of_starts", to: 8, isName: true) == ["number_", "of_", "starts"])
    #expect(wrapped("abcdefgh", to: 3) == ["abc", "def", "gh"])
    #expect(wrapped("", to: 3) == [""])
    for width in 1...20 {
      for line in wrapped("a longer_sentence of 東京都 words", to: width) {
        #expect(cellWidth(line) <= max(2, width))
      }
    }
  }
}
