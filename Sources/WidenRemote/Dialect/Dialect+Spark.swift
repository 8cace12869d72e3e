internal import WidenLanguage

extension Dialect {
  /// Spark, from version 3.5, in ANSI mode.
  static let spark = Dialect(
    name: "Spark",
    type: { kind in
      switch kind {
      case .text: "string"
      case .integer, .month, .period: "bigint"
      case .exact(let places): exactType(places)
      case .real: "double"
      case .boolean: "boolean"
      case .date: "date"
      }
    },
    limitType: "int",
    quoted: { "`" + $0.replacing("`", with: "``") + "`" },
    parameterName: { ":p\($0)" },
    parameter: { "cast(:p\($0) as \($1))" },
    arrayParameter: { number, type in
      // Values are read as text first, so that all are written alike.
      let texts = "from_json(:p\(number), 'array<string>')"
      return type == "string" ? texts : "cast(\(texts) as array<\(type)>)"
    },
    arrayText: jsonArray,
    unnest: { arrays, alias, columns in
      "inline(arrays_zip(\(arrays.joined(separator: ", "))))"
        + " as \(alias)(\(columns.joined(separator: ", ")))"
    },
    isAny: { "array_contains(\($1), \($0))" },
    position: { "nullif(array_position(\($1), \($0)), 0)" },
    stored: storedInSpark,
    cast: { "cast(\($0) as \($1))" },
    read: { "try_cast(\($0) as \($1))" },
    // The end of a text is also before its last line break, if nothing is said about what follows.
    matches: { "\($0) rlike '(?s)^\($1)$(?!.)'" },
    byBytes: { $0 },
    row: { "struct(\($0.joined(separator: ", ")))" },
    changedCase: { "\($0)(\($1))" },
    naturalKey: { text in
      """
      array_join(transform(regexp_extract_all(\(text), '([0-9]+|[^0-9]+)', 1), \
      m -> case when m rlike '^[0-9]' then concat('0', lpad(cast(length(ltrim('0', m)) as string), \
      6, '0'), ltrim('0', m)) else m end), '')
      """
    },
    exact: { value, kind in
      // Products have more digits than can be compared without losing places.
      if case .exact(let places) = kind { "cast(\(value) as \(exactType(places)))" } else { value }
    },
    quotient: { "(\($0) div \($1))" },
    rounded: { "cast(\($0) as \(exactType($1)))" },
    roundedByRow: { value, places in
      let all = (0...17).map { "round(\(value), \($0))" }
      return "element_at(array(\(all.joined(separator: ", "))), cast(\(places) as int) + 1)"
    },
    datePart: { "cast(extract(\($0.rawValue) from \($1)) as bigint)" },
    firstOfMonth: { "make_date(cast(\($0) as int), cast(\($1) as int), 1)" },
    dateAfter: { "date_add(\($0), cast(\($1) as int))" },
    days: { "cast(datediff(\($1), \($0)) as bigint)" },
    filter: { " filter (where \($0))" },
    sum: { value, kind in
      // Sums of 64 bits would stop at their limits.
      kind == .integer ? "sum(cast(\(value) as decimal(20, 0)))" : "sum(\(value))"
    },
    percentile: { "percentile(\($1), \($0))" },
    extremeText: { isFirst, value, keys, filter in
      "\(isFirst ? "min_by" : "max_by")(\(value), struct(\(keys.joined(separator: ", "))))\(filter)"
    },
    part: { "(xxhash64(cast(\($0) as string)) & 63)" },
    rowNumber: "monotonically_increasing_id()")
}

/// Few enough digits that numbers with different places, up to 4, can be compared: Spark has 38 digits
/// for both together.
private func exactType(_ places: Int) -> String { "decimal(\(26 + places), \(places))" }

/// An array as JSON.
@Sendable private func jsonArray(_ values: [String?]) -> String {
  let digits = Array("0123456789abcdef".unicodeScalars)
  let cells = values.map { value in
    guard let value else { return "null" }
    var text = "\""
    for character in value.unicodeScalars {
      if character.value < 32 {
        text += "\\u00"
        text.unicodeScalars.append(digits[Int(character.value >> 4)])
        text.unicodeScalars.append(digits[Int(character.value & 15)])
        continue
      }
      if character == "\"" || character == "\\" { text += "\\" }
      text.unicodeScalars.append(character)
    }
    return text + "\""
  }
  return "[" + cells.joined(separator: ",") + "]"
}

@Sendable private func storedInSpark(_ type: ServerType, _ own: String) -> String {
  func finite(_ number: String) -> String {
    // NaN is larger than everything else.
    "(case when abs(\(number)) < cast('Infinity' as double) then \(number) end)"
  }
  switch type {
  case .text(.plain), .integer(isLong: true), .boolean, .exact, .date: return own
  case .text(.padded): return "rtrim(\(own))"
  case .text(.converted): return "(\(own) collate UTF8_BINARY)"
  case .text(.unknown): return "cast(\(own) as string)"
  case .integer(isLong: false): return "cast(\(own) as bigint)"
  case .number: return "cast(\(own) as double)"
  case .real(let isSingle):
    return finite(isSingle ? "cast(cast(\(own) as string) as double)" : own)
  case .time: return "cast(\(own) as date)"
  }
}
