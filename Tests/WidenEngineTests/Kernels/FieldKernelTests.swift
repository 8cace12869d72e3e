import CKernels
import Testing

/// Fields are found alike at every level, whatever the bytes and wherever they stand.
@Suite struct FieldKernelTests {
  private struct Found: Equatable {
    var ends: [UInt32]
    var breaks: [UInt64]
    var flags: [Bool]
  }

  private func find(_ text: [UInt8], level: Int32) -> Found {
    let padded = text + [UInt8](repeating: 32, count: 64)
    var ends = [UInt32](repeating: 0, count: text.count + 72)
    var scan = FieldScan()
    scan.afterEnd = 1
    let count = kernel_find_fields(
      level, padded, text.count, UInt8(ascii: ","), UInt8(ascii: "\n"), &scan, &ends)
    return Found(
      ends: Array(ends[..<count]), breaks: [scan.rowBreaks, scan.quotedBreaks],
      flags: [scan.wideText, scan.doubledQuotes, scan.irregular].map { $0 != 0 })
  }

  @Test(arguments: KernelTests.levels) func agreesWithPlainC(level: Int32) {
    let alphabets: [[UInt8]] = [
      Array("a,\n".utf8), Array("ab12345678,\n".utf8), Array("ab\",\r\n".utf8),
      Array("aaaaaaaaaaaa,\n\u{e9}".utf8) + [0],
    ]
    for length in Array(0...200) + [1000, 4096] {
      for (number, alphabet) in alphabets.enumerated() {
        var seeded = Seeded(length * 4 + number)
        let text = (0..<length).map { _ in alphabet[seeded.below(alphabet.count)] }
        #expect(find(text, level: level) == find(text, level: 0), "\(text)")
      }
    }
  }

  @Test func findsTheEndsOfFields() {
    let found = find(Array("a,\"b,\n\"\"\",c\n".utf8), level: kernel_level())
    #expect(found.ends == [2, 10, 12])
    #expect(found.breaks == [1, 1])
    #expect(found.flags == [false, true, false])
  }
}
