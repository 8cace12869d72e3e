/// Sets of stand-ins, for people whose records are somewhere else.
///
/// Chance puts each person into one of 64 parts, and a set has as many stand-ins for a part as it has
/// people in it: numbers `0, 1, …` times 64 and the part. Numbers of people in parts add up as
/// the people do, so that sums and differences of sets can be looked for without knowing anybody.
struct StandIns {
  /// How many people each part has.
  let parts: [Int]
  let count: Int

  init(_ records: RecordSet) {
    var parts = [Int](repeating: 0, count: 64)
    records.forEach { parts[Int($0 & 63)] += 1 }
    self.parts = parts
    count = records.count
  }

  /// Whether one set has all people of two others, or the other way round, but for a few.
  ///
  /// Sets that only seem to nest are found, too, when they are very small.
  static func differ(
    _ whole: StandIns, from one: StandIns, and other: StandIns, byAtMost threshold: Int
  ) -> Bool {
    let difference = whole.count - one.count - other.count
    guard difference != 0, abs(difference) <= threshold else { return false }
    let sign = difference.signum()
    return whole.parts.indices.allSatisfy { part in
      (whole.parts[part] - one.parts[part] - other.parts[part]) * sign >= 0
    }
  }
}

extension Ledger {
  /// The cells that with one or two others, released or beside them, give a few people away; and the
  /// exports that they were released in.
  func sumsOfStandIns(_ cells: [RecordSet], candidates: [Int], threshold: Int) -> [Int: [String]] {
    let earlier = releases.map { (StandIns($0.records), $0.export) }
    let own = cells.map { StandIns($0) }
    var findings: [Int: [String]] = [:]
    for index in candidates {
      let cell = own[index]
      let beside = own.indices.filter { $0 != index && own[$0].count > 0 }.map { own[$0] }
      search: for (one, export) in earlier {
        let others = earlier.map { ($0.0, [export, $0.1]) } + beside.map { ($0, [export]) }
        for (other, exports) in others {
          if StandIns.differ(cell, from: one, and: other, byAtMost: threshold)
            || StandIns.differ(one, from: cell, and: other, byAtMost: threshold)
            || StandIns.differ(other, from: cell, and: one, byAtMost: threshold)
          {
            var names: [String] = []
            for name in exports where !names.contains(name) { names.append(name) }
            findings[index] = names
            break search
          }
        }
      }
    }
    return findings
  }
}
