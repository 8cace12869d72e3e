import Testing

@testable import WidenEngine

/// Pieces of memory keep what is in them, in whatever order others are given back.
@Suite("Giving memory back") struct PageStoreTests {
  @Test(arguments: 1...8) func keepsWhatIsStillWanted(seed: Int) throws {
    var random = Seeded(seed)
    let store = PageStore()
    var pieces: [(memory: UnsafeMutablePointer<Int>, count: Int, mark: Int)] = []
    for mark in 0..<2000 {
      if !pieces.isEmpty, random.once(in: 3) {
        store.giveBack(pieces.remove(at: random.below(pieces.count)).memory)
      }
      let count = random.once(in: 20) ? random.below(9000) : random.below(40)
      let memory = try #require(store.allocate(count * 8)).bindMemory(to: Int.self, capacity: count)
      memory.update(repeating: mark, count: count)
      pieces.append((memory, count, mark))
    }
    #expect(
      pieces.allSatisfy { piece in (0..<piece.count).allSatisfy { piece.memory[$0] == piece.mark } }
    )
    for piece in pieces { store.giveBack(piece.memory) }
    let last = try #require(store.allocate(16)).bindMemory(to: Int.self, capacity: 2)
    last.update(repeating: 7, count: 2)
    #expect(last[1] == 7)
  }

  @Test(arguments: [0, 1, 65_000, 70_000, 300_000]) func fillsInPlace(count: Int) {
    let buffer = Buffer<UInt8>.filledInPlace(count: count, among: nil) { target in
      for index in stride(from: 0, to: target.count, by: 3) { target[index] = 9 }
    }
    #expect(buffer.count == count)
    #expect(buffer.elements.enumerated().allSatisfy { $1 == ($0 % 3 == 0 ? 9 : 0) })
  }
}
