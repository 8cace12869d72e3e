import WidenLanguage

/// What makes a column's values comparable as 64-bit numbers: their display order.
struct OrderKeys {
  /// The key of a missing value: after all others.
  static let missing = UInt64.max

  private let column: Column
  /// Ranks of the codes, from 1, when the codes themselves are not in order.
  private let ranks: [UInt32]?

  /// The keys of a column; `categories` are the order its text is declared to have.
  init(_ column: Column, categories: [String]? = nil) {
    self.column = column
    if case .coded(let coded) = column {
      ranks = displayRanks(coded, categories: categories)
    } else {
      ranks = nil
    }
  }

  /// Whether a higher code is a later value.
  var codesAreInOrder: Bool { ranks == nil }

  /// The key of a code.
  func key(ofCode code: Int) -> UInt64 {
    code == 0 ? OrderKeys.missing : ranks.map { UInt64($0[code]) } ?? UInt64(code)
  }

  /// The keys of these rows; with `isDescending` greater values have smaller keys, and missing
  /// values stay last.
  func keys(of rows: RowList, isDescending: Bool = false, in context: ExecutionContext)
    throws(ExecutionError) -> [UInt64]
  {
    let flip: UInt64 = isDescending ? ~0 : 0
    switch column {
    case .coded(let coded):
      return try context.elements(rows.count) { places, target in
        switch coded.codes {
        case .bytes(let codes): write(codes, rows, places, flip, target)
        case .shorts(let codes): write(codes, rows, places, flip, target)
        case .words(let codes): write(codes, rows, places, flip, target)
        }
      }
    case .integers(let values, let validity):
      return try context.elements(rows.count) { places, target in
        for place in places {
          let row = Int(rows[place])
          target[place] =
            validity?[row] == false
            ? OrderKeys.missing : orderedBits(values.pointer[row]) ^ flip
        }
      }
    case .decimals(let values, let validity):
      return try context.elements(rows.count) { places, target in
        for place in places {
          let row = Int(rows[place])
          target[place] =
            validity?[row] == false
            ? OrderKeys.missing : orderedBits(values.pointer[row]) ^ flip
        }
      }
    }
  }
}

extension OrderKeys {
  private func write<Code: FixedWidthInteger & UnsignedInteger>(
    _ codes: Buffer<Code>, _ rows: RowList, _ places: Range<Int>, _ flip: UInt64,
    _ target: UnsafeMutablePointer<UInt64>
  ) {
    let codes = codes.pointer
    guard let ranks else {
      for place in places {
        let code = UInt64(truncatingIfNeeded: codes[Int(rows[place])])
        target[place] = code == 0 ? OrderKeys.missing : code ^ flip
      }
      return
    }
    ranks.withUnsafeBufferPointer { ranks in
      for place in places {
        let code = Int(truncatingIfNeeded: codes[Int(rows[place])])
        target[place] = code == 0 ? OrderKeys.missing : UInt64(ranks[code]) ^ flip
      }
    }
  }
}

/// Bits that are in order when the numbers are.
func orderedBits(_ number: Int) -> UInt64 {
  UInt64(bitPattern: Int64(number)) ^ (1 << 63)
}

/// Bits that are in order when the numbers are; both zeros have the same.
func orderedBits(_ number: Double) -> UInt64 {
  let bits = (number + 0).bitPattern
  return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
}

/// The whole number with these ordered bits.
func integer(ofOrderedBits bits: UInt64) -> Int { Int(Int64(bitPattern: bits ^ (1 << 63))) }

/// The number with these ordered bits.
func decimal(ofOrderedBits bits: UInt64) -> Double {
  Double(bitPattern: bits >> 63 == 1 ? bits & ~(1 << 63) : ~bits)
}

/// The display rank of each code, from 1, or nil when the codes are in order.
private func displayRanks(_ column: CodedColumn, categories: [String]?) -> [UInt32]? {
  guard case .text(let dictionary) = column.domain else { return nil }
  if let categories, !categories.isEmpty, dictionary.count <= 1 << 16 {
    return ranks(dictionary, categories: categories)
  }
  guard !dictionary.isInDisplayOrder else { return nil }
  let ranks = dictionary.ranks { dictionary in
    var ranks = [UInt32](repeating: 0, count: dictionary.count + 1)
    for (rank, index) in displayOrder(of: dictionary).enumerated() {
      ranks[Int(index) + 1] = UInt32(rank + 1)
    }
    return ranks
  }
  let others = column.cardinality - ranks.count
  return others > 0 ? ranks + [UInt32](repeating: 0, count: others) : ranks
}

/// Declared values in their order, then the others in display order.
private func ranks(_ dictionary: TextDictionary, categories: [String]) -> [UInt32]? {
  var positions: [String: Int] = [:]
  for (position, category) in categories.enumerated() where positions[category] == nil {
    positions[category] = position
  }
  let values = dictionary.values
  let found = values.map { positions[$0] ?? Int.max }
  let order = values.indices.sorted { left, right in
    if found[left] != found[right] { return found[left] < found[right] }
    if found[left] != Int.max { return left < right }
    return dictionary.isInDisplayOrder ? left < right : isShownBefore(values[left], values[right])
  }
  if order.elementsEqual(values.indices) { return nil }
  var ranks = [UInt32](repeating: 0, count: values.count + 1)
  for (rank, index) in order.enumerated() { ranks[index + 1] = UInt32(rank + 1) }
  return ranks
}
