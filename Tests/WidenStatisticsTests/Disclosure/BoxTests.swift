import Testing
import WidenStatistics

@Suite("Disclosure: secondary suppression and its audit")
struct BoxTests {
  /// SSB's example of suppression for three of a row and column: 1 primary cell, 4 in all.
  @Test func fourCorners() throws {
    let table = try countTable("11 7 5 / 8 2 9 / 20 15 30")
    let found = secondarySuppression(of: table, primary: [5], window: 5)
    #expect(found.unprotected.isEmpty)
    #expect(found.secondary.count == 3)
  }

  /// Two in each line are withheld, and yet a cell follows: 3 + 1 − 2 by rows and columns.
  @Test func twoOfEachLineIsNotEnough() throws {
    let written = try writtenTable(
      "c c 9 9 20 / c c 9 9 20 / 9 9 c c 22 / 9 9 c c 23 / 19 21 23 22 85")
    let verdict = try audit(written, policy: .suppress)
    #expect(verdict.withheld == 8)
    #expect(!verdict.isSafe)
    #expect(verdict.problems.allSatisfy { $0.kind == .narrow })
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
