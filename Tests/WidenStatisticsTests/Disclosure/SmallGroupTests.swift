import Testing

@testable import WidenStatistics

/// The search for few people in a span, beside trying every set of groups.
@Suite("Disclosure: small groups in a span")
struct SmallGroupTests {
  private static let threshold = 4
  private static let groups = 9

  @Test(arguments: UInt64(0)..<60) func everySet(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let sizes = (0..<Self.groups).map { _ in Int.random(in: 1...6, using: &random) }.sorted(by: >)
    var span = Span()
    for _ in 0..<Int.random(in: 3...7, using: &random) {
      span.insert((0..<Self.groups).map { _ in Int.random(in: 0...1, using: &random) })
    }
    let firstSmall = sizes.firstIndex { $0 <= Self.threshold } ?? sizes.count
    let found = SmallGroups(
      in: span, sizes: sizes, firstSmall: firstSmall, threshold: Self.threshold)
    #expect(!found.isPartial && !span.isPartial)
    var expected: [[Int]] = []
    for bits in 1..<(1 << Self.groups) {
      let columns = (0..<Self.groups).filter { bits & (1 << $0) != 0 }
      let vector = (0..<Self.groups).map { columns.contains($0) ? 1 : 0 }
      let people = columns.reduce(0) { $0 + sizes[$1] }
      if people <= Self.threshold, span.contains(vector) == true { expected.append(columns) }
    }
    // What is found follows; what follows is found, or is made of what is found apart.
    for group in found.groups { #expect(expected.contains(group)) }
    for group in expected {
      let parts = found.groups.filter { Set($0).isSubset(of: group) }
      #expect(Set(parts.flatMap { $0 }) == Set(group), "seed \(seed), \(group)")
    }
  }
}
