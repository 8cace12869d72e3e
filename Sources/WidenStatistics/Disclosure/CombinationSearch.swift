/// Finds the cells that, combined with what was released, give a small group of people away.
///
/// People are grouped by which cells they are in; a cell is then a sum of groups, and what follows
/// from all released counts is the span of those sums. Few people follow if the vector of their
/// groups is in the span (see `SmallGroups`).
struct CombinationSearch {
  private let ledger: Ledger
  private let candidates: [Int]
  private let vectors: [Int: [Int]]
  private let released: [[Int]]
  private let sizes: [Int]
  private let firstSmall: Int
  private let people: [UInt32]
  private let threshold: Int
  private let isBounded: Bool

  init(ledger: Ledger, cells: [RecordSet], candidates: [Int], threshold: Int, work: Int) {
    var atoms = ledger.atoms
    for index in candidates { atoms.split(by: cells[index]) }
    let groups = atoms.members.sorted { ($1.size, $0.person) < ($0.size, $1.person) }
    // Elimination takes about rows × rows × columns steps; the latest rows are kept.
    var kept = ledger.releases.count
    while kept > 1, isMore(kept + candidates.count, groups.count, than: work) {
      kept = kept * 3 / 4
    }
    func vector(_ cell: RecordSet) -> [Int] {
      groups.map { cell.contains($0.person) ? 1 : 0 }
    }
    self.ledger = ledger
    self.candidates = candidates
    self.threshold = threshold
    isBounded = kept < ledger.releases.count
    released = ledger.releases.suffix(kept).map { vector($0.records) }
    vectors = Dictionary(
      uniqueKeysWithValues: candidates.map { ($0, vector(cells[$0])) })
    sizes = groups.map(\.size)
    people = groups.map(\.person)
    firstSmall = sizes.firstIndex { $0 <= threshold } ?? sizes.count
  }

  /// The exports that play a part, for each cell that has to be withheld.
  func run() -> (exports: [Int: [String]], isPartial: Bool) {
    var earlier = Span()
    for vector in released { earlier.insert(vector) }
    var isPartial = isBounded || earlier.isPartial
    let known = smallGroups(in: earlier)
    isPartial = isPartial || known.isPartial
    var masked: [Int: [String]] = [:]
    // Each cell that is withheld leaves less for the table itself to give away; so until none is.
    while true {
      let pass = pass(over: earlier, known: known.groups, masked: masked)
      isPartial = isPartial || pass.isPartial
      if pass.masked.count == masked.count { break }
      masked = pass.masked
    }
    return (masked, isPartial)
  }

  private func pass(over earlier: Span, known: [[Int]], masked: [Int: [String]])
    -> (masked: [Int: [String]], isPartial: Bool)
  {
    var own = Span()
    for index in candidates where masked[index] == nil { own.insert(vectors[index] ?? []) }
    var masked = masked
    var all = earlier
    var isPartial = own.isPartial
    var seen = Set(known)
    for index in candidates where masked[index] == nil {
      var next = all
      guard next.insert(vectors[index] ?? []) || next.isPartial else { continue }
      let found = smallGroups(in: next)
      isPartial = isPartial || found.isPartial || next.isPartial
      let new = found.groups.filter { group in
        !seen.contains(group) && own.contains(vector(group)) != true
      }
      if let group = new.first {
        let exports = exports(meeting: group)
        // People who were in no earlier export follow from others who were in one with this cell.
        masked[index] = exports.isEmpty ? self.exports(meeting: columns(of: index)) : exports
      } else {
        seen.formUnion(found.groups)
        all = next
      }
    }
    return (masked, isPartial)
  }

  private func smallGroups(in span: Span) -> SmallGroups {
    SmallGroups(in: span, sizes: sizes, firstSmall: firstSmall, threshold: threshold)
  }

  private func vector(_ group: [Int]) -> [Int] {
    var vector = [Int](repeating: 0, count: sizes.count)
    for column in group { vector[column] = 1 }
    return vector
  }

  private func columns(of candidate: Int) -> [Int] {
    let vector = vectors[candidate] ?? []
    return vector.indices.filter { vector[$0] != 0 }
  }

  /// The exports with a cell that has some of the people, the earliest first.
  private func exports(meeting group: [Int]) -> [String] {
    var exports: [String] = []
    for release in ledger.releases where !exports.contains(release.export) {
      if group.contains(where: { release.records.contains(people[$0]) }) {
        exports.append(release.export)
      }
    }
    return exports
  }
}

private func isMore(_ rows: Int, _ columns: Int, than work: Int) -> Bool {
  let (square, isTooMuch) = rows.multipliedReportingOverflow(by: rows)
  let (steps, isFarTooMuch) = square.multipliedReportingOverflow(by: columns)
  return isTooMuch || isFarTooMuch || steps > work
}
