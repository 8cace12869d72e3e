import Testing

@testable import WidenLanguage

@Suite struct DiagnosticTests {
  @Test func thePicture() {
    #expect(
      pictures("from staff | cuont by ethnicity") == """
        error: 'cuont' is not a step
          1 │ from staff | cuont by ethnicity
            │              ^^^^^
            = did you mean 'count'?
        """)
  }

  @Test func laterLinesAndFiles() {
    let text = String(repeating: "from a\n\n", count: 5) + "from staff\ncuont"
    let picture = render(parse(text).diagnostics[0], source: text, file: "bands.widen")
    #expect(
      picture == """
        error: 'cuont' is not a step
          bands.widen:12:1
          12 │ cuont
             │ ^^^^^
             = did you mean 'count'?
        """)
  }

  @Test(arguments: [
    ("from a | where 名 = \"日本\" cuont by b", 27), ("from a | where e\u{301} = é cuont by b", 21),
    ("from a\t| where x cuont by b", 17), ("from a | where x = \"👩‍👩‍👧\" cuont by b", 24),
    ("from a\r\n| where x cuont by b", 10), ("\u{FEFF}from a | where x cuont by b", 17),
  ])
  func caretsStandUnderTheWord(_ pair: (text: String, cells: Int)) {
    let lines = pictures(pair.text).split(separator: "\n")
    #expect(lines[2].hasSuffix("│ " + String(repeating: " ", count: pair.cells) + "^^^^^"))
    #expect(lines[2].split(separator: "│")[1].count == pair.cells + 6)
  }

  @Test func theEndOfATextIsShownWhereTheTextIsSeen() {
    #expect(pictures("from a |\n").contains("\n  1 │ from a |\n    │         ^"))
    #expect(pictures("from a | where ").hasSuffix("^"))
  }

  @Test func coloursAreOptional() {
    let text = "from a | cuont"
    let diagnostic = parse(text).diagnostics[0]
    #expect(render(diagnostic, source: text, style: .colour).contains("\u{1B}[1;31merror:"))
    #expect(!render(diagnostic, source: text).contains("\u{1B}"))
  }

  @Test func nothingRawIsShown() {
    #expect(visible("a\u{1B}[2J\u{202E}b\u{7F}é日") == "a<U+001B>[2J<U+202E>b<U+007F>é日")
    #expect(visible("one\ttwo\n\u{2028}\u{E0001}") == "one<U+0009>two<U+000A><U+2028><U+E0001>")
    #expect(visible("👩‍👩‍👧 नमस्ते") == "👩‍👩‍👧 नमस्ते")
  }

  @Test(arguments: [
    ("", 0), ("abc", 3), ("日本", 4), ("e\u{301}", 1), ("👩‍👩‍👧", 2), ("🇬🇧", 2), ("ｱ", 1), ("Ａ", 2),
    ("한", 2), ("\u{1112}\u{1161}\u{11AB}", 2), ("☎️", 2), ("·│█", 3), ("naïve…", 6),
  ])
  func cells(_ pair: (text: String, width: Int)) {
    #expect(cellWidth(pair.text) == pair.width)
  }

  @Test func linesAndColumns() {
    let text = "one\r\ntwé x\rthree\n"
    #expect(lineAndColumn(of: 0, in: text) == (1, 1))
    #expect(lineAndColumn(of: 5, in: text) == (2, 1))
    #expect(lineAndColumn(of: 10, in: text) == (2, 5))
    #expect(lineAndColumn(of: 12, in: text) == (3, 1))
    #expect(lineAndColumn(of: 99, in: text) == (4, 1))
  }

  @Test(arguments: [
    ("cuont", "count"), ("ta", "at"), ("meen", "mean"), ("ethnicty", "ethnicity"), ("SEX", "Sex"),
    ("sx", nil), ("xy", nil), ("zzzzzz", nil), ("", nil), ("b", nil), ("age", nil),
  ])
  func nearestWord(_ pair: (word: String, found: String?)) {
    let candidates = ["count", "at", "mean", "median", "ethnicity", "Sex", "control"]
    #expect(nearest(pair.word, in: candidates) == pair.found)
  }

  @Test func distances() {
    let far = { (left: String, right: String) in
      distance(Array(left.unicodeScalars), Array(right.unicodeScalars))
    }
    #expect(far("", "") == 0 && far("", "ab") == 2 && far("ab", "") == 2)
    #expect(far("ab", "ba") == 1 && far("kitten", "sitting") == 3 && far("ca", "abc") == 3)
  }

  @Test func shortTextsAreCut() {
    #expect(short(String(repeating: "a", count: 50)).count == 41)
    #expect(listed(["a"]) == "a" && listed(["a", "b", "c"]) == "a, b or c" && listed([]) == "")
  }
}
