import WidenLanguage

/// Reads numbers as people publish them: `12.3%`, `£1,234.50`, `1e-06`.
///
/// A column is read so only when it is consistent: all its numbers have the percent sign, all have the
/// pound sign, and all that need commas between their thousands have them.
struct NumberText {
  /// A number as it was read.
  enum Number {
    case exact(units: Int, places: Int)
    case nearest(Double)
  }

  private(set) var numbers = 0
  private(set) var percents = 0
  private var pounds = 0
  private var grouped = 0
  private var ungrouped = 0
  private(set) var exponents = 0
  private let hasGroupedThousands: Bool

  init(hasGroupedThousands: Bool) {
    self.hasGroupedThousands = hasGroupedThousands
  }

  /// Whether all numbers so far are written in one way.
  var isConsistent: Bool {
    numbers > 0 && (percents == 0 || percents == numbers) && (pounds == 0 || pounds == numbers)
      && (grouped == 0 || ungrouped == 0)
  }

  /// Reads a number; nil when it is none.
  mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Number? {
    guard (1...64).contains(bytes.count) else { return nil }
    var rest = bytes[...]
    var isNegative = rest.first == UInt8(ascii: "-")
    if isNegative { rest.removeFirst() }
    let hasPound = rest.starts(with: "£".utf8)
    if hasPound { rest.removeFirst(2) }
    if hasPound, !isNegative, rest.first == UInt8(ascii: "-") {
      isNegative = true
      rest.removeFirst()
    }
    let hasPercent = rest.last == UInt8(ascii: "%")
    if hasPercent {
      rest.removeLast()
      if rest.last == UInt8(ascii: " ") { rest.removeLast() }
    }
    guard let first = rest.first, isDigit(first) else { return nil }
    var digits: [UInt8] = isNegative ? [UInt8(ascii: "-")] : []
    guard let isGrouped = plain(rest, into: &digits) else { return nil }
    let number: Number
    if let exponent = NumberText.exponent(digits) {
      guard !hasPercent, !hasPound, !isGrouped, let value = exponent else { return nil }
      number = .nearest(value)
      exponents += 1
    } else {
      guard let value = NumberText.number(digits, percent: hasPercent) else { return nil }
      number = value
    }
    numbers += 1
    if hasPercent { percents += 1 }
    if hasPound { pounds += 1 }
    return number
  }

  /// Copies a number without the commas between its thousands; nil when they stand elsewhere.
  private mutating func plain(_ text: Slice<UnsafeBufferPointer<UInt8>>, into digits: inout [UInt8])
    -> Bool?
  {
    let whole = text.prefix { isDigit($0) || $0 == UInt8(ascii: ",") }
    let groups = whole.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    if groups.count > 1 {
      guard hasGroupedThousands, (1...3).contains(groups[0].count),
        groups.dropFirst().allSatisfy({ $0.count == 3 })
      else { return nil }
      grouped += 1
    } else if whole.count > 3 {
      ungrouped += 1
    }
    for group in groups { digits += group }
    digits += text[whole.endIndex...]
    return groups.count > 1
  }

  /// The value of a number with an exponent as R writes it, `1.5e-06` or `1e+05`; nil in the optional
  /// when it is written differently, as codes such as `5E1` are and what a spreadsheet mangled.
  private static func exponent(_ digits: [UInt8]) -> Double?? {
    guard let letter = digits.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }) else {
      return .none
    }
    let power = digits[(letter + 1)...]
    let isSmall = power.first == UInt8(ascii: "-")
    let isLarge = power.first == UInt8(ascii: "+") && digits[letter] == UInt8(ascii: "e")
    guard isSmall || isLarge, (2...3).contains(power.count - 1),
      power.dropFirst().allSatisfy(isDigit),
      number(Array(digits[..<letter]), percent: false) != nil,
      let value = Double(String(decoding: digits, as: UTF8.self)), value.isFinite
    else { return .some(nil) }
    return .some(value)
  }

  private static func number(_ digits: [UInt8], percent: Bool) -> Number? {
    digits.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return nil }
      let cell = Cell(start: start, count: buffer.count)
      guard let written = parseNumber(cell) else { return nil }
      if written.isLong {
        let value = written.double(cell)
        return .nearest(percent ? value / 100 : value)
      }
      return .exact(units: written.units, places: written.places + (percent ? 2 : 0))
    }
  }
}

