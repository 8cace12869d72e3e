import Testing
import WidenEngine
import WidenLanguage

@testable import WidenPublish

@Suite struct TerminalTableTests {
  @Test(arguments: [80, 60, 40, 20, 7, 1])
  func fitsTheWidth(width: Int) throws {
    for (name, sample) in [("staff", Samples.staff), ("shares", Samples.shares)] {
      let text = terminalTable(sample, style: TableStyle(width: width, maximumRows: 12))
      if width >= 20 { try checkGolden("\(name)-\(width).txt", text) }
      for line in text.split(separator: "\n") where width >= 10 {
        #expect(cellWidth(String(line)) <= width)
      }
    }
  }

  @Test func pictures() throws {
    try checkGolden("types.txt", terminalTable(Samples.everyType))
    try checkGolden("hostile.txt", terminalTable(Samples.hostile, style: TableStyle(width: 60)))
    try checkGolden(
      "shares-colour.txt", terminalTable(Samples.shares, style: TableStyle(usesColour: true)))
    try checkGolden(
      "shares-accessible.txt",
      terminalTable(Samples.shares, style: TableStyle(width: 40, isAccessible: true)))
    try checkGolden(
      "staff-accessible.txt",
      terminalTable(Samples.staff, style: TableStyle(maximumRows: 4, isAccessible: true)))
  }

  @Test func noSpacesAtTheEndOfALine() {
    for sample in [Samples.staff, Samples.shares, Samples.hostile, Samples.everyType] {
      for width in 1...120 {
        let text = terminalTable(sample, style: TableStyle(width: width, maximumRows: 9))
        #expect(!text.contains(" \n"), "at \(width) cells")
      }
    }
  }

  @Test func nothingUnsafeReachesTheTerminal() {
    for style in [TableStyle(), TableStyle(isAccessible: true)] {
      let text = terminalTable(Samples.hostile, style: style)
      #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || !isUnsafe($0) })
    }
  }

  @Test func smallResults() {
    #expect(terminalTable(answer([integers("n", [1485])])) == "n: 1,485\n")
    #expect(
      terminalTable(
        answer([decimals("share", [0.2786], format: .percentage, base: "of staff, N = 1,005")]))
        == "share: 27.9 % (of staff, N = 1,005)\n")
    #expect(
      terminalTable(answer([texts("band", []), integers("n", [])])) == """
        band  n
        ────  ─
        no rows

        """)
    #expect(terminalTable(answer([])) == "no columns\n")
  }

  @Test func hiddenRowsAreCounted() {
    let numbers = answer([integers("n", Array(1...1500))])
    #expect(
      terminalTable(numbers, style: TableStyle(maximumRows: 4)) == """
            n
        ─────
            1
            2
            3
            ⋮
        1,500
        4 of 1,500 rows shown
        to see all: set rows 1500, or export last to "all.csv"

        """)
    #expect(terminalTable(numbers, style: TableStyle(maximumRows: 1500)).contains("1,499"))
    #expect(!terminalTable(numbers, style: TableStyle(maximumRows: 1500)).contains("shown"))
  }

  @Test func manyColumnsAreQuick() {
    let wide = answer((0..<10_000).map { (index: Int) in integers("column_\(index)", [index]) })
    let clock = ContinuousClock()
    var text = ""
    let time = clock.measure { text = terminalTable(wide, style: TableStyle(width: 80)) }
    #expect(text.contains("of 10,000 columns shown") && text.contains("more\n"))
    #expect(time < .seconds(5))
  }
}
