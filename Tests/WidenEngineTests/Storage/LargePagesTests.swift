import Testing

@testable import WidenEngine

@Suite struct LargePagesTests {
  private let size = 3 << 20

  @Test func piecesAreBlankAlignedAndApart() throws {
    let pages = try #require(LargePages(atMost: 3 * size, atLeast: 3 * size))
    var end = 0
    for count in [1, 63, 64, 65, 100_000, size] {
      let piece = try #require(pages.take(count))
      #expect(Int(bitPattern: piece) & 63 == 0)
      #expect(Int(bitPattern: piece) >= end)
      let bytes = UnsafeMutableRawBufferPointer(start: piece, count: count)
      #expect(bytes.allSatisfy { $0 == 0 })
      bytes.initializeMemory(as: UInt8.self, repeating: 7)
      end = Int(bitPattern: piece) + count
    }
    #expect(pages.take(3 * size) == nil)
  }

  @Test func whatIsGivenBackLeavesItsNeighbours() throws {
    let pages = try #require(LargePages(atMost: 3 * size, atLeast: 3 * size))
    func full(_ count: Int) -> Buffer<UInt8> {
      .filledInPlace(count: count, among: pages) { $0.update(repeating: 9) }
    }
    let first = full(size)
    var second: Buffer? = full(200_001)
    let third = full(size)
    #expect(second.map(isFull) == true)
    second = nil
    pages.close()
    #expect(isFull(first))
    #expect(isFull(third))
    // Once they are closed there is room for nobody else, who gets memory of its own.
    #expect(isFull(full(size)))
  }

  private func isFull(_ buffer: Buffer<UInt8>) -> Bool { buffer.elements.allSatisfy { $0 == 9 } }

  @Test func fewBytesAreNotWorthIt() {
    #expect(LargePages(atMost: 1 << 30, atLeast: 1 << 20) == nil)
  }
}
