import WidenLanguage

/// Reads the cells of a text column as a field declares them: each different text once.
struct FieldReader {
  let field: FieldDescription

  /// The column with the declared type.
  func column(_ column: Column) throws(CellProblem) -> Column {
    guard case .coded(let coded) = column else { return column }
    switch field.kind {
    case .string, .time, .datetime, .duration, .object, .array, .list, .geopoint, .geojson:
      return strings(coded)
    case .integer: return .integers(try cells(coded, "is no whole number") { Int($0) })
    case .year: return .integers(try cells(coded, "is no year", FieldReader.year))
    case .number: return FieldReader.decimals(try cells(coded, "is no number", DecimalCell.init))
    case .boolean:
      return .booleans(try cells(coded, "is neither of its two values", boolean))
    case .date: return .dates(try cells(coded, "is no date as declared", date))
    case .yearmonth:
      return .months(try cells(coded, "is no month such as 2014-09", FieldReader.month))
    case .any: return found(coded)
    }
  }

  /// Numbers of a column that was read as whole ones.
  static func decimals(_ column: Column) -> Column {
    let values = (0..<column.count).map { row -> DecimalCell? in
      switch column[row] {
      case .integer(let number): DecimalCell(whole: number)
      case .missing, .boolean, .decimal, .text, .date, .month, .period: nil
      }
    }
    return decimals(values)
  }

  /// Exact decimals where four places hold them all, else 64 bits each.
  private static func decimals(_ cells: [DecimalCell?]) -> Column {
    let places = max(1, cells.reduce(0) { max($0, $1?.places ?? 0) })
    guard places <= 4 else { return .decimals(cells.map { $0?.number }) }
    var units: [Int?] = []
    units.reserveCapacity(cells.count)
    for cell in cells {
      guard let cell else {
        units.append(nil)
        continue
      }
      guard let own = cell.units(places: places) else { return .decimals(cells.map { $0?.number }) }
      units.append(own)
    }
    return .scaled(units, places: places)
  }

  /// The type that all texts have, as the loader finds types: nothing is lost in reading them.
  private func found(_ coded: CodedColumn) -> Column {
    guard coded.cardinality > 1 else { return strings(coded) }
    let whole = { (text: String) in Int(text).flatMap { String($0) == text ? $0 : nil } }
    if let numbers = try? cells(coded, "", whole) { return .integers(numbers) }
    let plain = { (text: String) in
      text.first == "0" && text.count > 1 && !text.hasPrefix("0.") ? nil : DecimalCell(text)
    }
    if let numbers = try? cells(coded, "", plain) { return FieldReader.decimals(numbers) }
    if let days = try? cells(coded, "", date) { return .dates(days) }
    if let months = try? cells(coded, "", FieldReader.month) { return .months(months) }
    if let flags = try? cells(coded, "", boolean) { return .booleans(flags) }
    return strings(coded)
  }

  /// What `parse` makes of each row; nil for missing values.
  private func cells<Parsed>(
    _ coded: CodedColumn, _ complaint: String, _ parse: (String) -> Parsed?
  ) throws(CellProblem) -> [Parsed?] {
    var parsed = [Parsed?](repeating: nil, count: max(1, coded.cardinality))
    var isWrong = [Bool](repeating: false, count: parsed.count)
    for code in parsed.indices.dropFirst() {
      guard case .text(let text) = coded.domain.value(of: code), !field.missing.contains(text)
      else {
        continue
      }
      parsed[code] = parse(text)
      isWrong[code] = parsed[code] == nil
    }
    var result: [Parsed?] = []
    result.reserveCapacity(coded.codes.count)
    for row in 0..<coded.codes.count {
      let code = coded.codes[row]
      if isWrong[code] { throw problem(row, coded.domain.value(of: code), complaint) }
      result.append(parsed[code])
    }
    return result
  }

  private func problem(_ row: Int, _ value: Value, _ complaint: String) -> CellProblem {
    var text = ""
    if case .text(let own) = value { text = own }
    return CellProblem(
      row: row, message: "\(shown(text)) in column \(shown(field.name)) \(complaint)",
      hint: "correct the cell, list \(shown(text)) in missingValues, or declare another type at "
        + field.place.description)
  }

  private func boolean(_ text: String) -> Bool? {
    field.yes.contains(text) ? true : field.no.contains(text) ? false : nil
  }

  private func date(_ text: String) -> Day? {
    if let pattern = field.datePattern { return pattern.day(text) }
    return text.utf8.count == 10 ? DateDirectives.plain?.day(text) : nil
  }

  private static func month(_ text: String) -> Month? {
    guard text.utf8.count == 7, let day = DateDirectives.plain?.day(text + "-01") else {
      return nil
    }
    return Month(of: day)
  }

  private static func year(_ text: String) -> Int? {
    Int(text).flatMap { (0...9999).contains($0) ? $0 : nil }
  }
}

extension FieldReader {
  /// Text, in the order of its categories, without what stands for a missing value.
  private func strings(_ coded: CodedColumn) -> Column {
    guard field.categories != nil || holdsOwnMissing(coded) else { return .coded(coded) }
    var values = field.categories ?? []
    var codes: [String: UInt32] = [:]
    for value in values { codes[value] = UInt32(codes.count + 1) }
    var table = [UInt32](repeating: 0, count: max(1, coded.cardinality))
    var hasMissing = coded.hasMissing
    // What is outside of the categories stands after them, in the order in which text is shown.
    for code in table.indices.dropFirst() {
      guard case .text(let text) = coded.domain.value(of: code) else { continue }
      if field.missing.contains(text) {
        hasMissing = true
      } else if let known = codes[text] {
        table[code] = known
      } else {
        values.append(text)
        codes[text] = UInt32(values.count)
        table[code] = UInt32(values.count)
      }
    }
    let rows = coded.codes
    return .coded(
      CodedColumn(
        codes: Codes(count: rows.count, cardinality: values.count + 1) { Int(table[rows[$0]]) },
        domain: .text(TextDictionary(values)), cardinality: values.count + 1,
        hasMissing: hasMissing, isUnique: coded.isUnique && !hasMissing))
  }

  private func holdsOwnMissing(_ coded: CodedColumn) -> Bool {
    guard !field.missing.isEmpty else { return false }
    return (1..<max(1, coded.cardinality)).contains { code in
      if case .text(let text) = coded.domain.value(of: code) {
        field.missing.contains(text)
      } else {
        false
      }
    }
  }
}

extension DateDirectives {
  /// How dates are written unless something else is said.
  static let plain = DateDirectives("%Y-%m-%d")
}
