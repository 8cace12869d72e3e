import CKernels
import Testing

@testable import WidenEngine

/// Eight numbers at once are what one after the other is.
@Suite struct NumberKernelTests {
  private static let odd = [
    "", "", "0", "00", "0.5", "00.5", ".5", "5.", "-3", "+3", "1e3", "12345678", "123456789",
    "1234.56", "12345.67", "123456.78", "1,5", "\"7\"", "\"\"", "1.2.3", "7 ", " 7", "x", "..",
    "9223372036854775807", "9223372036854775808", "0.00", "10.0", "*", "low", "99999999", "8\r",
  ]

  /// The cells of a column that stands between two others.
  private func withRun(_ cells: [String], endsLine: Bool, _ body: (CellRun) -> Void) {
    var bytes = Array(repeating: UInt8(ascii: " "), count: 64)
    var ends: [UInt32] = [0]
    for cell in cells {
      for text in endsLine ? ["before", cell] : ["before", cell, "after"] {
        bytes += Array(text.utf8) + [UInt8(ascii: ",")]
        ends.append(UInt32(bytes.count - 64))
      }
    }
    bytes += Array(repeating: UInt8(ascii: " "), count: 128)
    let stride = endsLine ? 2 : 3
    bytes.withUnsafeBufferPointer { bytes in
      ends.withUnsafeBufferPointer { ends in
        guard let base = bytes.baseAddress, let first = ends.baseAddress else { return }
        body(
          CellRun(
            origin: base + 63, ends: first + 2, stride: stride, rows: cells.count,
            endsLine: endsLine, hasDoubledQuotes: false))
      }
    }
  }

  private func expectAlike(_ cells: [String], places: Int, endsLine: Bool = false) {
    withRun(cells, endsLine: endsLine) { run in
      var plain = [Int](repeating: 5, count: cells.count)
      var fast = plain
      let expected = scanNumbers(run, places: places, into: &plain, level: 0)
      let found = scanNumbers(run, places: places, into: &fast, level: kernel_level())
      let rows = expected.stoppedAt ?? (expected.needsDoubles ? 0 : cells.count)
      #expect(fast[..<rows] == plain[..<rows], "\(cells)")
      #expect(found.stoppedAt == expected.stoppedAt, "\(cells)")
      #expect(found.present == expected.present && found.missing == expected.missing, "\(cells)")
      #expect(found.minimum == expected.minimum && found.maximum == expected.maximum, "\(cells)")
      #expect(found.places == expected.places, "\(cells)")
      #expect(found.needsDoubles == expected.needsDoubles, "\(cells)")
      #expect(found.shorthand == expected.shorthand, "\(cells)")
    }
  }

  @Test(arguments: 0...4) func readsWhatOneByOneReads(places: Int) {
    var random = Seeded(places + 1)
    for round in 0..<2000 {
      let count = random.below(40)
      let rarity = 1 + random.below(60)
      let cells = (0..<count).map { _ -> String in
        if random.below(rarity) == 0 { return Self.odd[random.below(Self.odd.count)] }
        let whole = String(random.below([10, 100, 100_000, 100_000_000][random.below(4)]))
        let own = random.below(3) == 0 ? 0 : places
        return own == 0
          ? whole
          : whole.prefix(7 - own) + "." + (0..<own).map { _ in String(random.below(10)) }.joined()
      }
      expectAlike(cells, places: places, endsLine: round % 5 == 0)
    }
  }

  @Test func readsEachOddCellAmongOthers() {
    for odd in Self.odd {
      for place in 0..<17 {
        var cells = (0..<17).map { "\($0).25" }
        cells[place] = odd
        expectAlike(cells, places: 2)
        expectAlike(cells, places: 0)
      }
    }
  }
}