private func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }

extension TextCells {
  /// The column as numbers when all its values are, written in one way.
  func numbers() -> RereadColumn? {
    var reader = NumberText(hasGroupedThousands: wishes.hasGroupedThousands)
    var values: [NumberText.Number?] = []
    var zeros: [Int] = []
    for index in 0..<dictionary.count {
      let bytes = dictionary.bytes(index)
      if let number = reader.read(bytes) {
        values.append(number)
      } else if wishes.zeros.contains(where: { $0.elementsEqual(bytes) }) {
        values.append(.exact(units: 0, places: 0))
        zeros.append(index)
      } else if isShorthand(index) {
        values.append(nil)
      } else {
        return nil
      }
    }
    guard reader.isConsistent else { return nil }
    let what = reader.percents > 0 ? "fractions" : "numbers"
    // The first value that is not written plainly is the example.
    let example = (0..<dictionary.count).first { index in
      values[index] != nil && !zeros.contains(index) && isPlain(dictionary.bytes(index)) == false
    }
    var decisions = example.map { ["values such as \(shown(dictionary[$0])) were read as \(what)"] }
    if !zeros.isEmpty {
      let rows = rowCounts()
      let counts = zeros.map {
        "\(shown(dictionary[$0])) in \(counted(rows[$0 + 1], "cell"))"
      }
      decisions = (decisions ?? []) + ["\(list(counts)) was read as zero"]
    }
    guard let decisions else { return nil }
    return RereadColumn(
      data: numberColumn(codes, values), missing: missing { values[$0] == nil },
      decision: decisions.joined(separator: "; "))
  }

  private func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.allSatisfy { isDigit($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
  }
}

/// Exact codes where four decimal places hold all numbers, else the nearest Doubles.
private func numberColumn(_ codes: Codes, _ values: [NumberText.Number?]) -> Column {
  var places = 0
  for case .exact(_, let needed)? in values { places = max(places, needed) }
  let scaled = places > 4 ? nil : exact(values, places)
  if let scaled {
    let column = codedColumn(codes, scaled) {
      places == 0 ? .integer(minimum: $0) : .decimal(minimum: $0, places: places)
    }
    if let column { return column }
  }
  var validity = Bitmap(count: codes.count, repeating: false)
  if let scaled, places == 0 {
    let buffer = Buffer<Int>(count: codes.count) { target in
      validity = fill(codes, scaled, target)
    }
    return .integers(buffer, validity: validity.setCount == codes.count ? nil : validity)
  }
  let doubles = values.map { value -> Double? in
    switch value {
    case .exact(let units, let places)?: quotient(units, places)
    case .nearest(let number)?: number
    case nil: nil
    }
  }
  let buffer = Buffer<Double>(count: codes.count) { target in
    validity = fill(codes, doubles, target)
  }
  return .decimals(buffer, validity: validity.setCount == codes.count ? nil : validity)
}

/// All numbers in units of 10 to the power of `-places`; nil when one does not fit.
private func exact(_ values: [NumberText.Number?], _ places: Int) -> [Int?]? {
  var scaled: [Int?] = []
  for value in values {
    switch value {
    case .exact(let units, let own)?:
      let (number, overflow) = units.multipliedReportingOverflow(by: 10.power(places - own))
      if overflow { return nil }
      scaled.append(number)
    case .nearest?: return nil
    case nil: scaled.append(nil)
    }
  }
  return scaled
}

/// Writes the number of each row; the bitmap says which rows have one.
private func fill<Number: BitwiseCopyable>(
  _ codes: Codes, _ numbers: [Number?], _ target: UnsafeMutableBufferPointer<Number>
) -> Bitmap {
  Bitmap(count: codes.count) { words in
    words.update(repeating: 0)
    for row in 0..<codes.count {
      guard codes[row] > 0, let number = numbers[codes[row] - 1] else { continue }
      target[row] = number
      words[row >> 6] |= 1 << UInt64(row & 63)
    }
  }
}

/// The Double that is nearest to a number of so many decimal places.
private func quotient(_ units: Int, _ places: Int) -> Double {
  // One division rounds once as long as both are exact.
  if units.magnitude <= 1 << 53, places <= 18 { return Double(units) / Double(10.power(places)) }
  return Double("\(units)e-\(places)") ?? .nan
}
