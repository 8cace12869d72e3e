/// What a pass over the rows reads.
struct AccumulatorInput: Sendable {
  var map: CellMap
  var operands: [Operand]
  /// The rows that fulfil each condition; the first is no condition.
  var conditions: [Buffer<UInt64>?]
}

/// The records of all cells.
struct Totals {
  let words: Scratch<UInt64>
  let stride: Int

  /// A word of a cell's record.
  func word(_ slot: Int, ofCell cell: Int) -> UInt64 { words.pointer[cell &* stride &+ slot] }

  /// A word that holds a number of rows.
  func count(_ slot: Int, ofCell cell: Int) -> Int {
    Int(truncatingIfNeeded: word(slot, ofCell: cell))
  }

  /// A word that holds the bits of a number with a fraction.
  func decimal(_ slot: Int, ofCell cell: Int) -> Double {
    Double(bitPattern: word(slot, ofCell: cell))
  }
}

/// Fills the records of all cells in one pass over the rows.
///
/// Exact accumulators are private to a worker. Those whose last bits depend on the order of the
/// rows are private to a stretch of rows, and the stretches depend on the table alone, so that any
/// number of threads gives the same bits.
func accumulate(
  _ layout: AccumulatorLayout, _ input: AccumulatorInput, in context: ExecutionContext
) throws(ExecutionError) -> Totals {
  var input = input
  input.map.stride = layout.stride
  if input.map.rows != nil { return try accumulateSorted(layout, input, in: context) }
  guard input.map.laneWords < Int(UInt32.max) else {
    throw .tooManyGroups
  }
  input.map.lanes = input.map.laneWords <= 2048 ? 4 : 1
  let rowCount = input.map.rowCount
  let workers = context.workers(forRows: rowCount)
  let segmentRows = context.segmentRows
  let segments = (rowCount + segmentRows - 1) / segmentRows
  let words = input.map.laneWords * input.map.lanes
  let stretches = layout.dependsOnOrder ? max(1, min(16, segments, (1 << 22) / words)) : 0
  let sets = stretches > 0 ? stretches : max(1, min(workers, segments))
  let records = (0..<sets).map { _ in Scratch<UInt64>(count: words) }
  let pass = AccumulatorPass(input: input, work: layout.work, workers: workers)
  if stretches > 0 {
    let isCancelled = context.isCancelled
    parallel(workers: workers, items: stretches) { worker, stretch in
      for segment in stretch * segments / stretches..<(stretch + 1) * segments / stretches {
        if isCancelled() { return }
        let rows = segment * segmentRows..<min(rowCount, (segment + 1) * segmentRows)
        pass.add(rows, to: records[stretch].pointer, worker)
      }
    }
    try context.checkCancelled()
  } else {
    try context.forEachSegment(of: rowCount) { worker, rows in
      pass.add(rows, to: records[worker].pointer, worker)
    }
  }
  let all = layout.work.flatMap(\.accumulators)
  let first = records[0].pointer
  for (index, record) in records.enumerated() {
    for lane in 0..<input.map.lanes where index > 0 || lane > 0 {
      merge(
        all, from: record.pointer + lane * input.map.laneWords, into: first,
        stride: layout.stride, cells: input.map.cellCount)
    }
  }
  return Totals(words: records[0], stride: layout.stride)
}

/// The same for rows that stand group by group: all workers write into the same records, each those
/// of its own groups.
private func accumulateSorted(
  _ layout: AccumulatorLayout, _ input: AccumulatorInput, in context: ExecutionContext
) throws(ExecutionError) -> Totals {
  let map = input.map
  let workers = context.workers(forRows: map.rowCount)
  let words = (map.cellCount + workers) * map.stride
  guard words < Int(UInt32.max) else { throw .tooManyGroups }
  let records = Scratch<UInt64>(count: words)
  let passes = (0..<workers).map { worker in
    var input = input
    input.map.trashIndex = worker
    return AccumulatorPass(input: input, work: layout.work, workers: workers)
  }
  let stretches = map.stretches(of: context.segmentRows)
  let isCancelled = context.isCancelled
  parallel(workers: workers, items: stretches.count, until: isCancelled) { worker, stretch in
    passes[worker].add(stretches[stretch], to: records.pointer, worker)
  }
  try context.checkCancelled()
  return Totals(words: records, stride: map.stride)
}

