public import WidenLanguage

extension Column {
  /// Text values in the order of `categories`, or in natural order when they are not given.
  ///
  /// Values outside the categories are added after them.
  public static func text(_ values: [String?], categories: [String]? = nil) -> Column {
    var codes: [String: Int] = [:]
    var dictionary: [String] = []
    func add(_ value: String) {
      guard codes[value] == nil else { return }
      dictionary.append(value)
      codes[value] = dictionary.count
    }
    for category in categories ?? [] { add(category) }
    let others = Set(values.lazy.compactMap { $0 }.filter { codes[$0] == nil })
    for other in others.sorted(by: isShownBefore) { add(other) }
    return .coded(
      CodedColumn(
        codes: Codes(count: values.count, cardinality: dictionary.count + 1) {
          values[$0].flatMap { codes[$0] } ?? 0
        }, domain: .text(TextDictionary(dictionary)), cardinality: dictionary.count + 1,
        hasMissing: values.contains { $0 == nil }))
  }

  /// Whole numbers: codes when their range allows, else 64 bits each.
  public static func integers(_ values: [Int?]) -> Column {
    coded(values) { .integer(minimum: $0) } ?? wide(values)
  }

  /// Days since 1 January 1970.
  public static func dates(_ values: [Day?]) -> Column {
    let numbers = values.map { $0?.number }
    return coded(numbers) { .date(minimum: $0) } ?? wide(numbers)
  }

  /// Months.
  public static func months(_ values: [Month?]) -> Column {
    let numbers = values.map { $0?.number }
    return coded(numbers) { .month(minimum: $0) } ?? wide(numbers)
  }

  /// Periods of one kind.
  public static func periods(_ values: [Period?], kind: Period.Kind) -> Column {
    let numbers = values.map { $0?.number }
    return coded(numbers) { .period(kind, minimum: $0) } ?? wide(numbers)
  }

  /// `yes` and `no`.
  public static func booleans(_ values: [Bool?]) -> Column {
    .coded(
      CodedColumn(
        codes: Codes(count: values.count, cardinality: 3) { row in
          values[row].map { $0 ? 2 : 1 } ?? 0
        }, domain: .boolean, cardinality: 3, hasMissing: values.contains { $0 == nil }))
  }

  /// Numbers with a fraction, as computed: 64 bits each.
  ///
  /// NaN and infinities become missing.
  public static func decimals(_ values: [Double?]) -> Column {
    let isPresent = values.map { $0?.isFinite ?? false }
    return .decimals(
      Buffer(zip(values, isPresent).map { $1 ? $0 ?? 0 : 0 }),
      validity: isPresent.contains(false) ? Bitmap(isPresent) : nil)
  }

  /// Numbers with a fraction, of which NaN and infinities are missing.
  static func decimals(_ values: UnsafeMutableBufferPointer<Double>) -> Column {
    var numbers = Buffer<Double>([])
    var missing = 0
    let validity = Bitmap(count: values.count) { words in
      words.update(repeating: 0)
      numbers = Buffer(writing: values.count) { target in
        for row in 0..<values.count {
          let isPresent = values[row].isFinite
          target[row] = isPresent ? values[row] : 0
          words[row &>> 6] |= (isPresent ? 1 : 0) &<< UInt64(row & 63)
          missing &+= isPresent ? 0 : 1
        }
      }
    }
    return .decimals(numbers, validity: missing == 0 ? nil : validity)
  }

  /// Exact decimals given in units of 10 to the power of `-places`, 1 to 4 places.
  public static func scaled(_ units: [Int?], places: Int) -> Column {
    coded(units) { .decimal(minimum: $0, places: places) }
      ?? decimals(units.map { $0.map { Double($0) / Domain.powers[places] } })
  }

  /// Identifiers of a prefix and a fixed number of digits.
  public static func identifiers(
    prefix: String, digits: Int, _ numbers: [Int?], isUnique: Bool = false
  ) -> Column {
    guard
      case .coded(var column) = coded(
        numbers, { .identifier(prefix: prefix, digits: digits, minimum: $0) })
    else {
      return text(numbers.map { $0.map { "\(prefix)\(padded($0, digits))" } })
    }
    column.isUnique = isUnique && !column.hasMissing
    return .coded(column)
  }

  /// The values of any type, one by one; for small tables and results.
  public static func values(_ values: [Value], type: ValueType, categories: [String]? = nil)
    -> Column
  {
    switch type {
    case .text, .category:
      return text(
        values.map { if case .text(let text) = $0 { text } else { nil } }, categories: categories)
    case .integer:
      return integers(values.map { if case .integer(let number) = $0 { number } else { nil } })
    case .decimal:
      return decimals(
        values.map {
          switch $0 {
          case .decimal(let number): number
          case .integer(let number): Double(number)
          case .missing, .boolean, .text, .date, .month, .period: nil
          }
        })
    case .boolean:
      return booleans(values.map { if case .boolean(let flag) = $0 { flag } else { nil } })
    case .date: return dates(values.map { if case .date(let day) = $0 { day } else { nil } })
    case .month: return months(values.map { if case .month(let month) = $0 { month } else { nil } })
    case .period:
      let found = values.map { if case .period(let period) = $0 { period } else { nil as Period? } }
      return periods(found, kind: found.lazy.compactMap { $0?.kind }.first ?? .financialYear)
    }
  }

  private static func coded(_ values: [Int?], _ domain: (Int) -> Domain) -> Column? {
    let present = values.lazy.compactMap { $0 }
    guard let least = present.min(), let most = present.max() else {
      return .coded(
        CodedColumn(
          codes: Codes(count: values.count, cardinality: 1) { _ in 0 }, domain: domain(0),
          cardinality: 1, hasMissing: !values.isEmpty))
    }
    let (width, overflow) = most.subtractingReportingOverflow(least)
    guard !overflow, width < Int(UInt32.max) - 1 else { return nil }
    return .coded(
      CodedColumn(
        codes: Codes(count: values.count, cardinality: width + 2) { row in
          values[row].map { $0 - least + 1 } ?? 0
        }, domain: domain(least), cardinality: width + 2,
        hasMissing: values.contains { $0 == nil }))
  }

  private static func wide(_ values: [Int?]) -> Column {
    let isPresent = values.map { $0 != nil }
    return .integers(
      Buffer(values.map { $0 ?? 0 }), validity: isPresent.contains(false) ? Bitmap(isPresent) : nil)
  }
}

private func padded(_ number: Int, _ width: Int) -> String {
  let text = String(number)
  return String(repeating: "0", count: max(0, width - text.count)) + text
}
