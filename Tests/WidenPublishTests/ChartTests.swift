import Testing
import WidenEngine
import WidenLanguage

@testable import WidenPublish

/// Charts of results in which figures are missing or withheld: neither is drawn, both are said.
struct ChartTests {
  private func counts(_ values: [Int?], withheld: [Int], labels: [String]) -> Answer {
    var label = texts("band", labels)
    label.description.type = .text
    var numbers = integers("n", values)
    numbers.withheld = Bitmap(values.indices.map { withheld.contains($0) })
    return answer([label, numbers])
  }

  private let style = TableStyle(width: 44)

  @Test func barsLeaveGapsAndSaySo() throws {
    let result = counts([40, nil, 3, 20], withheld: [2], labels: ["2", "3", "4", "5"])
    let drawn = try terminalChart(result, kind: .bar, style: TableStyle(width: 50))
    #expect(
      drawn == """
        n by band
        2  ███████████████████████████████████████████ 40
        3  ·
        4  [c]
        5  █████████████████████▌ 20
        · is missing
        [c] is withheld, so that nobody can be recognised

        """)
  }

  @Test func noKindTellsAWithheldFigure() throws {
    let result = counts([40, 33, 7, 20], withheld: [2], labels: ["2", "3", "4", "5"])
    for kind in [ChartKind.bar, .dot, .line] {
      let text = try terminalChart(result, kind: kind, style: style)
      #expect(text.contains("[c]"), "\(text)")
      #expect(!text.contains("7"), "\(text)")
    }
    let line = try terminalChart(result, kind: .line, style: style)
    #expect(line.contains("withheld [c]: 4"))
  }

  @Test func scalesOfWholeNumbersAreWhole() throws {
    let result = counts([5335, 422, 67, 1000], withheld: [], labels: ["a", "b", "c", "d"])
    for kind in [ChartKind.line, .dot] {
      #expect(!(try terminalChart(result, kind: kind, style: style)).contains("."), "\(kind)")
    }
  }

  @Test func everyLineFitsTheScreen() throws {
    let names = (1...13).map { "a rather long name of group \($0)" }
    let result = counts((1...13).map { $0 * 77 }, withheld: [3], labels: names)
    for width in [40, 80, 200] {
      for kind in [ChartKind.bar, .dot, .line] {
        let text = try terminalChart(result, kind: kind, style: TableStyle(width: width))
        for line in text.split(separator: "\n") where !line.hasPrefix("withheld") {
          #expect(cellWidth(String(line)) <= width, "\(line)")
        }
      }
    }
  }

  @Test func listenersGetSentences() throws {
    let result = counts([40, nil, 3, 20], withheld: [], labels: ["2", "3", "4", "5"])
    let text = try terminalChart(result, style: TableStyle(isAccessible: true))
    #expect(text.hasPrefix("n by band: from 3 (4) to 40 (2)\n4 rows, 2 columns\n"), "\(text)")
    #expect(text.contains("row 2. band: 3; n: missing"))
    #expect(!text.contains("█"))
  }
}
