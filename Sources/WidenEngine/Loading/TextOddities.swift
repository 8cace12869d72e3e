/// What text looks like to somebody who expected numbers or dates.
private enum Look: Hashable {
  case value(CellKind)
  case leadingZeros
  case exponent
  case thousands
  case tooLarge
  /// Made of digits and signs, but none of the above.
  case numeric
  case slashedDate
  /// A day and a month, as spreadsheets make of codes such as 1-9.
  case dayMonth
  case spreadsheetError
  case words
}

/// Sentences about a text column that may have been meant as numbers or dates, or that a spreadsheet
/// has changed; `mustStop`, which is asked now and then, may say that nobody waits for them.
func textOddities(_ text: CellIndex, _ mustStop: () -> Bool) -> [Oddity] {
  var counts: [Look: Int] = [:]
  var first: [Look: Int] = [:]
  func note(_ look: Look, _ index: Int, count: Int = 1) {
    counts[look, default: 0] += count
    if let known = first[look], text.place(known) <= text.place(index) { return }
    first[look] = index
  }
  // Most values of most columns are plain words, which are not worth a look into a table each.
  var words = (count: 0, first: 0)
  for index in 0..<text.count {
    if index & 0xFFFF == 0, mustStop() { break }
    guard Look.isPlainly(words: text.bytes(index)) else {
      note(Look(text, index), index)
      continue
    }
    if words.count == 0 || text.place(index) < text.place(words.first) { words.first = index }
    words.count += 1
  }
  if words.count > 0 { note(.words, words.first, count: words.count) }
  func example(_ look: Look) -> (value: String, place: Int)? {
    first[look].map {
      (shown(String(decoding: text.bytes($0), as: UTF8.self)), text.place($0))
    }
  }
  var oddities: [Oddity] = []
  if let (value, place) = example(.spreadsheetError) {
    oddities.append(Oddity(start: "holds spreadsheet errors such as \(value)", place: place))
  }
  if let (value, place) = example(.dayMonth) {
    oddities.append(
      Oddity(
        start: "holds \(value)", place: place,
        end: ", which a spreadsheet may have made of something else"))
  }
  let numberLike = counts.reduce(0) { $0 + ($1.key.isNumberLike ? $1.value : 0) }
  let certain = counts.reduce(0) { $0 + ($1.key.isCertain ? $1.value : 0) }
  guard certain > 0, numberLike * 2 >= text.count else { return oddities }
  // The earliest value that is not what most others are decides what to say. Only places in the file
  // break ties, since the order of the values depends on which thread met them.
  func place(_ look: Look) -> Int { first[look].map { text.place($0) } ?? .max }
  let most = counts.filter { if case .value = $0.key { true } else { false } }
    .max { ($0.value, place($1.key)) < ($1.value, place($0.key)) }?.key
  let others = first.filter { $0.key != most || counts.count == 1 }
  let culprit = others.min { text.place($0.value) < text.place($1.value) }?.key
  if let culprit, let (value, place) = example(culprit) {
    oddities.append(
      Oddity(
        start: "kept as text because \(value)", place: place, end: culprit.reason(most),
        isRoutine: culprit.isRoutine && (text.count < 10 || certain * 10 < text.count * 9)))
  }
  return oddities
}

