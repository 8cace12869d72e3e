/// A stretch of a query's text, as offsets into its UTF-8 bytes.
public struct SourceRange: Hashable, Sendable {
  /// The offset of the first byte.
  public var start: Int
  /// The offset just past the last byte.
  public var end: Int

  /// The bytes from `start` up to, not including, `end`.
  public init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = end
  }

  /// The smallest range that holds both.
  public func joined(_ other: SourceRange) -> SourceRange {
    SourceRange(min(start, other.start), max(end, other.end))
  }
}

/// Where a part of the tree stands in the text.
///
/// All places are equal, so that two trees are equal when they say the same, wherever they say it:
/// `parse(print(tree)) == tree` can then be tested on whole trees.
public struct Place: Hashable, Sendable {
  /// The bytes it covers.
  public var range: SourceRange

  /// A place that covers these bytes.
  public init(_ range: SourceRange) {
    self.range = range
  }

  /// A place that covers the bytes from `start` up to `end`.
  public init(_ start: Int, _ end: Int) {
    range = SourceRange(start, end)
  }

  /// The place of something that was made, not read.
  public static let none = Place(0, 0)

  /// Always true: see the type.
  public static func == (left: Place, right: Place) -> Bool { true }

  /// Adds nothing: see the type.
  public func hash(into hasher: inout Hasher) {}
}
