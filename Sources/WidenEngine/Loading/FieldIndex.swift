import CKernels

/// Finds where the fields of a run of whole rows end, 64 bytes at a time.
///
/// Quotes must open right after a separator or a line break and close right before one; anything else
/// makes the run irregular, and `RecordReader` says what is wrong with it.
struct FieldIndex {
  /// How many fields were found.
  let count: Int
  /// How many line breaks there are outside of quotes, and inside.
  let rowBreaks: Int
  let quotedBreaks: Int
  /// Whether some byte is not ASCII.
  let hasWideText: Bool
  /// Whether some quoted field holds doubled quotes.
  let hasDoubledQuotes: Bool
  /// Whether quotes or zero bytes stand where they must not.
  let isIrregular: Bool

  /// Writes the end of each field of `bytes`, counted from 1, to `ends`.
  ///
  /// The 64 bytes after `count` must be spaces; `ends` must have room for `count + 72`.
  init(
    _ bytes: UnsafePointer<UInt8>, count: Int, _ dialect: Dialect,
    into ends: UnsafeMutablePointer<UInt32>, level: Int32 = processorLevel
  ) {
    var scan = FieldScan()
    scan.afterEnd = 1
    self.count = kernel_find_fields(
      level, bytes, count, dialect.separator, dialect.newline, &scan, ends)
    rowBreaks = Int(scan.rowBreaks)
    quotedBreaks = Int(scan.quotedBreaks)
    hasWideText = scan.wideText != 0
    hasDoubledQuotes = scan.doubledQuotes != 0
    isIrregular = scan.irregular != 0
  }
}
