import Testing
import WidenStatistics

/// Tables of every shape, from random counts whose sizes are as uneven as those of real staff.
@Suite("Disclosure: generated tables")
struct GeneratedTableTests {
  static let blocks = Array(0..<20)
  private static let tablesOfBlock = 100
  private static let shapes = [
    [2, 2], [6, 5], [3, 9], [12, 2], [2, 3, 2], [4, 3, 3], [5, 4, 2], [2, 2, 3, 2], [3, 2, 2, 3],
    [7],
  ]

  /// A table of rows with labels of any kind, some of them missing.
  private func table(_ seed: UInt64) throws -> CountTable {
    var random = SeededGenerator(seed: seed)
    let levels = Self.shapes[Int(seed) % Self.shapes.count]
    let weights = levels.map { count in
      (0..<count).map { _ in Double.random(in: 0.02...1, using: &random) }
    }
    let size = Double([15, 40, 150, 600].randomElement(using: &random) ?? 40)
    var rows: [(labels: [AnyHashable?], count: Int)] = []
    var places = [Int](repeating: 0, count: levels.count)
    repeat {
      let share = zip(weights, places).reduce(1) { $0 * $1.0[$1.1] }
      let count = Int(size * share * Double.random(in: 0...2, using: &random))
      rows.append((places.enumerated().map { label($0.element, kind: $0.offset) }, count))
    } while advance(&places, levels)
    return try CountTable.tabulate(rows, specialCategories: seed % 3 == 0 ? [0] : []).table
  }

  /// Text, whole numbers, yes or no, or a pair as a date is; the second level is missing.
  private func label(_ level: Int, kind: Int) -> AnyHashable? {
    if level == 1 { return nil }
    return switch kind {
    case 0: AnyHashable(level)
    case 1: AnyHashable("Band \(level)")
    case 2: level > 2 ? AnyHashable(Double(level)) : AnyHashable(level == 0)
    default: AnyHashable([2_024, level])
    }
  }

  private func advance(_ places: inout [Int], _ levels: [Int]) -> Bool {
    for number in places.indices.reversed() {
      places[number] += 1
      if places[number] < levels[number] { return true }
      places[number] = 0
    }
    return false
  }

  private func forEach(of block: Int, _ body: (CountTable, UInt64) throws -> Void) throws {
    for seed in block * Self.tablesOfBlock..<(block + 1) * Self.tablesOfBlock {
      try body(try table(UInt64(seed)), UInt64(seed))
    }
  }

  @Test(arguments: blocks) func suppress(_ block: Int) throws {
    var marks = 0
    try forEach(of: block) { table, seed in
      let found = try protect(table, policy: .suppress)
      marks += found.verdict.withheld
      #expect(!found.isWithheldWhole, "table \(seed)")
      #expect(try audit(found.written, policy: .suppress).isSafe, "table \(seed)")
      #expect(cellsThatFollow(from: found.written) == [], "table \(seed)")
      for (cell, count) in table.counts.enumerated() {
        #expect(found.written.cells[cell] == count || found.reasons[cell] != nil)
      }
    }
    #expect(marks > 0)
  }

  @Test(arguments: blocks) func hes(_ block: Int) throws {
    var kept = 0
    try forEach(of: block) { table, seed in
      let found = try protect(table, policy: .hes)
      kept += found.fellBack ? 0 : 1
      #expect(found.verdict.isSafe, "table \(seed)")
      // Whatever marks mean, they are no narrower to a reader who does not know it.
      #expect(
        try audit(found.written, policy: found.policy, truth: table).isSafe, "table \(seed)")
    }
    #expect(kept > 0)
  }

  /// Each cell by its definition, and each total as the sum of the cells.
  @Test(arguments: blocks) func cellByCell(_ block: Int) throws {
    try forEach(of: block) { table, seed in
      for policy in [DisclosurePolicy.safe, .midpoint6] {
        let found = try protect(table, policy: policy)
        #expect(found.verdict.isSafe)
        for cell in 0..<table.shape.cellCount {
          #expect(
            found.written.cells[cell] == expected(cell, table, policy, found),
            "table \(seed), cell \(cell)")
        }
      }
    }
  }

  private func expected(
    _ cell: Int, _ table: CountTable, _ policy: DisclosurePolicy, _ found: ProtectedTable
  ) -> Int? {
    if table.shape.isMargin(cell) {
      let inner = table.shape.members(of: cell).map { found.written.cells[$0] }
      let sum = inner.reduce(0) { $0 + ($1 ?? 0) }
      return sum == 0 && inner.contains(nil) ? nil : sum
    }
    if found.reasons[cell] == .primary(.attribute) { return nil }
    let count = table.counts[cell]
    if policy.method == .midpoint { return count == 0 ? 0 : (count + 5) / 6 * 6 - 3 }
    return (1...7).contains(count) ? nil : Int((Double(count) / 5).rounded()) * 5
  }
}
