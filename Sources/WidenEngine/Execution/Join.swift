import WidenLanguage

extension Executor {
  /// The left rows in their order, each as often as it has matches, with columns of the right.
  func join(_ plan: Plan, _ input: Plan, _ join: JoinPlan, _ needed: ColumnSet) throws -> Relation {
    let first = input.columns.count
    let fetched = join.columns.indices.filter { needed.contains(first + $0) }
    let left = try run(input, needed: needed.below(first).union(join.leftKeys))
    let rightNeeded = Set(fetched.map { join.columns[$0] }).union(join.rightKeys)
    let right = try run(join.right, needed: .some(rightNeeded)).frame
    let matches = try match(left.frame, right, join)
    context.tellJoin(
      join, matched: matches.matched, unmatched: matches.unmatched,
      multiplied: matches.multiplied, areAboutPeople: (left.frame.people ?? right.people) != nil)
    var frame: Frame
    let rightRows: RowList
    if matches.multiplied == 0 {
      // Every left row stays where it is: only the right columns are fetched.
      frame = left.frame
      if join.unmatched == .drop { frame.narrow(to: matches.matchedRows) }
      rightRows = matches.first
    } else {
      let pairs = try matches.pairs(
        left.frame.selectedRows, keepsUnmatched: join.unmatched == .keep, context)
      frame = try left.frame.gathered(
        pairs.left, needed: needed, isSubset: false, in: context)
      rightRows = pairs.right
    }
    try context.checkCancelled()
    if frame.people == nil, let people = right.people {
      frame.people = people.gathered(rightRows, isSubset: false)
      frame.narrowing = right.narrowing?.gathered(people)
    }
    for index in join.columns.indices {
      if let bits = right.withheld[join.columns[index]] {
        frame.withheld[frame.columns.count] = bits.gathered(rightRows)
      }
      try context.checkCancelled()
      frame.columns.append(
        fetched.contains(index)
          ? right.columns[join.columns[index]].gathered(rightRows, in: context) : .unread)
    }
    try context.checkCancelled()
    return Relation(
      frame: frame, columns: left.columns + plan.columns.suffix(join.columns.count))
  }

  private func match(_ left: Frame, _ right: Frame, _ join: JoinPlan) throws(ExecutionError)
    -> Matches
  {
    var common: CommonCodes?
    for (leftKey, rightKey) in zip(join.leftKeys, join.rightKeys) {
      let pair = try CommonCodes(left.columns[leftKey], right.columns[rightKey], in: context)
      if let known = common {
        common = try CommonCodes(known, pair, in: context)
      } else {
        common = pair
      }
    }
    guard let common else {
      throw .failed("a join needs a column to join on", hint: "'on' names it")
    }
    try context.checkCancelled()
    if common.isUnique {
      return try Matches(
        common.left, left, UniqueRows(common, rightRows: right.selection, in: context), nil,
        context)
    }
    let index = try JoinIndex(
      common, leftRows: left.selection, rightRows: right.selection, in: context)
    return try Matches(common.left, left, index, index.hasRepeats ? index : nil, context)
  }
}

/// What the rows of the left side match.
private struct Matches {
  /// The first right row of each left row, or `noRow`.
  let first: RowList
  let matchedRows: Bitmap
  private(set) var matched = 0
  private(set) var unmatched = 0
  /// Left rows with several right rows.
  private(set) var multiplied = 0
  /// Finds further right rows of the same key, when some key has any.
  private let repeats: JoinIndex?

  init(
    _ codes: Codes, _ left: Frame, _ index: some RightRows, _ repeats: JoinIndex?,
    _ context: ExecutionContext
  ) throws(ExecutionError) {
    self.repeats = repeats
    let rowCount = left.rowCount
    var found = RowList(repeating: noRow, count: rowCount)
    let all = Bitmap(count: rowCount) { words in
      found.withUnsafeMutableBufferPointer { found in
        guard let rows = found.baseAddress.map({ Shared($0) }),
          let bits = words.baseAddress.map({ Shared($0) })
        else { return }
        // Each row is looked up anywhere in the index, so that few of them are worth a thread.
        let chunk = 1 << 14
        parallel(
          workers: context.workers(forRows: 8 * rowCount), items: (rowCount + chunk - 1) / chunk,
          until: context.isCancelled
        ) { _, item in
          let range = item * chunk..<min(rowCount, (item + 1) * chunk)
          switch codes {
          case .bytes(let codes): look(up: codes, range, index, rows.pointer, bits.pointer)
          case .shorts(let codes): look(up: codes, range, index, rows.pointer, bits.pointer)
          case .words(let codes): look(up: codes, range, index, rows.pointer, bits.pointer)
          }
        }
      }
    }
    try context.checkCancelled()
    first = found
    matchedRows = left.selection.map { $0.intersection(all) } ?? all
    matched = matchedRows.setCount
    unmatched = left.selectedCount - matched
    guard let repeats else { return }
    for (word, bits) in matchedRows.words.elements.enumerated() {
      if word & 1023 == 0 { try context.checkCancelled() }
      var rest = bits
      while rest != 0 {
        let row = word << 6 + rest.trailingZeroBitCount
        if repeats.next(after: found[row]) != noRow { multiplied += 1 }
        rest &= rest - 1
      }
    }
  }

  /// The rows of both sides, pair by pair.
  func pairs(_ rows: RowList, keepsUnmatched: Bool, _ context: ExecutionContext)
    throws(ExecutionError) -> (left: RowList, right: RowList)
  {
    var left = RowList()
    var right = RowList()
    left.reserveCapacity(rows.count)
    right.reserveCapacity(rows.count)
    for (index, row) in rows.enumerated() {
      if index & (standardSegmentRows - 1) == 0 { try context.checkCancelled() }
      var match = first[Int(row)]
      if match == noRow, keepsUnmatched {
        left.append(row)
        right.append(noRow)
      }
      while match != noRow {
        left.append(row)
        right.append(match)
        match = repeats?.next(after: match) ?? noRow
      }
    }
    return (left, right)
  }
}

/// The first right row of each left row, and a bit for those that have one.
private func look<Code: FixedWidthInteger & UnsignedInteger>(
  up codes: Buffer<Code>, _ range: Range<Int>, _ index: some RightRows,
  _ rows: UnsafeMutablePointer<UInt32>, _ bits: UnsafeMutablePointer<UInt64>
) {
  let pointer = codes.pointer
  var word: UInt64 = 0
  for row in range {
    let found = index.first(ofCode: UInt32(truncatingIfNeeded: pointer[row]))
    rows[row] = found
    word |= (found == noRow ? 0 : 1) &<< UInt64(row & 63)
    if row & 63 == 63 {
      bits[row &>> 6] = word
      word = 0
    }
  }
  if range.upperBound & 63 != 0 { bits[range.upperBound &>> 6] = word }
}
