import WidenLanguage

/// Up to this many different values are put in display order, so that their codes can be compared.
private let sortedLimit = 65_536

/// Text, or yes and no, from the dictionaries of all threads; nil for more than 4 GiB of values.
///
/// A column that is to stay text is never yes and no, and nothing about it is odd.
func textColumn(
  _ chunks: [ColumnChunk], _ rows: Int, _ texts: [CellIndex?], staysText: Bool
) -> AssembledColumn? {
  let merged = texts.lazy.compactMap { $0 }.first ?? CellIndex()
  let work = chunks.first?.work
  var isStopped = false
  // Once stopped, nothing that is made is used.
  func mustStop() -> Bool {
    isStopped = isStopped || work?.mustStop() == true
    return isStopped
  }
  // For each thread, its codes to those of the merged dictionary.
  var tables = texts.map { text in
    guard let text, text !== merged else {
      return (0...(text?.count ?? 0)).map { UInt32(truncatingIfNeeded: $0) }
    }
    return merged.adopt(text, mustStop: mustStop)
  }
  if isStopped || merged.isFull || texts.contains(where: { $0?.isFull ?? false }) { return nil }
  let order = displayOrder(merged)
  let boolean = staysText ? nil : booleanCodes(merged)
  var final = [UInt32](repeating: 0, count: merged.count + 1)
  for (position, index) in order.indices.enumerated() {
    final[index + 1] = boolean?[index] ?? UInt32(position + 1)
  }
  for thread in tables.indices { tables[thread] = tables[thread].map { final[Int($0)] } }
  let cardinality = boolean == nil ? merged.count + 1 : 3
  let codes = Codes(rows: rows, cardinality: cardinality, among: work?.pages) { writer in
    eachForGood(chunks) { chunk, start in
      tables[chunk.chunk.worker].withUnsafeBufferPointer { table in
        if let base = table.baseAddress { writer.write(chunk, at: start, table: base) }
      }
    }
  }
  let hasMissing = chunks.contains(where: \.hasMissing)
  let domain: Domain =
    boolean == nil
    ? .text(dictionary(merged, order.indices, order.isDisplayOrder, mustStop)) : .boolean
  return AssembledColumn(
    data: .coded(
      CodedColumn(
        codes: codes, domain: domain, cardinality: cardinality, hasMissing: hasMissing,
        isUnique: !hasMissing && boolean == nil && merged.count == rows)),
    oddities: boolean == nil && !staysText ? textOddities(merged, mustStop) : [])
}

/// Identifiers: the numbers in them where there are many, else a dictionary like all other text.
func identifierColumn(_ chunks: [ColumnChunk], _ rows: Int, _ shape: IdentifierShape) -> Column {
  let prefix = shape.prefixText
  let numbers = codedColumn(chunks, rows) {
    .identifier(prefix: prefix, digits: shape.digits, minimum: $0)
  }
  guard case .coded(let column) = numbers else { return numbers }
  guard let distinct = fewCodes(column) else { return numbers }
  let values = distinct.map { code -> String in
    if case .text(let value) = column.domain.value(of: Int(code)) { value } else { "" }
  }
  let codes = Codes(count: rows, cardinality: distinct.count + 1) { row in
    let code = column.codes[row]
    return code == 0 ? 0 : rank(UInt32(code), in: distinct) + 1
  }
  return .coded(
    CodedColumn(
      codes: codes, domain: .text(TextDictionary(values)), cardinality: distinct.count + 1,
      hasMissing: column.hasMissing,
      isUnique: !column.hasMissing && distinct.count == rows))
}

extension CellIndex {
  /// For each code of another index the code of its value here, where it is added if it is new; less
  /// than all when `mustStop`, which is asked now and then, says so.
  fileprivate func adopt(_ other: CellIndex, mustStop: () -> Bool) -> [UInt32] {
    var codes: [UInt32] = [0]
    codes.reserveCapacity(other.count + 1)
    let batch = 32
    return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: batch) { hashes in
      for start in stride(from: 0, to: other.count, by: batch) {
        if start & 0xFFFF == 0, mustStop() { break }
        let some = start..<min(other.count, start + batch)
        for index in some {
          let bytes = other.bytes(index)
          if let base = bytes.baseAddress { hashes[index - start] = expect(base, bytes.count) }
        }
        for index in some {
          let bytes = other.bytes(index)
          let place = other.place(index)
          let code =
            bytes.baseAddress.map {
              self.code($0, bytes.count, hash: hashes[index - start], place: place)
            } ?? 0
          if code > 0 { appears(code, at: place) }
          codes.append(code)
        }
      }
      return codes
    }
  }
}

