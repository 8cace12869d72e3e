import Synchronization
import WidenLanguage

/// From a vector to a column in the narrowest form that holds it.
extension Evaluation {
  /// Numbers with at most so many different codes become codes.
  private static let widestNumbers = 1 << 20

  /// The column of an expression's values.
  func column(_ vector: Vector, as expression: TypedExpression, rows: Int) throws(ExecutionError)
    -> Column
  {
    let narrow = try narrowed(vector, as: expression.type, rows: rows)
    switch narrow {
    case .constant(let value):
      return constant(value, as: expression.type, categories: expression.categories, rows: rows)
    case .coded(let column): return .coded(column)
    case .integers(let values, let validity): return .integers(values, validity: validity)
    case .decimals(let values, let validity, _): return .decimals(values, validity: validity)
    case .condition(let bitmap):
      let codes = try work.codes(rows, cardinality: 3) { block, codes in
        let flags = Vector.condition(bitmap).integers(block)
        for row in 0..<block.count { codes[row] = flags.values[row] + 1 }
      }
      return .coded(
        CodedColumn(codes: codes, domain: .boolean, cardinality: 3, hasMissing: false))
    }
  }

  /// The vector as codes, where its range allows, and as the type says.
  func narrowed(_ vector: Vector, as type: ValueType, rows: Int) throws(ExecutionError) -> Vector {
    switch vector {
    case .constant(let value):
      if type == .decimal, case .integer(let number) = value {
        return .constant(.decimal(Double(number)))
      }
      return vector
    case .condition: return vector
    case .coded(let column):
      guard type == .decimal, case .integer = column.domain else { return vector }
      return try narrowedDecimals(vector, rows: rows)
    case .integers:
      return type == .decimal
        ? try narrowedDecimals(vector, rows: rows)
        : try narrowedIntegers(vector, as: type, rows: rows)
    case .decimals:
      if type == .integer, let whole = try whole(vector, rows: rows) {
        return try narrowedIntegers(whole, as: type, rows: rows)
      }
      return try narrowedDecimals(vector, rows: rows)
    }
  }

  private func narrowedIntegers(_ vector: Vector, as type: ValueType, rows: Int)
    throws(ExecutionError) -> Vector
  {
    let range = try work.range(rows) { vector.integers($0) } ?? 0...0
    let (width, isTooWide) = range.upperBound.subtractingReportingOverflow(range.lowerBound)
    if type == .period,
      Period(ordinal: range.lowerBound).kind != Period(ordinal: range.upperBound).kind
    {
      throw .failed(
        "a column cannot hold periods of different kinds",
        hint: "turn them into dates with start_of first")
    }
    let widest = type == .integer ? Evaluation.widestNumbers : Int(UInt32.max) - 2
    guard !isTooWide, width < widest, range.lowerBound.magnitude < 1 << 60,
      let domain = Domain(type, minimum: range.lowerBound)
    else { return vector }
    let cardinality = type == .boolean ? 3 : width + 2
    let base = domain.base
    let missing = Flag()
    let codes = try work.codes(rows, cardinality: cardinality) { block, codes in
      let numbers = vector.integers(block)
      var isComplete: UInt8 = 1
      for row in 0..<block.count {
        let present = numbers.present[row]
        isComplete &= present
        codes[row] = present == 0 ? 0 : numbers.values[row] &- base
      }
      if isComplete == 0 { missing.set() }
    }
    return .coded(
      CodedColumn(
        codes: codes, domain: domain, cardinality: cardinality, hasMissing: missing.isSet))
  }

  private func narrowedDecimals(_ vector: Vector, rows: Int) throws(ExecutionError) -> Vector {
    if let places = vector.places, places <= 4,
      let range = try work.range(rows, of: { vector.fractions($0) }),
      let coded = try scaled(vector, places: max(1, places), range: range, rows: rows)
    {
      return .coded(coded)
    }
    if case .decimals = vector { return vector }
    let (values, validity) = try work.numbers(rows, as: Double.self) { block, target, present in
      let numbers = vector.fractions(block)
      target.update(from: numbers.values, count: block.count)
      present.update(from: numbers.present, count: block.count)
    }
    return .decimals(values, validity: validity, places: vector.places)
  }

