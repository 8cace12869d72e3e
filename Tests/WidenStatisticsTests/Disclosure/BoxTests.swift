import Testing
import WidenStatistics

@Suite("Disclosure: secondary suppression and its audit")
struct BoxTests {
  /// Statistics Norway's tables of regions by source of income, and of accidents by municipality.
  ///
  /// The number of small cells is that of GaussSuppression, and its number withheld is the
  /// last argument; its own vignettes do not ask for a window.
  @Test(arguments: [(regions, 1, 1, 4), (regions, 7, 7, 10), (accidents, 7, 18, 18)])
  func published(_ counts: String, threshold: Int, small: Int, package: Int) throws {
    let policy = try DisclosurePolicy(.suppress, threshold: threshold, base: 1, window: 5)
    let table = try countTable(counts)
    #expect(policy.primaryCells(of: table).count == small)
    let found = try protect(table, policy: policy)
    #expect(found.verdict.isSafe)
    #expect(Double(found.verdict.withheld) <= 1.5 * Double(package))
  }

  private static let regions = """
    11 11 55 36 / 7 1 29 18 / 5 8 35 25 / 13 2 17 13 / 9 14 63 52 / 12 9 24 22 / 6 4 22 8 /
    9 3 38 15
    """
  private static let accidents =
    "4 0 0 0 / 5 0 1 0 / 3 2 1 0 / 4 1 4 0 / 1 0 0 0 / 6 0 0 0"

  /// Two or more of each line are withheld, and yet one follows: two rows less two columns.
  @Test func twoOfEachLineIsNotEnough() throws {
    let written = try writtenTable(
      "c c 20 30 57 / c c c 40 53 / 50 60 c c 120 / 10 20 c c 39 / 68 90 33 78 269")
    #expect(cellsThatFollow(from: written) == [7])
    let verdict = try audit(written, policy: .suppress)
    #expect(verdict.problems.contains(AuditProblem(cell: 7, kind: .exact, range: 2...2)))
    let table = try countTable("3 4 20 30 / 5 6 2 40 / 50 60 7 3 / 10 20 4 5")
    #expect(try protect(table, policy: .suppress).verdict.isSafe)
  }

  @Test func structuralZeros() throws {
    // The empty corner is no corner when everybody knows that it is empty.
    let table = try countTable("3 30 / 20 0")
    let free = secondarySuppression(of: table, primary: [0], window: 3)
    #expect(free.secondary == [1, 3, 4])
    let known = try countTable("3 30 / 20 0", zeros: [4])
    let bound = secondarySuppression(of: known, primary: [0], window: 3)
    #expect(bound.unprotected.isEmpty)
    #expect(!bound.secondary.contains(4))
    // Nothing can hide a cell whose every companion is known.
    let alone = try countTable("3 0", zeros: [1])
    let found = try protect(alone, policy: .suppress)
    #expect(found.written.cells == [nil, 0, nil])
  }

  @Test func levelsWithoutTotalDoNotConstrain() throws {
    let table = try countTable("3 30 / 20 10", hasTotal: false)
    #expect(secondarySuppression(of: table, primary: [0], window: 5).secondary.isEmpty)
  }

  @Test func dimensionsAreLimited() throws {
    #expect(throws: DisclosureError.dimensions(5)) {
      try TableShape([TableShape.Dimension](repeating: .init(levels: 2), count: 5))
    }
    #expect(throws: DisclosureError.noLevels(dimension: 0)) { try TableShape([.init(levels: 0)]) }
    #expect(throws: DisclosureError.tooManyCells(limit: 200_000)) {
      try TableShape([.init(levels: Int.max / 2), .init(levels: 9)])
    }
  }

  @Test func exactAndNarrow() throws {
    let exact = try audit(writtenTable("c 20 30 55"), policy: .suppress)
    #expect(exact.problems == [AuditProblem(cell: 0, kind: .exact, range: 5...5)])
    let narrow = try audit(writtenTable("c c 30 34"), policy: .suppress)
    #expect(narrow.problems.map(\.range) == [0...4, 0...4])
    #expect(try audit(writtenTable("c c 30 35"), policy: .suppress).isSafe)
    let small = try audit(writtenTable("3 12 15"), policy: .suppress)
    #expect(small.problems == [AuditProblem(cell: 0, kind: .small)])
    #expect(throws: DisclosureError.notAdditive) {
      try audit(writtenTable("c 20 30 45"), policy: .suppress)
    }
  }

  @Test func roundedTotals() throws {
    // 8 to 12 and 8 to 12: the mark is from 1 to 4, and a mark means 7 at most.
    let written = try writtenTable("c 10 10")
    let verdict = try audit(written, policy: .hes, marksAreSmall: true)
    #expect(verdict.problems == [AuditProblem(cell: 0, kind: .narrow, range: 1...4)])
    #expect(try audit(writtenTable("c 10 15"), policy: .hes, marksAreSmall: true).isSafe)
  }

  @Test func sumsOfPublished() throws {
    #expect(try audit(writtenTable("c 10 10"), policy: .safe).isSafe)
    #expect(
      try audit(writtenTable("c 10 15"), policy: .safe).problems
        == [AuditProblem(cell: 2, kind: .total)])
    #expect(
      try audit(writtenTable("c 11 11"), policy: .safe).problems
        == [AuditProblem(cell: 1, kind: .notOfPolicy)])
    #expect(try audit(writtenTable("3 9 12"), policy: .midpoint6).isSafe)
    #expect(try !audit(writtenTable("4 9 13"), policy: .midpoint6).isSafe)
  }

  @Test func workIsBounded() throws {
    let table = try countTable("3 40 50 / 20 30 60 / 4 80 90")
    let found = try protect(table, policy: .suppress, work: 1)
    // The boxes, found again in what was written, prove what is too much to compute.
    #expect(found.verdict.isSafe)
    #expect(try audit(found.written, policy: .suppress, work: 1).undecided > 0)
  }

  @Test func rank() throws {
    #expect(cellsThatFollow(from: try writtenTable("c 20 30 55")) == [0])
    #expect(cellsThatFollow(from: try writtenTable("c c 30 35")) == [])
    #expect(
      cellsThatFollow(from: try writtenTable("c c 9 20 / c c c 40 / 9 c c 30 / 20 30 40 90"))
        == [])
    #expect(
      cellsThatFollow(from: try writtenTable("c 4 9 20 / 5 c c 40 / 9 c c 30 / 21 30 39 90"))
        == [0])
    #expect(cellsThatFollow(from: try writtenTable("c c 30 35"), work: 1) == nil)
  }
}
