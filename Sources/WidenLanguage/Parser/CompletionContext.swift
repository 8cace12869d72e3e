/// The kind of name that may stand somewhere; the shell knows the names themselves.
public enum DueName: Hashable, Sendable {
  /// The name of a measure; the aggregates themselves are among the keywords.
  case aggregate
  /// A column; after `staff.`, the names before the full stop.
  case column(after: [String])
  /// A file, in quotes.
  case file
  case function
  /// A value that rows are grouped by, as `share … excluding` takes it.
  case groupValue
  /// A name that the user makes up.
  case newName
  /// A parameter: `$name`, or the bare name in `run … with`.
  case parameter
  case policy
  case setting
  /// What the setting with this name may be given.
  case settingValue(of: String)
  case table
  /// Free text, in quotes.
  case text
  /// A value of this column, as it is compared with it; nil when any value may stand.
  case value(of: Path?)
}

/// What may follow a text: everything a shell needs to complete it.
public struct CompletionContext: Sendable {
  /// The bytes of the unfinished word at the end, which a completion replaces; empty after a space.
  public var replaced: SourceRange
  /// The unfinished word, without its quote, backtick or `$`.
  public var typed: String
  /// The sign that opens the unfinished word: `"`, `'`, a backtick or `$`.
  public var opening: Character?
  /// The words that may stand here and start with what was typed.
  public var keywords: [String]
  /// Whether a step may start here, so that its word means the step.
  public var mayStartStep: Bool
  /// Whether a statement may start here.
  public var mayStartStatement: Bool
  /// The signs that may stand here.
  public var signs: [String]
  /// The kinds of name that may stand here.
  public var names: [DueName]
  /// The query being written, with the steps before this one.
  public var query: Query?
}
