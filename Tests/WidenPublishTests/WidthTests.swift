import Testing
import WidenEngine
import WidenLanguage

@testable import WidenPublish

/// Widths in cells over the scripts and the versions of Unicode, and tables that line up with them.
struct WidthTests {
  /// A text, and the cells that terminals give it.
  private static let cases: [(String, Int)] = [
    // Scripts whose letters stand alone, with and without marks that share their cell.
    ("Żółć", 4), ("Z\u{307}o\u{301}", 2), ("Ελλάδα", 6), ("Ёлка", 4), ("Երևան", 5),
    ("שָׁלוֹם", 4), ("مَرْحَبًا", 5), ("ไทย", 3), ("ที่นี่", 2), ("ລາວ", 3), ("አማርኛ", 4), ("ខ្មែរ", 4),
    ("a\u{300}\u{301}\u{302}\u{303}", 1), ("\u{1D400}", 1), ("ﬁ", 1), ("½", 1), ("№", 1),
    // Wide ones, whole and taken apart, and their narrow forms.
    ("東京都", 6), ("かな", 4), ("か\u{3099}", 2), ("ｶﾅ", 2), ("ＡＢ", 4), ("，。", 4), ("한국", 4),
    ("\u{1112}\u{1161}\u{11AB}\u{1100}\u{116E}\u{11A8}", 4), ("㎏", 2), ("\u{20000}", 2),
    ("㊙", 2), ("〒", 2), ("ㄅ", 2), ("ꀀ", 2), ("𗀀", 2),
    // What tables and charts are drawn with.
    ("─│┤├●○▲█▏░⠿·…⋮⋯", 15), ("£€₹", 3), ("→×÷≤", 4), ("“”‘’–—", 6), ("™©®", 3),
    // Pictures, by the version of Unicode that brought them.
    ("⌚", 2), ("☔", 2), ("😀", 2), ("🐍", 2), ("🤣", 2), ("🦄", 2), ("🥑", 2), ("🧑", 2), ("🥰", 2),
    ("🪐", 2), ("🫀", 2), ("🫠", 2), ("🫨", 2), ("🪿", 2), ("🫩", 2),
    // Pictures of several scalars.
    ("❤", 1), ("❤️", 2), ("☎️", 2), ("1️⃣", 2), ("👍🏽", 2), ("👩‍⚕️", 2), ("👨‍👩‍👧‍👦", 2), ("🏳️‍🌈", 2),
    ("🇬🇧", 2), ("🇬🇧🇫🇷", 4), ("🧑🏿‍🦽", 2), ("㉈", 1),
  ]

  @Test(arguments: cases) func cells(text: String, expected: Int) {
    #expect(cellWidth(text) == expected, "\(text)")
  }

  @Test func everyPartOfATextAddsUp() {
    for (text, expected) in Self.cases {
      #expect(text.reduce(0) { $0 + cellWidth($1) } == expected, "\(text)")
      // Cutting never splits a character, and never takes more cells than it may.
      for width in 1...(expected + 1) {
        #expect(cellWidth(cut(text, to: width)) <= width, "\(text)")
      }
    }
  }

  @Test func columnsStandUnderOneAnother() {
    let names = Self.cases.map { "«\($0.0)»" }
    let table = answer([texts("name", names), integers("n", names.indices.map { $0 * 37 })])
    for width in [nil, 60, 20] {
      let lines = terminalTable(table, style: TableStyle(width: width)).split(separator: "\n")
      // Numbers stand on the right, so that all lines end in one cell.
      let ends = Set(lines.prefix(names.count + 2).map { cellWidth(String($0)) })
      #expect(ends.count == 1, "\(ends)")
    }
  }

  @Test func decimalPointsStandUnderOneAnother() {
    for values in [[1.5, -22.25, 1000, 0.125], [0.0001, 0.5], [12345.5, 1]] {
      let lines = terminalTable(
        answer([texts("x", values.map { "\($0)" }), decimals("v", values)])
      )
      .split(separator: "\n").dropFirst(2)
      let places = Set(
        lines.map { line in
          line.lastIndex(of: ".").map { line.distance(from: $0, to: line.endIndex) } ?? 0
        })
      #expect(places.count == 1, "\(lines.joined(separator: "\n"))")
    }
  }
}
