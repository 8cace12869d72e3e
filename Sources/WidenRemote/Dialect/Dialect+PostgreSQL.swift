internal import WidenLanguage

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
    limitType: "bigint",
    quoted: { "\"" + $0.replacing("\"", with: "\"\"") + "\"" },
    parameterName: { "$\($0)" },
    parameter: { "$\($0)::\($1)" },
    arrayParameter: { "$\($0)::\($1)[]" },
    arrayText: bracedArray,
    unnest: { arrays, alias, columns in
      "unnest(\(arrays.joined(separator: ", "))) as \(alias)(\(columns.joined(separator: ", ")))"
    },
    isAny: { "\($0) = any(\($1))" },
    position: { "array_position(\($1), \($0))::bigint" },
    stored: storedInPostgreSQL,
    cast: { "\($0)::\($1)" },
    read: { "\($0)::\($1)" },
    matches: { "\($0) ~ '^\($1)$'" },
    byBytes: { "\($0) collate \"C\"" },
    row: { "row(\($0.joined(separator: ", ")))" },
    changedCase: { "\($0)(\($1) collate \"und-x-icu\") collate \"C\"" },
    naturalKey: { text in
      """
      case when \(text) is not null then coalesce((select string_agg(case when m[1] ~ '^[0-9]' \
      then '0' || lpad(length(ltrim(m[1], '0'))::text, 6, '0') || ltrim(m[1], '0') \
      else m[1] end, '' order by n) from regexp_matches(\(text), '[0-9]+|[^0-9]+', 'g') \
      with ordinality as t(m, n)), '') collate "C" end
      """
    },
    exact: { value, _ in value },
    quotient: { "(\($0) / \($1))" },
    rounded: { "round(\($0)::text::numeric, \($1))" },
    roundedByRow: { "round(\($0)::text::numeric, (\($1))::int)::float8" },
    datePart: { "extract(\($0.rawValue) from \($1))::bigint" },
    firstOfMonth: { "make_date((\($0))::int, (\($1))::int, 1)" },
    dateAfter: { "(\($0) + (\($1))::int)" },
    days: { "(\($1) - \($0))::bigint" },
    filter: { " filter (where \($0))" },
    sum: { value, _ in "sum(\(value))" },
    percentile: { "percentile_cont(\($0)) within group (order by \($1))" },
    extremeText: { isFirst, value, keys, filter in
      let order = keys.map { "\($0)\(isFirst ? "" : " desc") nulls last" }
      return "(array_agg(\(value) order by \(order.joined(separator: ", ")))\(filter))[1]"
    },
    part: { "(hashtextextended(\($0)::text, 0) & 63)" },
    rowNumber: "row_number() over ()")
}

/// An array as PostgreSQL reads it: every value in quotes, nothing in them means anything.
@Sendable private func bracedArray(_ values: [String?]) -> String {
  let cells = values.map { value in
    guard let value else { return "NULL" }
    var text = "\""
    for character in value.unicodeScalars {
      if character == "\"" || character == "\\" { text += "\\" }
      text.unicodeScalars.append(character)
    }
    return text + "\""
  }
  return "{" + cells.joined(separator: ",") + "}"
}

@Sendable private func storedInPostgreSQL(_ type: ServerType, _ own: String) -> String {
  func finite(_ number: String) -> String {
    "nullif(nullif(nullif(\(number), 'NaN'), 'Infinity'), '-Infinity')"
  }
  switch type {
  case .text(.plain), .integer(isLong: true), .boolean: return own
  case .text(.padded), .text(.converted), .text(.unknown): return "(\(own)::text)"
  case .integer(isLong: false): return "\(own)::bigint"
  case .exact: return "nullif(\(own), 'NaN')"
  case .number: return finite("\(own)::float8")
  case .real(let isSingle): return finite(isSingle ? "\(own)::text::float8" : own)
  case .date: return "(case when isfinite(\(own)) then \(own) end)"
  case .time(let hasZone):
    let day = hasZone ? "(\(own) at time zone 'UTC')::date" : "\(own)::date"
    return "(case when isfinite(\(own)) then \(day) end)"
  }
}