extension CellMap {
  /// The rows in stretches of about so many, each with all rows of its groups.
  fileprivate func stretches(of rows: Int) -> [Range<Int>] {
    guard let part = parts.first, part.isByPlace, case .words(let numbers) = part.codes else {
      return [0..<rowCount]
    }
    var stretches: [Range<Int>] = []
    var start = 0
    while start < rowCount {
      var end = min(rowCount, start + rows)
      while end < rowCount, numbers.pointer[end] == numbers.pointer[end - 1] { end += 1 }
      stretches.append(start..<end)
      start = end
    }
    return stretches
  }
}

extension ExecutionError {
  fileprivate static var tooManyGroups: ExecutionError {
    .failed("the groups are too many to hold", hint: "group by fewer columns")
  }
}

/// One pass over the rows: which loops run over each tile.
struct AccumulatorPass: Sendable {
  let input: AccumulatorInput
  let work: [AccumulatorLayout.Work]
  private let spaces: PerWorker<TileSpace>

  init(input: AccumulatorInput, work: [AccumulatorLayout.Work], workers: Int) {
    self.input = input
    self.work = work
    var map = input.map
    // Counting alone has a loop that finds the lanes itself.
    if AccumulatorPass.isCount(map, work) { map.lanes = 1 }
    spaces = PerWorker(workers) { TileSpace(map) }
  }

  /// Whether nothing but rows is counted.
  private static func isCount(_ map: CellMap, _ work: [AccumulatorLayout.Work]) -> Bool {
    map.stride == 1 && work.count == 1 && work[0].condition == 0 && work[0].operand == nil
  }