/// The indices of values in display order, or in order of appearance when there are too many.
private func displayOrder(_ text: CellIndex) -> (indices: [Int], isDisplayOrder: Bool) {
  if text.count > sortedLimit { return (inOrderOfAppearance(text), false) }
  var indices = Array(0..<text.count)
  indices.sort { compareNaturally(text.bytes($0), text.bytes($1)) < 0 }
  return (indices, true)
}

/// The indices of values by where they appear first.
///
/// A thread meets values in the order of the file, so those of two threads that share none are merged.
private func inOrderOfAppearance(_ text: CellIndex) -> [Int] {
  guard let middle = endOfRun(text, from: 0), endOfRun(text, from: middle) == nil else {
    return endOfRun(text, from: 0) == nil ? Array(0..<text.count) : sortedByPlace(text)
  }
  return [Int](unsafeUninitializedCapacity: text.count) { indices, filled in
    var (left, right) = (0, middle)
    for index in 0..<text.count {
      let isLeft =
        right == text.count || left < middle && text.place(left) < text.place(right)
      indices[index] = isLeft ? left : right
      left += isLeft ? 1 : 0
      right += isLeft ? 0 : 1
    }
    filled = text.count
  }
}

/// The first value that appears before the one before it; nil when there is none.
private func endOfRun(_ text: CellIndex, from start: Int) -> Int? {
  (start + 1..<max(start + 1, text.count)).first { text.place($0) < text.place($0 - 1) }
}

/// The same for values in any order: sorted by their bits, since they are many.
private func sortedByPlace(_ text: CellIndex) -> [Int] {
  let (rows, spare) = (
    Scratch<KeyedRow>(count: text.count), Scratch<KeyedRow>(count: text.count)
  )
  var all = 0
  for index in 0..<text.count {
    let place = text.place(index)
    rows[index] = KeyedRow(
      key: UInt64(place.magnitude), row: UInt32(truncatingIfNeeded: index))
    all |= place
  }
  PartSorter { false }.sort(
    rows.pointer, spare.pointer, text.count, bits: Int.bitWidth - all.leadingZeroBitCount,
    intoSpare: false)
  return rows.elements.map { Int($0.row) }
}

private func dictionary(
  _ text: CellIndex, _ order: [Int], _ isDisplayOrder: Bool, _ mustStop: () -> Bool
) -> TextDictionary {
  var offsets: [UInt32] = [0]
  offsets.reserveCapacity(order.count + 1)
  let arena = Buffer<UInt8>(count: text.bytesUsed) { target in
    var used = 0
    for index in order {
      if offsets.count & 0xFFFF == 0, mustStop() { break }
      let bytes = text.bytes(index)
      if let from = bytes.baseAddress, let to = target.baseAddress {
        (to + used).update(from: from, count: bytes.count)
      }
      used += bytes.count
      offsets.append(UInt32(used))
    }
  }
  return TextDictionary(arena: arena, offsets: Buffer(offsets), isInDisplayOrder: isDisplayOrder)
}

/// 1 for no and 2 for yes by value, when the values are `yes` and `no`, or `true` and `false`, in any
/// capitals, and nothing else.
private func booleanCodes(_ text: CellIndex) -> [UInt32]? {
  // No more values than there are ways to write the four words with capitals.
  guard (1...64).contains(text.count) else { return nil }
  let words = (0..<text.count).map {
    String(decoding: text.bytes($0), as: UTF8.self).lowercased()
  }
  for (no, yes) in [("no", "yes"), ("false", "true")]
  where words.allSatisfy({ $0 == no || $0 == yes }) {
    return words.map { $0 == yes ? 2 : 1 }
  }
  return nil
}

/// The different codes in order, missing left out; nil when they are too many for a dictionary.
private func fewCodes(_ column: CodedColumn) -> [UInt32]? {
  let rows = column.codes.count
  // A value costs its bytes and an offset, a row two bytes less than it does as a number.
  let most = min(sortedLimit, max(1000, rows / 8))
  if column.isUnique, rows > most { return nil }
  if column.cardinality <= 64 * rows + 65_536, distinctCount(column) > most { return nil }
  var found = Set<UInt32>()
  for row in 0..<rows where found.count <= most { found.insert(UInt32(column.codes[row])) }
  found.remove(0)
  return found.count > most ? nil : found.sorted()
}

private func rank(_ code: UInt32, in sorted: [UInt32]) -> Int {
  var low = 0
  var high = sorted.count
  while low < high {
    let middle = (low + high) / 2
    if sorted[middle] < code { low = middle + 1 } else { high = middle }
  }
  return low
}
