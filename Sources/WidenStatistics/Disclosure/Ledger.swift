/// What has been released, so that no difference of two exports gives a few people away.
///
/// Cells are remembered as sets of people, not as numbers: the same people are found however a
/// query was worded.
public struct Ledger: Sendable {
  /// A cell that was released.
  public struct Release: Hashable, Sendable {
    /// The people behind it.
    public var records: RecordSet
    /// What it was released in, for the message.
    public var export: String
    /// The policy that it was released under.
    public var policy: DisclosurePolicy
  }

  /// Why a cell may not be released; it names exports, never a count.
  public enum Finding: Hashable, Sendable {
    /// It nests with a released one and differs by few people.
    case difference(export: String)
    /// With what was released in these exports, a combination gives a few people away.
    case combination(exports: [String])
    /// The same people were released under another policy, and the two together tell more.
    case otherPolicy(export: String, policy: DisclosurePolicy)
    /// The same people were withheld under another policy, and would be narrowed down.
    case withheldBefore(policy: DisclosurePolicy)
  }

  /// What a check found.
  public struct Check: Hashable, Sendable {
    /// Why each cell that may not leave may not, by its place in the list that was checked.
    public var findings: [Int: Finding]
    /// Whether combinations were looked for in a part of what was released only.
    public var isPartial: Bool
  }

  /// What was released, the earliest first.
  public private(set) var releases: [Release] = []
  /// What was asked for and withheld, the earliest first.
  public private(set) var refusals: [Release] = []
  private var policyOfRefusal: [RecordSet: DisclosurePolicy] = [:]
  private var placesByCount: [Int: [Int]] = [:]
  private var placeOfSet: [RecordSet: Int] = [:]
  private(set) var atoms = Atoms()

  /// Whether anything has been released.
  public var isUsed: Bool { !releases.isEmpty || !refusals.isEmpty }

  /// A ledger in which nothing has been released.
  public init() {}

  /// Notes that cells were released.
  public mutating func record(
    _ cells: [RecordSet], export: String, policy: DisclosurePolicy
  ) {
    for cell in cells where cell.count > 0 && placeOfSet[cell] == nil {
      placeOfSet[cell] = releases.count
      placesByCount[cell.count, default: []].append(releases.count)
      releases.append(Release(records: cell, export: export, policy: policy))
      atoms.split(by: cell)
    }
  }

  /// Notes that cells were withheld.
  public mutating func record(
    withheld cells: [RecordSet], export: String, policy: DisclosurePolicy
  ) {
    for cell in cells
    where cell.count > 0 && policyOfRefusal[cell] == nil && placeOfSet[cell] == nil {
      policyOfRefusal[cell] = policy
      refusals.append(Release(records: cell, export: export, policy: policy))
    }
  }

  /// Which cells of a table may not be released beside what was.
  ///
  /// The table's own cells are not compared with each other: that is what its policy is for. A
  /// cell that was released before may be again, under the same policy.
  ///
  /// - Parameter work: how many steps the search for combinations may take; beyond it only the
  ///   latest releases are combined, and the check says that it is partial.
  /// - Parameter areStandIns: whether the sets are of stand-ins, of which only sums and differences of
  ///   two are looked for.
  public func check(
    _ cells: [RecordSet], policy: DisclosurePolicy, work: Int = 2_000_000_000,
    areStandIns: Bool = false
  ) -> Check {
    var findings: [Int: Finding] = [:]
    var candidates: [Int] = []
    // Nobody is in many cells, and says nothing about anybody.
    for (index, cell) in cells.enumerated() where cell.count > 0 {
      if let place = placeOfSet[cell] {
        let earlier = releases[place]
        if earlier.policy != policy {
          findings[index] = .otherPolicy(export: earlier.export, policy: earlier.policy)
        }
      } else if let earlier = policyOfRefusal[cell], earlier != policy {
        findings[index] = .withheldBefore(policy: earlier)
      } else if let earlier = neighbour(of: cell, threshold: policy.threshold) {
        findings[index] = .difference(export: earlier.export)
      } else {
        candidates.append(index)
      }
    }
    if areStandIns {
      let found = sumsOfStandIns(cells, candidates: candidates, threshold: policy.threshold)
      for (index, exports) in found { findings[index] = .combination(exports: exports) }
      return Check(findings: findings, isPartial: false)
    }
    if releases.isEmpty || candidates.isEmpty {
      return Check(findings: findings, isPartial: false)
    }
    let search = CombinationSearch(
      ledger: self, cells: cells, candidates: candidates, threshold: policy.threshold, work: work)
    let found = search.run()
    for (index, exports) in found.exports { findings[index] = .combination(exports: exports) }
    return Check(findings: findings, isPartial: found.isPartial)
  }

  /// A released cell of which this one is all but a few people, or the other way round.
  ///
  /// Of nested sets the difference has as many people as their counts differ by, so only cells of
  /// nearly the same count are looked at.
  private func neighbour(of cell: RecordSet, threshold: Int) -> Release? {
    var first: Int?
    for difference in 1...max(1, threshold) where threshold > 0 {
      for (count, isSmaller) in [(cell.count - difference, true), (cell.count + difference, false)]
      {
        for place in placesByCount[count] ?? [] where place < first ?? Int.max {
          let other = releases[place].records
          if isSmaller ? other.isSubset(of: cell) : cell.isSubset(of: other) {
            first = place
          }
        }
      }
    }
    return first.map { releases[$0] }
  }
}

/// The finest groups of people that the released cells tell apart.
struct Atoms: Sendable {
  /// The group of each person, by number; group 0 is in no cell.
  private(set) var groups: [Int32] = []
  private(set) var sizes: [Int] = [0]

  /// Splits every group that a cell cuts in two.
  mutating func split(by cell: RecordSet) {
    var moved: [Int32: Int32] = [:]
    cell.forEach { number in
      let index = Int(number)
      if index >= groups.count {
        groups.append(
          contentsOf: repeatElement(0, count: index + 1 - groups.count))
      }
      let old = groups[index]
      let new: Int32
      if let known = moved[old] {
        new = known
      } else {
        new = Int32(sizes.count)
        moved[old] = new
        sizes.append(0)
      }
      groups[index] = new
      sizes[Int(new)] += 1
      if old != 0 { sizes[Int(old)] -= 1 }
    }
  }

  /// One person and the size of each group that has any.
  var members: [(person: UInt32, size: Int)] {
    var members: [(person: UInt32, size: Int)] = []
    var isSeen = [Bool](repeating: false, count: sizes.count)
    isSeen[0] = true
    for (person, group) in groups.enumerated() where !isSeen[Int(group)] {
      isSeen[Int(group)] = true
      members.append((UInt32(person), sizes[Int(group)]))
    }
    return members
  }
}
