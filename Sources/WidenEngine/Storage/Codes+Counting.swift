extension Codes {
  /// How many rows have each code; all codes are below `cardinality`.
  ///
  /// Counted once for a column, since every text in a condition is looked for among them.
  func counts(below cardinality: Int) -> [Int] {
    switch self {
    case .bytes(let codes): codes.counts { counted($0, below: cardinality) }
    case .shorts(let codes): codes.counts { counted($0, below: cardinality) }
    case .words(let codes): codes.counts { counted($0, below: cardinality) }
    }
  }
}

private func counted<Code: FixedWidthInteger & UnsignedInteger>(
  _ codes: Buffer<Code>, below cardinality: Int
) -> [Int] {
  var counts = [Int](repeating: 0, count: cardinality)
  counts.withUnsafeMutableBufferPointer { counts in
    for code in codes.elements { counts[Int(truncatingIfNeeded: code)] &+= 1 }
  }
  return counts
}
