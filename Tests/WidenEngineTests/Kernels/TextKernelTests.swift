import CKernels
import Testing

/// Cells of texts are found alike at every level, up to the first that is not known.
@Suite struct TextKernelTests {
  /// The codes that a level finds, and the row at which it stops.
  ///
  /// Of values that share a place the last one has it: `bits` give room enough that none do.
  private func find(_ cells: [String], known: [String], level: Int32, bits: UInt64 = 10) -> [UInt32]
  {
    let room = [UInt8](repeating: 32, count: 80)
    var arena: [UInt8] = []
    var entries = [TextEntry](repeating: TextEntry(), count: 1 << bits)
    for (index, value) in known.enumerated() {
      let place = kernel_text_place(Array(value.utf8) + room, value.utf8.count, 64 - bits)
      entries[place] = TextEntry(
        start: UInt32(arena.count), length: UInt32(value.utf8.count), code: UInt32(index + 1),
        unused: 0)
      arena += value.utf8
    }
    arena += room
    var text: [UInt8] = Array("x\n".utf8)
    var ends: [UInt32] = [2]
    for cell in cells {
      text += Array(cell.utf8) + [UInt8(ascii: "\n")]
      ends.append(UInt32(text.count))
    }
    text += room
    var codes = [UInt32](repeating: 99, count: cells.count)
    let stop: Int = text.withUnsafeBufferPointer { text in
      ends.withUnsafeBufferPointer { ends in
        entries.withUnsafeBufferPointer { entries -> Int in
          var run = TextCells(
            origin: text.baseAddress.map { $0 - 1 }, ends: ends.baseAddress.map { $0 + 1 },
            stride: 1, rows: cells.count, endsLine: 1)
          return arena.withUnsafeBufferPointer { arena in
            var table = TextTable(
              entries: entries.baseAddress, shift: 64 - bits, arena: arena.baseAddress)
            return kernel_find_texts(level, &run, &table, 0, &codes)
          }
        }
      }
    }
    return codes + [UInt32(stop)]
  }

  @Test(arguments: [0] + KernelTests.levels) func findsTexts(level: Int32) {
    let known = (1...64).map { String(String(repeating: "ab7", count: 30).prefix($0)) }
    let quoted = known.map { "\"\($0)\"" }
    #expect(find(known, known: known, level: level, bits: 20) == Array(1...64) + [64])
    #expect(find(quoted, known: known, level: level, bits: 20) == Array(1...64) + [64])
    #expect(find(["", "ab\r", "\r"], known: known, level: level) == [0, 2, 0, 3])
  }

  @Test(arguments: [0] + KernelTests.levels) func stopsAtWhatIsNotKnown(level: Int32) {
    for length in [1, 8, 9, 16, 31, 32, 33, 63, 64] {
      let value = String(repeating: "z", count: length)
      for place in 0..<length {
        var other = Array(value.utf8)
        other[place] = UInt8(ascii: "y")
        let cells = [value, String(decoding: other, as: UTF8.self), value]
        #expect(find(cells, known: [value], level: level) == [1, 99, 99, 1])
      }
    }
    let long = String(repeating: "z", count: 65)
    #expect(find([long], known: [], level: level) == [99, 0])
  }
}
