/// A JSON value.
///
/// The order of an object's members is kept; a name occurs once.
public enum JSONValue: Hashable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  case decimal(Double)
  case text(String)
  case array([JSONValue])
  case object([Member])

  /// A name in an object and its value.
  public struct Member: Hashable, Sendable {
    /// The name, which no other member of the object has.
    public var name: String
    /// What stands under the name.
    public var value: JSONValue

    /// A value under a name.
    public init(name: String, value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// What is wrong with a text that should be JSON, and at which byte.
  public struct Problem: Error, Hashable, Sendable {
    /// Third person, lower case, no full stop.
    public var message: String
    /// How many bytes stand before the place.
    public var byteOffset: Int

    /// A problem at a place.
    public init(message: String, byteOffset: Int) {
      self.message = message
      self.byteOffset = byteOffset
    }
  }

  /// Arrays and objects may lie that deep in one another.
  static let depthLimit = 64

  /// Reads one value that fills the bytes.
  public init(parsing bytes: ArraySlice<UInt8>) throws(Problem) {
    var reader = JSONReader(bytes)
    self = try reader.whole()
  }
}
