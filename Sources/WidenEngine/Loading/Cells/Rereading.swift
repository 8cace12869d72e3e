import WidenLanguage

/// What a text column turned out to hold.
enum Rereading {
  /// Text.
  case text
  /// Numbers, months, years or dates.
  case values(RereadColumn)
  /// What was declared of the column does not fit a value: its first row, and what it should be.
  case unreadable(row: Int, expected: String, hint: String)
}

/// A text column that was read as something else.
struct RereadColumn {
  var data: Column
  /// How many cells were read as missing, by what stood in them.
  var missing: [ValueCount]
  /// What was decided, as a sentence.
  var decision: String
}

/// A text column and what may be made of it; only its different values are looked at.
struct TextCells {
  let codes: Codes
  let dictionary: TextDictionary
  let wishes: CellWishes

  /// Reads the column as was declared, or as all its values show.
  func reread(column: Int) -> Rereading {
    switch wishes.meanings[column] {
    case .text: return .text
    case .month:
      return declared("a month", "2017-SEP, Sep-17, 201709 and 2017-09 are months", "months") {
        MonthText.compact($0) ?? MonthText.month($0, isDeclared: true)
      } domain: {
        .month(minimum: $0)
      }
    case .financialYear: return years(.financialYear, "financial years")
    case .academicYear: return years(.academicYear, "academic years")
    case nil: break
    }
    if !wishes.codeColumns.contains(column), let numbers = numbers() { return .values(numbers) }
    if let months = undeclared("months", { MonthText.month($0, isDeclared: false) }) {
      return .values(months)
    }
    guard let dates = wishes.dates else { return .text }
    return days(dates)
  }

  private func years(_ kind: Period.Kind, _ what: String) -> Rereading {
    declared(
      "a year such as 2009/10", "2009/10, 2009-10, 2009/2010 and 200910 are years", what,
      { YearText.start($0, kind) }, domain: { .period(kind, minimum: $0) })
  }

  /// Every value is what was declared, or shorthand for a missing one.
  private func declared(
    _ expected: String, _ hint: String, _ what: String, _ read: (String) -> Int?,
    domain: (Int) -> Domain
  ) -> Rereading {
    var numbers: [Int?] = []
    var example: String?
    for index in 0..<dictionary.count {
      let text = dictionary[index]
      let number = read(text)
      if number == nil, !isShorthand(index) {
        return .unreadable(row: firstRow(not: read), expected: expected, hint: hint)
      }
      if number != nil, example == nil { example = text }
      numbers.append(number)
    }
    guard let data = codedColumn(codes, numbers, domain) else { return .text }
    let decision = example.map { "values such as \(shown($0)) were read as \(what)" }
    return .values(
      RereadColumn(
        data: data, missing: missing { numbers[$0] == nil },
        decision: decision ?? "it has no values"))
  }

  /// The first row with a value that cannot be read.
  private func firstRow(not read: (String) -> Int?) -> Int {
    let isWrong =
      [false]
      + (0..<dictionary.count).map {
        read(dictionary[$0]) == nil && !isShorthand($0)
      }
    return (0..<codes.count).first { isWrong[codes[$0]] } ?? 0
  }

  private func undeclared(_ what: String, _ read: (String) -> Int?) -> RereadColumn? {
    // Most columns are told by their first value.
    guard let first = (0..<dictionary.count).first(where: { !isShorthand($0) }),
      read(dictionary[first]) != nil,
      case .values(let column) = declared("", "", what, read, domain: { .month(minimum: $0) })
    else { return nil }
    return column
  }

  private func days(_ pattern: DateForm) -> Rereading {
    let isRead = { pattern.day($0)?.number }
    guard let first = (0..<dictionary.count).first(where: { isRead(dictionary[$0]) != nil }) else {
      return .text
    }
    let reading = declared(
      "a date written \(pattern.text)",
      "'with text = \"COLUMN\"' keeps a column as it is", "dates", isRead,
      domain: { .date(minimum: $0) })
    // A column of words in which one happens to look like a date is no column of dates.
    if case .unreadable = reading {
      let read = (first..<dictionary.count).count { isRead(dictionary[$0]) != nil }
      if read * 2 < dictionary.count { return .text }
    }
    return reading
  }

  func isShorthand(_ index: Int) -> Bool {
    let bytes = dictionary.bytes(index)
    guard let start = bytes.baseAddress else { return false }
    return Shorthand.index(Cell(start: start, count: bytes.count)) != nil
  }

  /// How many rows hold each value that was read as missing, after the empty ones.
  func missing(_ isMissing: (Int) -> Bool) -> [ValueCount] {
    let rows = rowCounts()
    let order = (0..<dictionary.count).filter(isMissing).map { index in
      (Shorthand.all.firstIndex(of: dictionary[index]) ?? 0, index)
    }
    let found = order.sorted { $0 < $1 }.map {
      ValueCount(value: dictionary[$0.1], rows: rows[$0.1 + 1])
    }
    return ([ValueCount(value: "", rows: rows[0])] + found).filter { $0.rows > 0 }
  }

  /// How many rows have each code.
  func rowCounts() -> [Int] {
    var rows = [Int](repeating: 0, count: dictionary.count + 1)
    for row in 0..<codes.count { rows[codes[row]] += 1 }
    return rows
  }
}

/// Numbers for the codes of a text column, in the same rows; nil when their range is too wide.
func codedColumn(_ codes: Codes, _ numbers: [Int?], _ domain: (Int) -> Domain) -> Column? {
  let least = numbers.lazy.compactMap { $0 }.min() ?? 0
  let most = numbers.lazy.compactMap { $0 }.max() ?? -1
  let (width, overflow) = most.subtractingReportingOverflow(least)
  guard !overflow, width < Int(UInt32.max) - 1 else { return nil }
  let table = [0] + numbers.map { $0.map { $0 - least + 1 } ?? 0 }
  var hasMissing = false
  let made = Codes(count: codes.count, cardinality: width + 2) { row in
    let code = table[codes[row]]
    if code == 0 { hasMissing = true }
    return code
  }
  var column = CodedColumn(
    codes: made, domain: domain(least), cardinality: width + 2, hasMissing: hasMissing)
  column.isUnique = isUnique(column)
  return .coded(column)
}
