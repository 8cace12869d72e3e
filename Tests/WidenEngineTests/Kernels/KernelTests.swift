import CKernels
import Testing

@testable import WidenEngine

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
    for length in Self.lengths + [9217, 262_144, 300_001] {
      for (groups, offset) in [(1, 0), (12, 1), (32, 31), (64, 0)] {
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

  /// The hits of a bitmap, and what stands before and after them stays as it was.
  @Test(arguments: [0] + levels) func listsAndCounts(level: Int32) {
    for length in Self.lengths {
      for pattern in 0..<5 {
        var words = bits(length)
        for index in words.indices {
          switch pattern {
          case 0: words[index] = 0
          case 1: words[index] = ~0
          case 2: words[index] &= words[index] &* 31 & words[index] >> 7
          case 3: words[index] = 1 << 63 | 1
          default: break
          }
        }
        let all = Bitmap(count: words.count * 64) { _ = $0.update(fromContentsOf: words) }
        let expected = all.rows.map { UInt32($0 + 9) }
        var rows = [UInt32](repeating: 0, count: words.count * 64 + 64)
        let count = kernel_list_rows(level, words, words.count, 9, &rows)
        #expect(Array(rows.prefix(count)) == expected, "\(words.count) words, pattern \(pattern)")
        #expect(kernel_count_bits(level, words, words.count) == expected.count)
      }
    }
  }

  @Test(arguments: [0] + levels) func findsZones(level: Int32) {
    for length in Self.lengths {
      for (low, limit) in [(0, 1), (0, 2), (3, 4), (1, 250), (0, 255)] {
        var seeded = Seeded(length &* 5 &+ limit)
        let codes = (0..<length).map { _ in low + seeded.below(limit - low) }
        let present = codes.filter { $0 > 0 }
        let expected = [present.min() ?? 1, present.max() ?? 0, codes.contains(0) ? 1 : 0]
        let zones = [
          kernel_zone_of_bytes(level, codes.map { UInt8($0) }, length),
          kernel_zone_of_shorts(level, codes.map { UInt16($0) }, length),
          kernel_zone_of_words(level, codes.map { UInt32($0) }, length),
        ]
        for zone in zones {
          #expect(
            [zone.least, zone.greatest, zone.hasMissing].map { Int($0) } == expected,
            "\(length) codes from \(low) to below \(limit)")
        }
      }
    }
    let widest = kernel_zone_of_words(level, [.max, 0, 7], 3)
    #expect((widest.least, widest.greatest, widest.hasMissing) == (7, .max, 1))
  }
}
