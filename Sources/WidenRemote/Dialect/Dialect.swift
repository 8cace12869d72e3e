internal import WidenLanguage

/// How a database writes what all of them can do.
///
/// Everything that differs between databases is here, and no query is written by asking which one it
/// is for.
struct Dialect: Sendable {
  /// What it is called in messages.
  var name: String
  /// What its types are called.
  var type: @Sendable (SQLKind) -> String
  /// The type that numbers of rows behind `limit` have.
  var limitType: String
  /// A name in quotes, whatever is in it.
  var quoted: @Sendable (String) -> String

  // MARK: Values beside the query

  /// What the n-th value that is sent beside the query is called.
  var parameterName: @Sendable (Int) -> String
  /// The n-th value as a type.
  var parameter: @Sendable (Int, String) -> String
  /// The n-th value as an array of a type.
  var arrayParameter: @Sendable (Int, String) -> String
  /// An array as the text that is sent.
  var arrayText: @Sendable ([String?]) -> String
  /// Rows of arrays side by side, under an alias with these columns.
  var unnest: @Sendable (_ arrays: [String], _ alias: String, _ columns: [String]) -> String
  /// Whether a value is one of an array's.
  var isAny: @Sendable (String, String) -> String
  /// The position of a value in an array, from 1; null when it is not there.
  var position: @Sendable (String, String) -> String

  // MARK: What is stored

  /// A column as values that mean something here: what is none, such as NaN, is null.
  var stored: @Sendable (_ type: ServerType, _ column: String) -> String
  /// An expression as another type.
  var cast: @Sendable (String, String) -> String
  /// Text that fits a pattern, as a type; null where it is none after all.
  var read: @Sendable (_ text: String, _ type: String) -> String
  /// Whether the whole of a text fits a regular expression.
  var matches: @Sendable (_ text: String, _ pattern: String) -> String

  // MARK: Text

  /// Text that is compared by its bytes.
  var byBytes: @Sendable (String) -> String
  /// Values that are compared one after the other.
  var row: @Sendable ([String]) -> String
  /// Text in small letters, and in capitals, whatever the alphabet.
  var changedCase: @Sendable (_ function: String, _ text: String) -> String
  /// The key by which text is ordered: runs of digits by their number, all else by its bytes.
  var naturalKey: @Sendable (_ text: String) -> String

  // MARK: Numbers and dates

  /// The result of exact arithmetic, which some databases have to be told the type of.
  var exact: @Sendable (_ value: String, _ kind: SQLKind) -> String
  /// One whole number divided by another, without the fraction.
  var quotient: @Sendable (String, String) -> String
  /// A number with a fraction rounded by its decimal digits, halves away from zero, to an exact one.
  var rounded: @Sendable (_ value: String, _ places: Int) -> String
  /// The same to places that each row has for itself, 0 to 17, as a number with a fraction.
  var roundedByRow: @Sendable (_ value: String, _ places: String) -> String
  /// The year, month and day of a date, as whole numbers.
  var datePart: @Sendable (_ part: DatePart, _ date: String) -> String
  /// The date of a year, a month and a day 1.
  var firstOfMonth: @Sendable (_ year: String, _ month: String) -> String
  /// A date so many days later.
  var dateAfter: @Sendable (_ date: String, _ days: String) -> String
  /// Days from one date to another.
  var days: @Sendable (_ from: String, _ to: String) -> String

  // MARK: Groups

  /// Only the rows for which a condition holds, behind an aggregate.
  var filter: @Sendable (String) -> String
  /// A sum that cannot be too large.
  var sum: @Sendable (_ value: String, _ kind: SQLKind) -> String
  /// A percentile between two values, of the numbers of a group.
  var percentile: @Sendable (_ fraction: String, _ value: String) -> String
  /// The text of a group that comes first, or last, by some keys; a filter stands behind it.
  var extremeText:
    @Sendable (_ isFirst: Bool, _ value: String, _ keys: [String], _ filter: String) -> String
  /// One of 64 parts into which chance puts a value.
  var part: @Sendable (_ value: String) -> String
  /// A number that no other row of a table has.
  var rowNumber: String

  enum DatePart: String { case year, month, day }
}
