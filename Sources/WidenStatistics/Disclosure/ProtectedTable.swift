/// A table as it may leave, with why each withheld cell is.
public struct ProtectedTable: Hashable, Sendable {
  /// Why a cell is withheld; readers see one mark for all of them.
  public enum Reason: Hashable, Sendable {
    /// For its own sake.
    case primary(PrimaryRule)
    /// Because another could be worked out from it.
    case secondary
    /// Because no choice of cells protects those that have to be.
    case wholeTable
  }

  /// What is written into each cell, nil where it is withheld.
  public let written: WrittenTable
  /// Why each withheld cell is.
  public let reasons: [Int: Reason]
  /// The policy that was asked for.
  public let requested: DisclosurePolicy
  /// The policy that was followed: `safe` where the audit did not pass under `hes`.
  public let policy: DisclosurePolicy
  /// What the audit of what is written found.
  public let verdict: AuditVerdict

  /// Whether the audit did not pass under the policy that was asked for.
  public var fellBack: Bool { requested != policy }

  /// Whether nothing of the table may be shown.
  public var isWithheldWhole: Bool { reasons.values.contains(.wholeTable) }

  /// The cells about which something left, for the ledger of what was released.
  ///
  /// Totals that are sums of the published cells say nothing of their own.
  public var releasedCells: [Int] {
    written.cells.indices.filter {
      written.cells[$0] != nil
        && !(policy.totalsAreSumsOfPublished && written.shape.isMargin($0))
    }
  }

  /// The share of a cell in another, from what is published; nil where it is withheld.
  ///
  /// It is when either is, and, where the policy says so, when any cell of the base is: else 41
  /// and 4 withheld become 100 %. Nil, too, for a base of 0.
  public func share(of part: Int, in base: Int) -> Double? {
    let cells = written.cells
    guard cells.indices.contains(part), cells.indices.contains(base),
      let numerator = cells[part], let denominator = cells[base], denominator > 0
    else { return nil }
    if policy.percentagesNeedWholeBase,
      written.shape.members(of: base).contains(where: { cells[$0] == nil })
    {
      return nil
    }
    return Double(numerator) / Double(denominator)
  }
}
