import Testing

@testable import WidenEngine

/// Sorting by what values read as gives the order that comparing them gives.
struct DisplayOrderTests {
  private func check(_ values: [String], _ what: String) {
    let dictionary = TextDictionary(Array(Set(values)).sorted())
    let expected = (0..<dictionary.count).sorted {
      compareNaturally(dictionary.bytes($0), dictionary.bytes($1)) < 0
    }
    #expect(displayOrder(of: dictionary).map { Int($0) } == expected, "\(what)")
  }

  @Test func ordersAsComparingDoes() {
    var random = Seeded(5)
    let pieces = ["a", "b", "é", " ", "-", "0", "00", "1", "9", "10", "007", "\0", "ward ", "~"]
    for round in 0..<200 {
      let start = ["", "Staff group ", "id00"][round % 3]
      let values = (0..<1 + random.below(300)).map { _ in
        start + (0..<random.below(7)).map { _ in pieces[random.below(pieces.count)] }.joined()
      }
      check(values, "round \(round)")
    }
  }

  @Test func ordersLongTexts() {
    let long = String(repeating: "long ", count: 20)
    check((0..<500).map { "\(long)\(($0 &* 7919) % 1000) end" }, "texts alike for 100 bytes")
    let nines = String(repeating: "9", count: 300)
    check((0..<40).map { "x\(nines.dropLast($0 * 7))\($0 % 2 == 0 ? "a" : "b")" }, "long numbers")
    check(["", "0", "00", "000", "a", "a0", "a00"], "zeros")
  }
}
