import CKernels

/// The two shapes that most questions have, each in a loop of its own.
extension AccumulatorPass {
  /// Counts rows, for which nothing else is asked; false when the general way is needed.
  func count(_ rows: Range<Int>, to records: Words, _ space: TileSpace) -> Bool {
    let map = input.map
    if map.parts.isEmpty, map.rows == nil {
      records[0] &+= UInt64(countSelected(rows, map.selection))
      return true
    }
    if map.parts.count == 1, map.parts[0].factor == 1, countOneKey(rows, map, to: records) {
      return true
    }
    guard map.lanes == 4 else { return false }
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: tileRows) {
      guard space.open(start..<min(start + tileRows, rows.upperBound)) else { continue }
      countCells(space.places, space.count, into: records, laneWords: map.laneWords)
    }
    return true
  }

  /// How many of the rows, which start at a whole word, are in.
  private func countSelected(_ rows: Range<Int>, _ selection: Buffer<UInt64>?) -> Int {
    guard let selection else { return rows.count }
    return kernel_count_bits(
      processorLevel, selection.pointer + rows.lowerBound >> 6, (rows.count + 63) >> 6)
  }

  /// Counts the codes of a single key, or what a table makes of them.
  private func countOneKey(_ rows: Range<Int>, _ map: CellMap, to records: Words) -> Bool {
    let part = map.parts[0]
    if let table = part.table {
      guard map.lanes == 4, map.selection == nil, case .bytes(let table) = table else {
        return false
      }
      switch part.codes {
      case .bytes(let codes):
        countMapped(codes.pointer + rows.lowerBound, rows.count, table.pointer, records, map)
      case .shorts(let codes):
        countMapped(codes.pointer + rows.lowerBound, rows.count, table.pointer, records, map)
      case .words(let codes):
        countMapped(codes.pointer + rows.lowerBound, rows.count, table.pointer, records, map)
      }
      return true
    }
    guard case .bytes(let codes) = part.codes else { return false }
    let own = codes.pointer + rows.lowerBound
    if map.cellCount <= KERNEL_COUNT_GROUPS {
      kernel_count_bytes_where(
        processorLevel, own, map.selection.map { $0.pointer + rows.lowerBound >> 6 }, rows.count,
        Int32(map.cellCount), records)
      return true
    }
    guard map.lanes == 4, map.selection == nil else { return false }
    countBytes(own, rows.count, into: records, laneWords: map.laneWords)
    return true
  }

  /// Counts rows and sums up a column of codes in one loop, which touches each record once; false
  /// when the two are not just that.
  func addSums(
    _ item: AccumulatorLayout.Work, _ next: AccumulatorLayout.Work?, _ space: TileSpace,
    _ places: Places, to records: Words
  ) -> Bool {
    guard item.operand == nil, item.accumulators.count == 1, item.accumulators[0].kind == .rows,
      let next, next.condition == item.condition, let index = next.operand,
      case .coded(let column) = input.operands[index].column
    else { return false }
    let rows = records + item.accumulators[0].slot
    let sums = next.accumulators
    if sums.count == 1, sums[0].kind == .codes {
      addRowsAndCodes(
        space.load(column.codes), places, space.count, rows: rows, sums: records + sums[0].slot)
      return true
    }
    if sums.count == 1, sums[0].kind == .present {
      addRowsAndPresent(
        space.load(column.codes), places, space.count, rows: rows,
        present: records + sums[0].slot)
      return true
    }
    guard sums.count == 2, sums[0].kind == .present, sums[1].kind == .codes else { return false }
    addRowsAndCodes(
      space.load(column.codes), places, space.count, rows: rows,
      present: records + sums[0].slot, sums: records + sums[1].slot)
    return true
  }
}

private func addRowsAndCodes(
  _ codes: UnsafePointer<UInt32>, _ places: Places, _ count: Int, rows: Words, sums: Words
) {
  for index in 0..<count {
    let place = Int(places[index])
    rows[place] &+= 1
    sums[place] &+= UInt64(codes[index])
  }
}

private func addRowsAndPresent(
  _ codes: UnsafePointer<UInt32>, _ places: Places, _ count: Int, rows: Words, present: Words
) {
  for index in 0..<count {
    let place = Int(places[index])
    rows[place] &+= 1
    present[place] &+= codes[index] == 0 ? 0 : 1
  }
}

private func addRowsAndCodes(
  _ codes: UnsafePointer<UInt32>, _ places: Places, _ count: Int, rows: Words, present: Words,
  sums: Words
) {
  for index in 0..<count {
    let place = Int(places[index])
    let code = codes[index]
    rows[place] &+= 1
    present[place] &+= code == 0 ? 0 : 1
    sums[place] &+= UInt64(code)
  }
}

/// Counts cells in four lanes of `laneWords` words: neighbouring rows never wait for one another.
private func countCells(_ cells: Places, _ count: Int, into words: Words, laneWords: Int) {
  let (lane1, lane2) = (words + laneWords, words + 2 * laneWords)
  let lane3 = words + 3 * laneWords
  var index = 0
  while index &+ 4 <= count {
    words[Int(cells[index])] &+= 1
    lane1[Int(cells[index &+ 1])] &+= 1
    lane2[Int(cells[index &+ 2])] &+= 1
    lane3[Int(cells[index &+ 3])] &+= 1
    index &+= 4
  }
  while index < count {
    words[Int(cells[index])] &+= 1
    index &+= 1
  }
}

/// Counts what a table makes of codes, in four lanes; a million dates by year take 0.5 ms on one
/// core, where writing the years down first took 0.8 ms.
private func countMapped<Code: FixedWidthInteger & UnsignedInteger>(
  _ codes: UnsafePointer<Code>, _ count: Int, _ table: UnsafePointer<UInt8>, _ words: Words,
  _ map: CellMap
) {
  let (lane1, lane2) = (words + map.laneWords, words + 2 * map.laneWords)
  let lane3 = words + 3 * map.laneWords
  var index = 0
  while index &+ 4 <= count {
    words[Int(table[Int(truncatingIfNeeded: codes[index])])] &+= 1
    lane1[Int(table[Int(truncatingIfNeeded: codes[index &+ 1])])] &+= 1
    lane2[Int(table[Int(truncatingIfNeeded: codes[index &+ 2])])] &+= 1
    lane3[Int(table[Int(truncatingIfNeeded: codes[index &+ 3])])] &+= 1
    index &+= 4
  }
  while index < count {
    words[Int(table[Int(truncatingIfNeeded: codes[index])])] &+= 1
    index &+= 1
  }
}
