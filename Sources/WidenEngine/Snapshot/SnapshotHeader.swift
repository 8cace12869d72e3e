/// The first bytes of a snapshot: eight words as this machine writes them.
struct SnapshotHeader {
  static let byteCount = 64
  /// Raised whenever the order or the meaning of the bytes behind changes.
  static let format: UInt64 = 2
  private static let magic = UInt64(littleEndian: 0x0A31_6E65_6469_7789)
  /// Reads as another number on a machine of the other byte order.
  private static let byteOrder: UInt64 = 0x0102_0304_0506_0708
  private static let wordCount = 8

  /// The bytes of the whole file, a multiple of 64.
  var length: Int
  /// Where the descriptions start; the columns lie before them.
  var catalogueStart: Int
  var catalogueBytes: Int
  /// Of everything behind the header, and of the words before it in the header.
  var checksum: UInt64

  init(length: Int, catalogueStart: Int, catalogueBytes: Int) {
    self.length = length
    self.catalogueStart = catalogueStart
    self.catalogueBytes = catalogueBytes
    checksum = 0
  }

  /// The header of a file; nil when it is none of ours, of another format, or cut.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count >= SnapshotHeader.byteCount, bytes.count.isMultiple(of: 64) else {
      return nil
    }
    let words = (0..<SnapshotHeader.wordCount).map {
      bytes.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self)
    }
    guard words[0] == SnapshotHeader.magic, words[1] == SnapshotHeader.byteOrder,
      words[2] == SnapshotHeader.format, words[3] == UInt64(bytes.count), words[6] == 0,
      words[4] >= UInt64(SnapshotHeader.byteCount), words[4] <= words[3], words[4] % 64 == 0,
      words[5] <= words[3] - words[4]
    else { return nil }
    self.init(
      length: bytes.count, catalogueStart: Int(words[4]), catalogueBytes: Int(words[5]))
    checksum = words[7]
  }

  /// The header as it stands in the file.
  var words: [UInt64] { summedWords + [checksum] }

  /// The checksum that a file with this header must have.
  func expectedChecksum(_ file: UnsafeRawBufferPointer, threads: Int) -> UInt64 {
    let seed = summedWords.withUnsafeBytes { WidenEngine.checksum($0) }
    let body = UnsafeRawBufferPointer(rebasing: file[SnapshotHeader.byteCount...])
    return WidenEngine.checksum(body, seed: seed, threads: threads)
  }

  private var summedWords: [UInt64] {
    [
      SnapshotHeader.magic, SnapshotHeader.byteOrder, SnapshotHeader.format, UInt64(length),
      UInt64(catalogueStart), UInt64(catalogueBytes), 0,
    ]
  }
}
