/// A line of the pipe's input.
public enum PipeLine: Hashable, Sendable {
  /// Without its line end.
  case line([UInt8])
  /// The line had more bytes than may be held; all of it has been skipped.
  case tooLong(limit: Int)
  case end
}

/// Cuts bytes into lines and holds no more than one of them, up to a limit.
public struct LineReader {
  /// 64 MiB, which no query needs.
  public static let defaultLimit = 64 << 20

  private let limit: Int
  private let fill: (UnsafeMutableRawBufferPointer) -> Int
  private var block = [UInt8](repeating: 0, count: 1 << 16)
  private var unread = 0..<0
  private var hasEnded = false

  /// Reads through `fill`, which returns how many bytes it put in place, and 0 at the end.
  public init(
    limit: Int = LineReader.defaultLimit, fill: @escaping (UnsafeMutableRawBufferPointer) -> Int
  ) {
    self.limit = limit
    self.fill = fill
  }

  /// The next line; the last one may lack its line end.
  public mutating func next() -> PipeLine {
    var line: [UInt8] = []
    var isTooLong = false
    var hasBytes = false
    while true {
      if unread.isEmpty && !refill() {
        if !hasBytes { return .end }
        return isTooLong ? .tooLong(limit: limit) : .line(line)
      }
      hasBytes = true
      let newline = block[unread].firstIndex(of: UInt8(ascii: "\n"))
      let part = unread.lowerBound..<(newline ?? unread.upperBound)
      unread = (newline.map { $0 + 1 } ?? unread.upperBound)..<unread.upperBound
      if !isTooLong && line.count + part.count > limit {
        isTooLong = true
        line = []
      }
      if !isTooLong { line += block[part] }
      if newline != nil { return isTooLong ? .tooLong(limit: limit) : .line(line) }
    }
  }

  private mutating func refill() -> Bool {
    if hasEnded { return false }
    let count = block.withUnsafeMutableBytes { fill($0) }
    hasEnded = count <= 0
    unread = 0..<max(0, count)
    return count > 0
  }
}
