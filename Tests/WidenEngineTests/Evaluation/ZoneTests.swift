import Testing
import WidenLanguage

@testable import WidenEngine

/// Filters that pass over stretches of rows find the rows that looking at each one finds.
struct ZoneTests {
  /// Columns in order, in stretches, at random; with missing values here and there.
  private func codes(_ shape: Int, _ random: inout Seeded) -> [Int] {
    let rows = [1, 64, 65, 500, 1000][random.below(5)]
    var codes = (0..<rows).map { row in
      switch shape {
      case 0: row / 9
      case 1: row / 130 + 1
      case 2: random.below(200)
      default: row < rows / 2 ? 7 : 0
      }
    }
    if random.once(in: 3) { codes[random.below(rows)] = 0 }
    return codes
  }

  private func column(_ codes: [Int], _ cardinality: Int) -> Codes {
    Codes(count: codes.count, cardinality: cardinality) { codes[$0] }
  }

  private func ranges(_ random: inout Seeded) -> [Range<Int>] {
    var start = random.below(3)
    return (0...random.below(3)).map { _ in
      let range = start..<start + 1 + random.below(70)
      start = range.upperBound + 1 + random.below(20)
      return range
    }
  }

  @Test(arguments: [200, 60_000, 1 << 20], [64, 128, 1024])
  func selectsAsRowByRow(cardinality: Int, segmentRows: Int) throws {
    var random = Seeded(cardinality + segmentRows)
    let work = Work(
      ExecutionContext(dataset: Dataset(name: "test"), threads: 2, segmentRows: segmentRows))
    for round in 0..<200 {
      let first = codes(round % 4, &random)
      var second = first.map { _ in random.below(50) }
      if random.once(in: 2) { second.sort() }
      let own = [first, second]
      let columns = own.map { column($0, cardinality) }
      // The second time there are zones.
      for _ in 0..<3 {
        let wanted = [ranges(&random), ranges(&random)]
        let found = try work.select(
          zip(columns, wanted).map { CodeTest($0, $1) }, rows: first.count)
        let expected = first.indices.map { row in
          (0..<2).allSatisfy { test in wanted[test].contains { $0.contains(own[test][row]) } }
        }
        #expect(found == Bitmap(expected), "round \(round), \(wanted)")
      }
    }
  }

  @Test func narrowsRangesOfOneColumn() {
    let codes = column([1, 2, 3], 4)
    var test = CodeTest(codes, [0..<10, 20..<30])
    let isOfSame = test.narrow(to: CodeTest(codes, [5..<25]))
    let isOfAnother = test.narrow(to: CodeTest(column([1, 2, 3], 4), [5..<6]))
    #expect(isOfSame && !isOfAnother)
    #expect(test.ranges == [5..<10, 20..<25])
  }

  /// Rows out of reach are not looked at: their codes could not be what the zones say.
  @Test func passesOverSegments() {
    let sorted = column((0..<1000).map { $0 / 100 }, 11)
    #expect(sorted.zones(rowsPerZone: 128) == nil)
    let zones = sorted.zones(rowsPerZone: 128)
    #expect(zones?.match([5..<6], rows: 0..<128) == Zones.Match.none)
    #expect(zones?.match([5..<6], rows: 512..<640) == .some)
    #expect(zones?.match([0..<3], rows: 0..<256) == .all)
    #expect(zones?.match([1..<3], rows: 0..<128) == .some)
    #expect(zones?.onlyCode(rows: 128..<130) == nil)
    #expect(column([3, 3, 3], 4).constantZones?.onlyCode(rows: 0..<3) == 3)
  }
}

extension Codes {
  fileprivate var constantZones: Zones? {
    _ = zones(rowsPerZone: 64)
    return zones(rowsPerZone: 64)
  }
}
