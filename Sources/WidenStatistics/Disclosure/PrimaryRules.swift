/// The cells that a policy withholds for their own sake, before any is withheld for another's.
public enum PrimaryRule: Hashable, Sendable {
  /// From 1 to the threshold people.
  case smallCount
  /// Everybody in its line has the same value of a special-category column.
  case attribute
  /// The caller's reason, such as a difference from an earlier export, or dominance.
  case given
}

extension DisclosurePolicy {
  /// The cells of a table that are withheld for their own sake, and why; margins included.
  public func primaryCells(of table: CountTable) -> [Int: PrimaryRule] {
    guard method != .none else { return [:] }
    var primary: [Int: PrimaryRule] = [:]
    for cell in attributeCells(of: table) { primary[cell] = .attribute }
    for (cell, count) in table.counts.enumerated()
    where isSmall(count) && !table.isStructuralZero[cell] {
      primary[cell] = .smallCount
    }
    return primary
  }

  /// The cells of the lines in which everybody shares one value of a special-category column.
  ///
  /// All inner cells of such a line are named, for masked alone the one that counts somebody
  /// follows from the total and the zeros. A line of a single level says only what was asked for.
  /// (Group attribute disclosure: Hundepool and others, "Statistical Disclosure Control", Wiley
  /// 2012.)
  public func attributeCells(of table: CountTable) -> [Int] {
    let shape = table.shape
    var found: [Int] = []
    for (number, dimension) in shape.dimensions.enumerated()
    where dimension.isSpecialCategory && dimension.levels > 1 {
      let stride = shape.strides[number]
      for first in 0..<shape.cellCount where shape.place(of: first, along: number) == 0 {
        let line = (0..<dimension.levels).map { first + $0 * stride }
          .filter { !table.isStructuralZero[$0] }
        if line.count > 1, line.count(where: { table.counts[$0] > 0 }) == 1 {
          found.append(contentsOf: line)
        }
      }
    }
    return found
  }

  /// Whether a mean, a median or a sum is withheld because too few people stand behind it.
  public func isGroupTooSmall(_ people: Int) -> Bool {
    method != .none && people < smallestGroup
  }

  /// Whether a rate, ratio or interval is withheld.
  ///
  /// It is when its numerator, its denominator or their difference is: with 45 people of whom
  /// 41 are counted, the 4 others follow.
  public func isRateWithheld(numerator: Int, denominator: Int) -> Bool {
    isSmall(numerator) || isSmall(denominator) || isSmall(abs(denominator - numerator))
  }
}

/// When few contributors make up nearly all of a sum of money, so that it gives them away.
///
/// L. Willenborg and T. de Waal, "Elements of Statistical Disclosure Control", Springer 2001,
/// and Hundepool and others, "Statistical Disclosure Control", Wiley 2012.
public enum DominanceRule: Hashable, Sendable {
  /// (n, k): the n largest contributors make up k % or more.
  case share(largest: Int, percent: Double)
  /// p %: what is left after the two largest is less than p % of the largest, so that the second
  /// knows the first to within p %.
  case remainder(percent: Double)

  /// The rules for sums of money: the two largest 90 %, and 10 % of the largest.
  public static let standard: [DominanceRule] = [
    .share(largest: 2, percent: 90), .remainder(percent: 10),
  ]

  /// Whether a sum is withheld, given what each contributor adds; signs do not matter.
  ///
  /// A sum to which nobody contributes anything is not.
  public func isDominated(_ contributions: [Double]) -> Bool {
    let sizes = contributions.map(abs).sorted(by: >)
    let total = sizes.reduce(0, +)
    guard total > 0 else { return false }
    switch self {
    case .share(let largest, let percent):
      return sizes.prefix(max(0, largest)).reduce(0, +) * 100 >= percent * total
    case .remainder(let percent):
      return sizes.dropFirst(2).reduce(0, +) * 100 < percent * sizes[0]
    }
  }
}
