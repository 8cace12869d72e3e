/// Something to tell the user about their text: a problem, its place, and at most one fix.
public struct Diagnostic: Hashable, Sendable {
  /// How grave it is.
  public enum Severity: String, Hashable, Sendable {
    case error
    case warning
    case note
  }

  /// A replacement that would repair the text.
  public struct Fix: Hashable, Sendable {
    /// The bytes that go.
    public var range: SourceRange
    /// What comes in their place.
    public var replacement: String

    /// Replaces `range` by `replacement`.
    public init(_ range: SourceRange, _ replacement: String) {
      self.range = range
      self.replacement = replacement
    }
  }

  /// How grave it is.
  public var severity: Severity
  /// What is wrong: third person, lower case, no full stop.
  public var message: String
  /// Where, in bytes of the source.
  public var range: SourceRange
  /// One line of help, such as `did you mean 'count'?`.
  public var hint: String?
  /// The one likely repair.
  public var fix: Fix?
  /// The text ended too early: a shell lets the user go on typing.
  public var isIncomplete: Bool

  /// A diagnostic of these parts.
  public init(
    _ severity: Severity = .error, _ message: String, at range: SourceRange, hint: String? = nil,
    fix: Fix? = nil, isIncomplete: Bool = false
  ) {
    self.severity = severity
    self.message = message
    self.range = range
    self.hint = hint
    self.fix = fix
    self.isIncomplete = isIncomplete
  }

  /// The text with the fix made, or nil when there is none.
  public func repaired(_ source: String) -> String? {
    guard let fix else { return nil }
    let bytes = Array(source.utf8)
    guard fix.range.start >= 0, fix.range.end <= bytes.count, fix.range.start <= fix.range.end
    else { return nil }
    let text = bytes[..<fix.range.start] + Array(fix.replacement.utf8) + bytes[fix.range.end...]
    return String(decoding: text, as: UTF8.self)
  }
}
