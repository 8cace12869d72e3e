/// Why bytes from a server cannot be read, as a phrase.
struct Malformed: Error, Hashable {
  var reason: String
  /// The way out, where there is one.
  var hint: String?

  init(_ reason: String, hint: String? = nil) {
    self.reason = reason
    self.hint = hint
  }
}
