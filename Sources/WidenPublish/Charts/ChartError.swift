/// Why a result cannot be drawn as asked.
public struct ChartError: Error, Hashable, Sendable {
  /// What is wrong: third person, lower case, no full stop.
  public var message: String
  /// The way out.
  public var hint: String?

  /// A problem and its way out.
  public init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }
}
