import CKernels
import Testing

/// Every kernel gives the same answer at every level, for all short lengths and all offsets.
@Suite struct KernelTests {
  /// The levels that this processor has, but for plain C, which is what they are compared with.
  static let levels = Array(stride(from: Int32(1), through: kernel_level(), by: 1))
  /// Around the sizes of vectors, words and tiles.
  static let lengths = Array(0...130) + [255, 256, 257, 4095, 4096, 4097, 4160, 5000]

  private func random<Code: FixedWidthInteger>(_ count: Int, below limit: Code) -> [Code] {
    var seeded = Seeded(count &* 31 &+ Int(limit))
    return (0..<count).map { _ in Code(truncatingIfNeeded: seeded.below(Int(limit))) }
  }

  private func bits(_ count: Int) -> [UInt64] {
    var seeded = Seeded(count &+ 7)
    return (0..<(count + 63) / 64).map { _ in seeded.next() }
  }

  @Test(arguments: levels) func countsBytes(level: Int32) {
    for length in Self.lengths {
      for (groups, offset) in [(1, 0), (12, 1), (32, 31), (32, 0)] {
        let codes = random(length + offset, below: UInt8(groups))
        let chosen = bits(length)
        var plain = [UInt64](repeating: 0, count: 64)
        var fast = plain
        codes.withUnsafeBufferPointer { codes in
          guard let own = codes.baseAddress.map({ $0 + offset }) else { return }
          kernel_count_bytes(0, own, length, Int32(groups), &plain)
          kernel_count_bytes(level, own, length, Int32(groups), &fast)
          kernel_count_bytes_where(0, own, chosen, length, Int32(groups), &plain)
          kernel_count_bytes_where(level, own, chosen, length, Int32(groups), &fast)
        }
        #expect(fast == plain, "\(length) codes in \(groups) groups")
        #expect(plain[..<groups].reduce(0, +) >= UInt64(length))
      }
    }
  }

  @Test(arguments: levels) func selects(level: Int32) {
    for length in Self.lengths {
      let bytes = random(length, below: UInt8.max)
      let shorts = random(length, below: UInt16.max)
      let words = random(length, below: UInt32.max)
      var plain = [UInt64](repeating: 5, count: (length + 63) / 64)
      var fast = plain
      for width in [0, 1, 100, 255] as [UInt8] {
        kernel_select_bytes(0, bytes, length, 7, width, &plain)
        kernel_select_bytes(level, bytes, length, 7, width, &fast)
        #expect(fast == plain, "\(length) bytes, \(width) wide")
      }
      for width in [0, 1, 30_000, 65_535] as [UInt16] {
        kernel_select_shorts(0, shorts, length, 60_000, width, &plain)
        kernel_select_shorts(level, shorts, length, 60_000, width, &fast)
        #expect(fast == plain, "\(length) shorts, \(width) wide")
      }
      for width in [0, 1, 1 << 31, .max] as [UInt32] {
        kernel_select_words(0, words, length, 1 << 30, width, &plain)
        kernel_select_words(level, words, length, 1 << 30, width, &fast)
        #expect(fast == plain, "\(length) words, \(width) wide")
      }
    }
  }

  @Test func selectsWhatTheRangeSays() {
    var word: [UInt64] = [0]
    kernel_select_bytes(kernel_level(), [3, 4, 5, 6, 0, 255], 6, 4, 2, &word)
    #expect(word == [0b110])
  }

  @Test(arguments: levels) func numbersAndMasksCells(level: Int32) {
    for length in Self.lengths {
      let bytes = random(length, below: UInt8.max)
      let shorts = random(length, below: UInt16.max)
      let words = random(length, below: UInt32.max)
      let chosen = bits(length)
      var plain = [UInt32](repeating: 0, count: length)
      var fast = plain
      kernel_cells_of_bytes(0, bytes, length, 300, 1, &plain)
      kernel_cells_of_bytes(level, bytes, length, 300, 1, &fast)
      kernel_cells_of_shorts(0, shorts, length, 7, 0, &plain)
      kernel_cells_of_shorts(level, shorts, length, 7, 0, &fast)
      kernel_cells_of_words(0, words, length, 9, 0, &plain)
      kernel_cells_of_words(level, words, length, 9, 0, &fast)
      #expect(fast == plain, "\(length) cells")
      var masked = plain
      kernel_mask_cells(0, plain, chosen, length, 77, &masked)
      kernel_mask_cells(level, plain, chosen, length, 77, &fast)
      #expect(fast == masked, "\(length) cells masked")
    }
  }
}
