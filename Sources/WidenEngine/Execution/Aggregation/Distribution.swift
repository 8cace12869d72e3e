/// All values of an operand, cell by cell: what medians, percentiles and distinct counts need.
struct Distribution: Sendable {
  private enum Store: Sendable {
    /// How many rows have each code; the counts of a cell stand side by side.
    case counts(Scratch<UInt64>, cardinality: Int)
    /// The codes of each cell's rows, without missing ones; cell `k` from `starts[k]`.
    case codes(Scratch<UInt32>, starts: [Int])
    /// Order keys of numbers without codes.
    case keys(Scratch<UInt64>, starts: [Int])
  }

  /// More counts than this are slower than collecting the values.
  private static let mostCounts = 1 << 18
  /// Distinct codes are ticked off in a bitmap up to this many.
  private static let mostTicked = 1 << 27

  private let store: Store
  private let operand: Operand

  /// The values of an operand in the rows that fulfil a condition.
  init(
    of operand: Operand, _ input: AccumulatorInput, condition: Int, in context: ExecutionContext
  ) throws(ExecutionError) {
    self.operand = operand
    let bits = input.conditions[condition]
    switch operand.column {
    case .coded(let coded):
      let cells = input.map.cellCount * coded.cardinality
      if cells <= min(Distribution.mostCounts, 4 * input.map.rowCount + 4096) {
        var input = input
        input.map.parts = input.map.parts.map {
          CellMap.Part(
            codes: $0.codes, factor: $0.factor * coded.cardinality, table: $0.table,
            isByPlace: $0.isByPlace)
        }
        input.map.parts.append(CellMap.Part(codes: coded.codes, factor: 1))
        input.map.cellCount = cells
        var layout = AccumulatorLayout()
        _ = layout.slot(.rows, condition: condition)
        let totals = try accumulate(layout, input, in: context)
        store = .counts(totals.words, cardinality: coded.cardinality)
      } else {
        let (values, starts) = try scatter(input.map, where: bits, as: UInt32.self, in: context) {
          let codes = $0.load(coded.codes)
          return (codes, codes)
        }
        store = .codes(values, starts: starts)
      }
    case .integers(let column, _):
      let validity = operand.validity
      let (values, starts) = try scatter(input.map, where: bits, as: UInt64.self, in: context) {
        let (bits, codes) = $0.load(column, validity)
        for index in 0..<$0.count { bits[index] ^= 1 << 63 }
        return (UnsafePointer(bits), UnsafePointer(codes))
      }
      store = .keys(values, starts: starts)
    case .decimals(let column, _):
      let validity = operand.validity
      let (values, starts) = try scatter(input.map, where: bits, as: UInt64.self, in: context) {
        let (bits, codes) = $0.load(column, validity)
        for index in 0..<$0.count { bits[index] = orderedBits(Double(bitPattern: bits[index])) }
        return (UnsafePointer(bits), UnsafePointer(codes))
      }
      store = .keys(values, starts: starts)
    }
  }

  /// The value below which a fraction of each cell's values lies: type 7 of Hyndman and Fan.
  func percentile(_ fraction: Double, cells: [Int], in context: ExecutionContext)
    throws(ExecutionError) -> [Double?]
  {
    let results = Scratch<Double>(count: cells.count)
    try forEachCell(cells, in: context) { index, cell in
      results.pointer[index] = percentile(fraction, ofCell: cell) ?? .nan
    }
    return results.elements.map { $0.isNaN ? nil : $0 }
  }

  /// How many different values each cell has.
  func distinct(cells: [Int], in context: ExecutionContext) throws(ExecutionError) -> [Int] {
    let results = Scratch<Int>(count: cells.count)
    let parts = min(cells.count, 4 * context.workers(forRows: operand.column.count))
    let isCancelled = context.isCancelled
    parallel(workers: context.threads, items: parts) { _, part in
      var seen: Scratch<UInt64>?
      if case .coded(let coded) = operand.column, case .codes = store,
        coded.cardinality <= Distribution.mostTicked
      {
        seen = Scratch(count: coded.cardinality >> 6 + 1)
      }
      for index in part * cells.count / parts..<(part + 1) * cells.count / parts {
        if isCancelled() { return }
        results.pointer[index] = distinct(ofCell: cells[index], seen)
      }
    }
    try context.checkCancelled()
    return Array(results.elements)
  }