extension Look {
  /// Whether the first byte and the length show that a value is nothing but words.
  ///
  /// Numbers, dates and what is like them start with a digit or a sign; of what starts otherwise, a
  /// period such as FY2014/15 has 9 bytes, and Sep-01 has 5 or 6.
  static func isPlainly(words bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = bytes.first, !isDigit(first) else { return false }
    switch first {
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "#"): return false
    default: return bytes.count != 9 && bytes.count != 5 && bytes.count != 6
    }
  }

  init(_ text: CellIndex, _ index: Int) {
    let bytes = text.bytes(index)
    // Cells may be read past their ends, so that a value is looked at in a copy with room around it.
    self = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: min(bytes.count, 64) + 32) {
      room in
      guard bytes.count <= 64, let base = room.baseAddress, let from = bytes.baseAddress else {
        return .words
      }
      room.initialize(repeating: 0)
      (base + 16).update(from: from, count: bytes.count)
      return Look(Cell(start: UnsafePointer(base + 16), count: bytes.count))
    }
  }

  private init(_ cell: Cell) {
    switch CellKind(cell) {
    case .number: self = .value(.number)
    case .date: self = .value(.date)
    case .month: self = .value(.month)
    case .period(let kind): self = .value(.period(kind))
    case .blank, .identifier, .text: self = Look(cell.bytes)
    }
  }

  private init(_ bytes: UnsafeBufferPointer<UInt8>) {
    let unsigned = bytes.first == UInt8(ascii: "-") ? bytes.dropFirst() : bytes[...]
    let text = String(decoding: bytes, as: UTF8.self)
    let isDigits = !unsigned.isEmpty && unsigned.allSatisfy(isDigit)
    if isDigits {
      self = unsigned.first == 48 ? .leadingZeros : .tooLarge
    } else if Look.errors.contains(text) {
      self = .spreadsheetError
    } else if Look.isDayMonth(text) {
      self = .dayMonth
    } else if text.wholeMatch(ofDigitsSeparatedBy: "/", lengths: [1...2, 1...2, 4...4]) {
      self = .slashedDate
    } else if let first = unsigned.first, isDigit(first) || Look.starts.contains(first),
      unsigned.contains(where: isDigit),
      unsigned.allSatisfy({ isDigit($0) || Look.signs.contains($0) })
    {
      let hasExponent = unsigned.contains { $0 | 0x20 == UInt8(ascii: "e") }
      let hasComma = unsigned.contains(UInt8(ascii: ","))
      self = hasExponent ? .exponent : hasComma ? .thousands : .numeric
    } else {
      self = .words
    }
  }

  private static let starts = Set("+-.".utf8)
  private static let signs = Set("+-.,_%:/eEx ".utf8)
  private static let errors: Set = [
    "#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "########",
  ]

  /// `1-Sep` or `Sep-01`.
  private static func isDayMonth(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return false }
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let isNumber = { (part: Substring) in
      (1...2).contains(part.utf8.count) && part.utf8.allSatisfy(isDigit)
    }
    return (isNumber(parts[0]) && months.contains(String(parts[1])))
      || (isNumber(parts[1]) && months.contains(String(parts[0])))
  }

  var isNumberLike: Bool {
    switch self {
    case .value, .leadingZeros, .exponent, .thousands, .tooLarge, .numeric, .slashedDate: true
    case .dayMonth, .spreadsheetError, .words: false
    }
  }

  /// Whether it was surely meant as a number or a date.
  var isCertain: Bool {
    switch self {
    case .value, .leadingZeros, .exponent, .thousands, .tooLarge, .slashedDate: true
    case .numeric, .dayMonth, .spreadsheetError, .words: false
    }
  }

  /// Whether it is common in columns of codes, such as bands and sites.
  var isRoutine: Bool {
    switch self {
    case .value, .leadingZeros, .words, .numeric: true
    case .exponent, .thousands, .tooLarge, .slashedDate, .dayMonth, .spreadsheetError: false
    }
  }

  /// How the sentence about it ends.
  func reason(_ most: Look?) -> String {
    switch self {
    case .leadingZeros: return " has a leading zero"
    case .exponent: return " is not in plain notation"
    case .thousands: return " has commas between its digits"
    case .tooLarge: return " is too large for a whole number"
    case .slashedDate:
      return
        " is not written as a date such as 2014-04-01: 'with dates = \"dd/mm/yyyy\"' tells how it is"
    case .value, .numeric, .dayMonth, .spreadsheetError, .words:
      guard case .value(let kind)? = most else { return " is not a number" }
      return kind.denial
    }
  }
}

extension CellKind {
  fileprivate var denial: String {
    switch self {
    case .date: " is not a date such as 2014-04-01"
    case .month: " is not a month such as 2014-04"
    case .period: " is not a period of the same kind"
    case .blank, .number, .identifier, .text: " is not a number"
    }
  }
}

private func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }

extension String {
  /// Whether it is runs of digits of these lengths with a separator between them.
  fileprivate func wholeMatch(ofDigitsSeparatedBy separator: Character, lengths: [ClosedRange<Int>])
    -> Bool
  {
    let parts = split(separator: separator, omittingEmptySubsequences: false)
    return parts.count == lengths.count
      && zip(parts, lengths).allSatisfy { part, length in
        length.contains(part.utf8.count) && part.utf8.allSatisfy(isDigit)
      }
  }
}
