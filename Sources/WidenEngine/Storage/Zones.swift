import CKernels

/// For each stretch of a column's codes, what is in it: filters pass over stretches that cannot
/// match, or match as a whole, without looking at their rows.
///
/// A column in the order of its values, such as dates, has hardly any other stretches.
struct Zones: Sendable {
  /// What a filter can know of a stretch.
  enum Match: Sendable {
    case none, some, all
  }

  private let rowsPerZone: Int
  private let zones: [CodeZone]

  /// The zones of some codes.
  init(rowsPerZone: Int, count: Int, _ zone: (Range<Int>) -> CodeZone) {
    self.rowsPerZone = rowsPerZone
    zones = stride(from: 0, to: count, by: rowsPerZone).map { start in
      zone(start..<min(count, start + rowsPerZone))
    }
  }

  /// How many rows have a code in one of some ranges, which are in order and apart.
  func match(_ ranges: [Range<Int>], rows: Range<Int>) -> Match {
    guard !rows.isEmpty else { return .none }
    let first = rows.lowerBound / rowsPerZone
    let last = (rows.upperBound - 1) / rowsPerZone
    let match = zones[first].match(ranges)
    for zone in zones[first...last].dropFirst() where zone.match(ranges) != match { return .some }
    return match
  }

  /// The only code of the rows; nil when there are others.
  func onlyCode(rows: Range<Int>) -> Int? {
    guard !rows.isEmpty else { return nil }
    let first = zones[rows.lowerBound / rowsPerZone]
    guard let code = first.onlyCode else { return nil }
    let isSame = zones[rows.lowerBound / rowsPerZone...(rows.upperBound - 1) / rowsPerZone]
      .allSatisfy { $0.onlyCode == code }
    return isSame ? code : nil
  }
}

extension CodeZone {
  fileprivate func match(_ ranges: [Range<Int>]) -> Zones.Match {
    let isEmpty = least > greatest
    let zeroIsIn = ranges.contains { $0.contains(0) }
    let overlaps =
      !isEmpty
      && ranges.contains { $0.lowerBound <= Int(greatest) && Int(least) < $0.upperBound }
    let covers =
      isEmpty
      || ranges.contains { $0.lowerBound <= Int(least) && Int(greatest) < $0.upperBound }
    if !overlaps, hasMissing == 0 || !zeroIsIn { return .none }
    return covers && (hasMissing == 0 || zeroIsIn) ? .all : .some
  }

  fileprivate var onlyCode: Int? {
    if least > greatest { return 0 }
    return least == greatest && hasMissing == 0 ? Int(least) : nil
  }
}

extension Codes {
  /// What stretches of `rowsPerZone` rows hold, or of as many as were asked for first; nil the first
  /// time.
  func zones(rowsPerZone: Int) -> Zones? {
    switch self {
    case .bytes(let codes):
      codes.zones { codes in
        Zones(rowsPerZone: rowsPerZone, count: codes.count) {
          kernel_zone_of_bytes(processorLevel, codes.pointer + $0.lowerBound, $0.count)
        }
      }
    case .shorts(let codes):
      codes.zones { codes in
        Zones(rowsPerZone: rowsPerZone, count: codes.count) {
          kernel_zone_of_shorts(processorLevel, codes.pointer + $0.lowerBound, $0.count)
        }
      }
    case .words(let codes):
      codes.zones { codes in
        Zones(rowsPerZone: rowsPerZone, count: codes.count) {
          kernel_zone_of_words(processorLevel, codes.pointer + $0.lowerBound, $0.count)
        }
      }
    }
  }
}