  private func forEachCell(
    _ cells: [Int], in context: ExecutionContext, _ body: @Sendable (Int, Int) -> Void
  ) throws(ExecutionError) {
    let parts = min(cells.count, 4 * context.workers(forRows: operand.column.count))
    let isCancelled = context.isCancelled
    parallel(workers: context.threads, items: parts) { _, part in
      for index in part * cells.count / parts..<(part + 1) * cells.count / parts {
        if isCancelled() { return }
        body(index, cells[index])
      }
    }
    try context.checkCancelled()
  }

  private func percentile(_ fraction: Double, ofCell cell: Int) -> Double? {
    let count: Int
    switch store {
    case .counts(let counts, let cardinality):
      let own = counts.pointer + cell * cardinality
      count = (1..<max(1, cardinality)).reduce(0) { $0 + Int(own[$1]) }
    case .codes(_, let starts), .keys(_, let starts): count = starts[cell + 1] - starts[cell]
    }
    guard count > 0 else { return nil }
    let place = Double(count - 1) * min(1, max(0, fraction))
    let rank = min(Int(place), count - 1)
    let (low, high) = neighbours(ofCell: cell, rank: rank)
    return between(low, high, place - Double(rank))
  }

  private func neighbours(ofCell cell: Int, rank: Int) -> (UInt64, UInt64) {
    switch store {
    case .counts(let counts, let cardinality):
      let own = counts.pointer + cell * cardinality
      var (before, code) = (0, 1)
      while before + Int(own[code]) <= rank {
        before += Int(own[code])
        code += 1
      }
      let low = code
      while code < cardinality, before + Int(own[code]) <= rank + 1 {
        before += Int(own[code])
        code += 1
      }
      return (UInt64(low), UInt64(code < cardinality ? code : low))
    case .codes(let values, let starts):
      let own = UnsafeBufferPointer(
        start: values.pointer + starts[cell], count: starts[cell + 1] - starts[cell])
      let (low, high) = WidenEngine.neighbours(own, rank: rank)
      return (UInt64(low), UInt64(high))
    case .keys(let values, let starts):
      let own = UnsafeBufferPointer(
        start: values.pointer + starts[cell], count: starts[cell + 1] - starts[cell])
      return WidenEngine.neighbours(own, rank: rank)
    }
  }

  /// The number a fraction of the way from one value to the next.
  private func between(_ low: UInt64, _ high: UInt64, _ fraction: Double) -> Double? {
    switch operand.column {
    case .coded:
      guard let units = operand.units else { return nil }
      let number = Double(units.minimum + (Int(low) - 1)) + fraction * Double(high - low)
      return number / Domain.powers[units.places]
    case .integers:
      let (low, high) = (integer(ofOrderedBits: low), integer(ofOrderedBits: high))
      return Double(low) + fraction * (Double(high) - Double(low))
    case .decimals:
      let (low, high) = (decimal(ofOrderedBits: low), decimal(ofOrderedBits: high))
      return fraction == 0 ? low : low + fraction * (high - low)
    }
  }

  private func distinct(ofCell cell: Int, _ seen: Scratch<UInt64>?) -> Int {
    switch store {
    case .counts(let counts, let cardinality):
      let own = counts.pointer + cell * cardinality
      return (1..<max(1, cardinality)).reduce(0) { $0 + (own[$1] > 0 ? 1 : 0) }
    case .codes(let values, let starts):
      return distinctCount(
        UnsafeBufferPointer(
          start: values.pointer + starts[cell], count: starts[cell + 1] - starts[cell]),
        seen: seen)
    case .keys(let values, let starts):
      return distinctCount(
        UnsafeBufferPointer(
          start: values.pointer + starts[cell], count: starts[cell + 1] - starts[cell]),
        seen: nil)
    }
  }
}
