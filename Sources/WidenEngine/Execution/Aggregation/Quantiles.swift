/// Percentiles of a column of many codes without moving its values: one pass counts the values of
/// each cell in coarse buckets, and a second one those in the buckets where the percentile lies.
///
/// Exact, and the same whatever the threads, since only counts are merged. The median of a million
/// salaries in 12 bands takes 2.4 ms on one core, and took 6 ms when values were sorted by cell.
struct Quantiles: Sendable {
  private let map: CellMap
  private let codes: Codes
  private let condition: Buffer<UInt64>?
  private let operand: Operand
  /// A bucket is as many codes as a power of two.
  private let shift: UInt32
  private let buckets: Int
  /// The values of each cell in each of its buckets; one more bucket takes those that are missing.
  private let counts: Scratch<UInt32>

  private static let mostCounts = 1 << 19

  /// Nil when the codes or the cells are too many, or the rows too few to be worth it.
  init?(
    of operand: Operand, _ input: AccumulatorInput, condition: Int, in context: ExecutionContext
  ) throws(ExecutionError) {
    guard case .coded(let coded) = operand.column, operand.units != nil,
      coded.cardinality > 1 << 10
    else { return nil }
    let width = Int.bitWidth - (coded.cardinality - 1).leadingZeroBitCount
    shift = UInt32(width / 2)
    buckets = (coded.cardinality - 1) >> Int(shift) + 1
    let cells = input.map.cellCount + 1
    let size = cells * (buckets + 1)
    guard size <= min(Quantiles.mostCounts, input.map.rowCount),
      2 * cells << Int(shift) <= Quantiles.mostCounts
    else { return nil }
    var map = input.map
    map.stride = buckets + 1
    map.lanes = 1
    self.map = map
    codes = coded.codes
    self.condition = input.conditions[condition]
    self.operand = operand
    counts = Scratch(count: size)
    let (shift, trash) = (shift, UInt32(buckets))
    let workers = context.workers(forRows: map.rowCount)
    let partial = [counts] + (1..<workers).map { _ in Scratch(count: size) }
    let pass = self
    try context.forEachSegment(of: map.rowCount) { worker, rows in
      let own = partial[worker].pointer
      pass.eachTile(rows) { codes, places, count in
        for index in 0..<count {
          // Code 0, which is missing, turns into the greatest number.
          let bucket = min((codes[index] &- 1) &>> shift, trash)
          own[Int(places[index] &+ bucket)] &+= 1
        }
      }
    }
    for other in partial.dropFirst() {
      for index in 0..<size { counts.pointer[index] &+= other.pointer[index] }
    }
  }

  /// The value below which a fraction of each cell's values lies: type 7 of Hyndman and Fan.
  func percentile(_ fraction: Double, cells: [Int], in context: ExecutionContext)
    throws(ExecutionError) -> [Double?]
  {
    let searches = cells.map { Search(counts.pointer + $0 * map.stride, buckets, fraction) }
    // The buckets to look into, each with its place among the fine counts.
    let slots = Scratch<UInt16>(count: counts.count)
    var found = 0
    for (cell, search) in zip(cells, searches) {
      for bucket in search?.wanted ?? [] where slots.pointer[cell * map.stride + bucket] == 0 {
        found += 1
        slots.pointer[cell * map.stride + bucket] = UInt16(truncatingIfNeeded: found)
      }
    }
    let fine = try fineCounts(slots, found, in: context)
    return zip(cells, searches).map { cell, search in
      guard let search, let units = operand.units else { return nil }
      func value(_ target: Search.Target) -> Int {
        let slot = Int(slots.pointer[cell * map.stride + target.bucket])
        var (offset, rest) = ((slot - 1) << Int(shift), target.rank)
        let first = offset
        while Int(fine.pointer[offset]) <= rest {
          rest -= Int(fine.pointer[offset])
          offset += 1
        }
        return target.bucket << Int(shift) + offset - first + 1
      }
      let (low, high) = (value(search.low), value(search.high))
      let number = Double(units.minimum + (low - 1)) + search.part * Double(high - low)
      return number / Domain.powers[units.places]
    }
  }

  /// How many rows have each code of the buckets that have a slot.
  private func fineCounts(
    _ slots: Scratch<UInt16>, _ found: Int, in context: ExecutionContext
  ) throws(ExecutionError) -> Scratch<UInt32> {
    let size = found << Int(shift)
    let workers = context.workers(forRows: map.rowCount)
    let partial = (0..<workers).map { _ in Scratch<UInt32>(count: size) }
    let (shift, trash) = (shift, UInt32(buckets))
    try context.forEachSegment(of: map.rowCount) { worker, rows in
      let own = partial[worker].pointer
      let slots = slots.pointer
      eachTile(rows) { codes, places, count in
        for index in 0..<count {
          let code = codes[index] &- 1
          let slot = slots[Int(places[index] &+ min(code &>> shift, trash))]
          if slot == 0 { continue }
          own[(Int(slot) &- 1) &<< Int(shift) | Int(code & (1 &<< shift &- 1))] &+= 1
        }
      }
    }
    for other in partial.dropFirst() {
      for index in 0..<size { partial[0].pointer[index] &+= other.pointer[index] }
    }
    return partial[0]
  }

  @inline(__always)
  private func eachTile(
    _ rows: Range<Int>, _ body: (UnsafePointer<UInt32>, Places, Int) -> Void
  ) {
    let space = TileSpace(map)
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: tileRows) {
      guard space.open(start..<min(start + tileRows, rows.upperBound)) else { continue }
      let places = condition.map { space.places(where: $0) } ?? space.places
      body(space.load(codes), places, space.count)
    }
  }
}

/// Between which two values of a cell a percentile lies.
private struct Search {
  /// A value: the bucket it lies in, and how many values of the bucket stand before it.
  struct Target {
    var bucket: Int
    var rank: Int
  }

  let low: Target
  let high: Target
  /// How far from the lower to the higher.
  let part: Double

  var wanted: [Int] { [low.bucket, high.bucket] }

  /// Nil when the cell has no values.
  init?(_ counts: UnsafePointer<UInt32>, _ buckets: Int, _ fraction: Double) {
    let count = (0..<buckets).reduce(0) { $0 + Int(counts[$1]) }
    guard count > 0 else { return nil }
    let place = Double(count - 1) * min(1, max(0, fraction))
    let rank = min(Int(place), count - 1)
    part = place - Double(rank)
    func target(_ rank: Int) -> Target {
      var (bucket, rest) = (0, rank)
      while Int(counts[bucket]) <= rest {
        rest -= Int(counts[bucket])
        bucket += 1
      }
      return Target(bucket: bucket, rank: rest)
    }
    low = target(rank)
    high = target(min(rank + 1, count - 1))
  }
}
