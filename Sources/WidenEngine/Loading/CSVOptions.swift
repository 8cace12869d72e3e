/// How a CSV file is to be read.
public struct CSVOptions: Hashable, Sendable {
  /// How many threads may work, the calling one included.
  public var threads: Int
  /// How many rows stand above the header and are to be skipped.
  public var skipRows: Int
  /// The longest field that is accepted.
  public var maximumFieldBytes: Int
  /// The names of columns whose cells stay as they are written, whatever they look like: text with
  /// every leading zero, neither numbers nor yes and no, and with no shorthand read as missing.
  public var textColumns: Set<String> = []
  /// How many bytes a thread reads at a time; tests make it small, to cut fields in two.
  var blockBytes = 256 << 10

  /// Options; the defaults suit nearly all files.
  public init(threads: Int = 2, skipRows: Int = 0, maximumFieldBytes: Int = 1 << 20) {
    self.threads = max(1, threads)
    self.skipRows = max(0, skipRows)
    self.maximumFieldBytes = max(1, maximumFieldBytes)
  }
}