  /// Decimals as codes of their units, when all of them are exact in these places.
  private func scaled(
    _ vector: Vector, places: Int, range: ClosedRange<Double>, rows: Int
  ) throws(ExecutionError) -> CodedColumn? {
    let scale = Domain.powers[places]
    let low = (range.lowerBound * scale).rounded()
    let high = (range.upperBound * scale).rounded()
    guard high - low < Double(Evaluation.widestNumbers), low.magnitude < 4e15 else { return nil }
    let minimum = Int(low)
    let cardinality = Int(high) - minimum + 2
    let missing = Flag()
    let inexact = Flag()
    let codes = try work.codes(rows, cardinality: cardinality) { block, codes in
      let numbers = vector.fractions(block)
      for row in 0..<block.count {
        if numbers.present[row] == 0 {
          missing.set()
          codes[row] = 0
        } else {
          let units = (numbers.values[row] * scale).rounded()
          if units / scale != numbers.values[row] { inexact.set() }
          codes[row] = Int(units) - minimum + 1
        }
      }
    }
    guard !inexact.isSet else { return nil }
    return CodedColumn(
      codes: codes, domain: .decimal(minimum: minimum, places: places), cardinality: cardinality,
      hasMissing: missing.isSet)
  }

  /// Fractions that are whole numbers as such; nil when one of them is not, or is too large.
  func whole(_ vector: Vector, rows: Int) throws(ExecutionError) -> Vector? {
    let failed = Flag()
    let (values, validity) = try work.numbers(rows, as: Int.self) { block, target, present in
      let numbers = vector.fractions(block)
      present.update(from: numbers.present, count: block.count)
      for row in 0..<block.count where present[row] == 1 {
        if let number = Int(exactly: numbers.values[row]) {
          target[row] = number
        } else {
          failed.set()
        }
      }
    }
    return failed.isSet ? nil : .integers(values, validity: validity)
  }

  /// The same value for all rows.
  private func constant(_ value: Value, as type: ValueType, categories: [String]?, rows: Int)
    -> Column
  {
    // A whole number that was too large is a fraction, whatever the type.
    let isFraction = Vector.constant(value).isDecimal
    let one = Column.values(
      [value], type: isFraction ? .decimal : type, categories: categories)
    switch one {
    case .coded(var column):
      let code = column.codes[0]
      column.codes = Codes(count: rows, cardinality: column.cardinality) { _ in code }
      column.hasMissing = code == 0
      return .coded(column)
    case .integers(let values, let validity):
      return .integers(
        Buffer(count: rows) { $0.update(repeating: values[0]) },
        validity: validity.map { Bitmap(count: rows, repeating: $0[0]) })
    case .decimals(let values, let validity):
      if validity == nil, let places = exactPlaces(of: values[0]) {
        let units = Int((values[0] * Domain.powers[max(1, places)]).rounded())
        return .coded(
          CodedColumn(
            codes: Codes(count: rows, cardinality: 2) { _ in 1 },
            domain: .decimal(minimum: units, places: max(1, places)), cardinality: 2,
            hasMissing: false))
      }
      return .decimals(
        Buffer(count: rows) { $0.update(repeating: values[0]) },
        validity: validity.map { Bitmap(count: rows, repeating: $0[0]) })
    }
  }
}

extension Work {
  /// The least and the greatest value; nil when none is present.
  func range<Element: Comparable & BitwiseCopyable & Sendable>(
    _ rows: Int, of block: @Sendable (Range<Int>) -> Block<Element>
  ) throws(ExecutionError) -> ClosedRange<Element>? {
    let found = Ranges<Element>()
    let isDone = segments(rows) { segment in
      var range: ClosedRange<Element>?
      for start in stride(from: segment.lowerBound, to: segment.upperBound, by: Work.blockRows) {
        let part = start..<min(segment.upperBound, start + Work.blockRows)
        let numbers = block(part)
        guard
          var low = (0..<part.count).first(where: { numbers.present[$0] == 1 }).map({
            numbers.values[$0]
          })
        else { continue }
        var high = low
        for row in 0..<part.count where numbers.present[row] == 1 {
          low = min(low, numbers.values[row])
          high = max(high, numbers.values[row])
        }
        range = range.map { min($0.lowerBound, low)...max($0.upperBound, high) } ?? low...high
      }
      if let range { found.add(range) }
    }
    guard isDone else { throw .cancelled }
    return found.joined
  }
}

/// The ranges that threads found, joined into one.
private final class Ranges<Element: Comparable & Sendable>: Sendable {
  private let range = Mutex<ClosedRange<Element>?>(nil)

  var joined: ClosedRange<Element>? { range.withLock { $0 } }

  func add(_ other: ClosedRange<Element>) {
    range.withLock { range in
      range =
        range.map { min($0.lowerBound, other.lowerBound)...max($0.upperBound, other.upperBound) }
        ?? other
    }
  }
}