  fileprivate func add(_ rows: Range<Int>, to records: Words, _ worker: Int) {
    let space = spaces[worker]
    if AccumulatorPass.isCount(input.map, work), count(rows, to: records, space) { return }
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: tileRows) {
      guard space.open(start..<min(start + tileRows, rows.upperBound)) else { continue }
      var condition = 0
      var places = space.places
      var isDone = false
      for (index, item) in work.enumerated() {
        if isDone {
          isDone = false
          continue
        }
        if item.condition != condition {
          condition = item.condition
          if let bits = input.conditions[condition] { places = space.places(where: bits) }
        }
        let next = index + 1 < work.count ? work[index + 1] : nil
        isDone = addSums(item, next, space, places, to: records)
        if !isDone { add(item, space, places, to: records) }
      }
    }
  }

  private func add(
    _ item: AccumulatorLayout.Work, _ space: TileSpace, _ places: Places, to records: Words
  ) {
    guard let index = item.operand else {
      for (_, slot) in item.accumulators { addRows(places, space.count, into: records + slot) }
      return
    }
    let operand = input.operands[index]
    switch operand.column {
    case .coded(let column):
      let codes = space.load(column.codes)
      for (kind, slot) in item.accumulators {
        addCoded(kind, operand, codes, space, places, into: records + slot)
      }
    case .integers(let values, _):
      let loaded = space.load(values, operand.validity)
      for (kind, slot) in item.accumulators {
        addWide(kind, operand, loaded, space, places, into: records + slot)
      }
    case .decimals(let values, _):
      let loaded = space.load(values, operand.validity)
      for (kind, slot) in item.accumulators {
        addWide(kind, operand, loaded, space, places, into: records + slot)
      }
    }
  }

  private func addCoded(
    _ kind: Accumulator.Kind, _ operand: Operand, _ codes: UnsafePointer<UInt32>,
    _ space: TileSpace, _ places: Places, into words: Words
  ) {
    let count = space.count
    switch kind {
    case .rows: addRows(places, count, into: words)
    case .present: addPresent(codes, places, count, into: words)
    case .codes: addCodes(codes, places, count, into: words)
    case .squares: addSquares(codes, places, count, into: words)
    case .greatest: keepGreatest(ranked(codes, operand, space), places, count, into: words)
    case .least: keepLeast(ranked(codes, operand, space), places, count, into: words)
    case .recorded:
      if let marks = operand.recorded {
        addMarked(codes, marks.pointer, places, count, into: words)
      } else {
        addPresent(codes, places, count, into: words)
      }
    case .correlation(let other): addPair(operand, other, space, places, into: words)
    case .products(let other): addProducts(codes, other, space, places, into: words)
    // Codes have sums of squares, and need neither of these.
    case .integers, .decimals, .spread: break
    }
  }

  /// The codes, or their ranks when codes are not in order.
  private func ranked(
    _ codes: UnsafePointer<UInt32>, _ operand: Operand, _ space: TileSpace
  ) -> UnsafePointer<UInt32> {
    guard let ranks = operand.ranks else { return codes }
    return space.spare.withMemoryRebound(to: UInt32.self, capacity: tileRows) { target in
      for index in 0..<space.count { target[index] = ranks.pointer[Int(codes[index])] }
      return UnsafePointer(target)
    }
  }

  private func addWide(
    _ kind: Accumulator.Kind, _ operand: Operand,
    _ loaded: (bits: UnsafeMutablePointer<UInt64>, codes: UnsafeMutablePointer<UInt32>),
    _ space: TileSpace, _ places: Places, into words: Words
  ) {
    let (bits, codes, count) = (loaded.bits, loaded.codes, space.count)
    switch kind {
    case .rows: addRows(places, count, into: words)
    case .present, .recorded: addPresent(codes, places, count, into: words)
    case .integers: addIntegers(bits, places, count, into: words)
    case .decimals: addDecimals(bits, places, count, into: words)
    case .greatest:
      orderBits(bits, operand, space)
      keepGreatest(space.spare, codes, flip: 0, places, count, into: words)
    case .least:
      orderBits(bits, operand, space)
      keepGreatest(space.spare, codes, flip: ~0, places, count, into: words)
    case .spread:
      let numbers = asNumbers(bits, operand, space)
      addSpread(numbers, codes, places, count, into: words)
    case .correlation(let other): addPair(operand, other, space, places, into: words)
    case .codes, .squares, .products: break
    }
  }

  private func orderBits(_ bits: UnsafePointer<UInt64>, _ operand: Operand, _ space: TileSpace) {
    let target = space.spare
    if case .integers = operand.column {
      for index in 0..<space.count { target[index] = bits[index] ^ (1 << 63) }
    } else {
      for index in 0..<space.count {
        target[index] = orderedBits(Double(bitPattern: bits[index]))
      }
    }
  }

  private func asNumbers(
    _ bits: UnsafeMutablePointer<UInt64>, _ operand: Operand, _ space: TileSpace
  ) -> UnsafePointer<Double> {
    let target = UnsafeMutableRawPointer(space.spare).assumingMemoryBound(to: Double.self)
    if case .integers = operand.column {
      for index in 0..<space.count { target[index] = Double(Int(bitPattern: UInt(bits[index]))) }
    } else {
      for index in 0..<space.count { target[index] = Double(bitPattern: bits[index]) }
    }
    return UnsafePointer(target)
  }

  private func addProducts(
    _ codes: UnsafePointer<UInt32>, _ other: Int, _ space: TileSpace, _ places: Places,
    into words: Words
  ) {
    guard case .coded(let second) = input.operands[other].column else { return }
    // The other column's codes may come to lie where these are.
    space.spare.withMemoryRebound(to: UInt32.self, capacity: tileRows) { own in
      own.update(from: codes, count: space.count)
      WidenEngine.addProducts(own, space.load(second.codes), places, space.count, into: words)
    }
  }

  /// Two columns as numbers side by side; rows count where both have a value.
  private func addPair(
    _ first: Operand, _ other: Int, _ space: TileSpace, _ places: Places, into words: Words
  ) {
    let second = input.operands[other]
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * tileRows) { numbers in
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: tileRows) { both in
        guard let x = numbers.baseAddress, let codes = both.baseAddress else { return }
        let y = x + tileRows
        for index in 0..<space.count {
          let row = space.row(index)
          let (a, b) = (first.number(ofRow: row), second.number(ofRow: row))
          x[index] = a ?? 0
          y[index] = b ?? 0
          codes[index] = a == nil || b == nil ? 0 : 1
        }
        addCorrelation(x, y, codes, places, space.count, into: words)
      }
    }
  }
}

extension Operand {
  /// The number of a row, nil when it is missing.
  func number(ofRow row: Int) -> Double? {
    switch column {
    case .coded(let coded):
      let code = coded.codes[row]
      return code == 0 ? nil : number(ofCode: code)
    case .integers(let values, _):
      return isPresent(row) ? Double(values.pointer[row]) : nil
    case .decimals(let values, _):
      return isPresent(row) ? values.pointer[row] : nil
    }
  }

  private func isPresent(_ row: Int) -> Bool {
    validity.map { $0.pointer[row >> 6] >> UInt64(row & 63) & 1 == 1 } ?? true
  }
}
