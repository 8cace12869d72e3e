import Testing

@testable import WidenEngine

@Suite struct BitmapTests {
  @Test(arguments: [0, 1, 63, 64, 65, 1000])
  func bitsPastTheEndAreZero(count: Int) {
    let all = Bitmap(count: count, repeating: true)
    #expect(all.setCount == count)
    #expect(all.inverted == Bitmap(count: count, repeating: false))
    #expect(all.inverted.inverted == all)
    #expect(Bitmap(count: count) { $0.update(repeating: ~0) } == all)
    #expect(all.rows == Array(0..<count))
  }

  @Test func aChangeIsOnesOwn() {
    let bits = [true, false, true]
    var changed = Bitmap(bits)
    let copy = changed
    changed[1] = true
    changed[0] = false
    #expect(copy == Bitmap(bits))
    #expect(changed == Bitmap([false, true, true]))
    #expect(changed.hashValue != copy.hashValue)
  }
}
