internal import WidenLanguage

/// How a database writes what all of them can do.
///
/// Everything that differs between databases is here, and nothing else knows which one is asked.
struct Dialect: Sendable {
  /// What it is called in messages.
  var name: String
  /// What its types are called.
  var type: @Sendable (SQLKind) -> String
  /// A name in quotes, whatever is in it.
  var quoted: @Sendable (String) -> String
  /// The n-th value that is sent beside the query.
  var parameter: @Sendable (Int, String) -> String
  /// An array type of a type.
  var array: @Sendable (String) -> String
  /// Text that is compared by its bytes.
  var byBytes: @Sendable (String) -> String
  /// An expression as another type.
  var cast: @Sendable (String, String) -> String
  /// Whether a value is one of an array's.
  var isAny: @Sendable (String, String) -> String
  /// The position of a value in an array, from 1; null when it is not there.
  var position: @Sendable (String, String) -> String
  /// Only the rows for which a condition holds, behind an aggregate.
  var filter: @Sendable (String) -> String
  /// A percentile between two values, of the numbers of a group.
  var percentile: @Sendable (_ fraction: String, _ value: String) -> String
  /// The year, month and day of a date, as whole numbers.
  var datePart: @Sendable (_ part: DatePart, _ date: String) -> String
  /// The date of a year, a month and a day 1.
  var firstOfMonth: @Sendable (_ year: String, _ month: String) -> String
  /// A date so many days later.
  var dateAfter: @Sendable (_ date: String, _ days: String) -> String
  /// Days from one date to another.
  var days: @Sendable (_ from: String, _ to: String) -> String
  /// A number with a fraction rounded by its decimal digits, halves away from zero.
  var roundedReal: @Sendable (_ value: String, _ places: String) -> String
  /// Text in small letters, and in capitals, whatever the alphabet.
  var changedCase: @Sendable (_ function: String, _ text: String) -> String
  /// The key by which text is ordered: runs of digits by their number, all else by its bytes.
  var naturalKey: @Sendable (_ text: String) -> String
  /// One of 64 parts into which chance puts a value.
  var part: @Sendable (_ value: String) -> String
  /// Rows of arrays side by side, under an alias with these columns.
  var unnest: @Sendable (_ arrays: [String], _ alias: String, _ columns: [String]) -> String

  enum DatePart: String { case year, month, day }
}

extension Dialect {
  /// PostgreSQL, from version 11.
  static let postgreSQL = Dialect(
    name: "PostgreSQL",
    type: { kind in
      switch kind {
      case .text: "text"
      case .integer, .month, .period: "bigint"
      case .exact: "numeric"
      case .real: "float8"
      case .boolean: "boolean"
      case .date: "date"
      }
    },
    quoted: { "\"" + $0.replacing("\"", with: "\"\"") + "\"" },
    parameter: { "$\($0)::\($1)" },
    array: { "\($0)[]" },
    byBytes: { "\($0) collate \"C\"" },
    cast: { "\($0)::\($1)" },
    isAny: { "\($0) = any(\($1))" },
    position: { "array_position(\($1), \($0))::bigint" },
    filter: { " filter (where \($0))" },
    percentile: { "percentile_cont(\($0)) within group (order by \($1))" },
    datePart: { "extract(\($0.rawValue) from \($1))::bigint" },
    firstOfMonth: { "make_date((\($0))::int, (\($1))::int, 1)" },
    dateAfter: { "(\($0) + (\($1))::int)" },
    days: { "(\($1) - \($0))::bigint" },
    roundedReal: { "round(\($0)::text::numeric, \($1))" },
    changedCase: { "\($0)(\($1) collate \"und-x-icu\") collate \"C\"" },
    naturalKey: { text in
      """
      case when \(text) is not null then coalesce((select string_agg(case when m[1] ~ '^[0-9]' \
      then '0' || lpad(length(ltrim(m[1], '0'))::text, 6, '0') || ltrim(m[1], '0') \
      else m[1] end, '' order by n) from regexp_matches(\(text), '[0-9]+|[^0-9]+', 'g') \
      with ordinality as t(m, n)), '') collate "C" end
      """
    },
    part: { "(hashtextextended(\($0)::text, 0) & 63)" },
    unnest: { arrays, alias, columns in
      "unnest(\(arrays.joined(separator: ", "))) as \(alias)(\(columns.joined(separator: ", ")))"
    })
}
