/// The order of the rows `0..<count` by several keys, the first key first; stable.
///
/// Each element of `keys` has a key for every row.
func order(byKeys keys: [[UInt64]], count: Int) -> [UInt32] {
  var order = [UInt32](0..<UInt32(count))
  for key in keys.reversed() { sort(&order, by: key) }
  return order
}

/// Sorts row numbers by their keys, stably: a pass for each byte in which keys differ.
private func sort(_ order: inout [UInt32], by keys: [UInt64]) {
  let count = order.count
  guard count > 1 else { return }
  let differing = keys.reduce(UInt64(0)) { $0 | ($1 ^ keys[0]) }
  guard differing != 0 else { return }
  var sorted = order.map { keys[Int($0)] }
  var spareKeys = [UInt64](repeating: 0, count: count)
  var spareOrder = [UInt32](repeating: 0, count: count)
  for shift in stride(from: UInt64(0), to: 64, by: 8) where differing >> shift & 255 != 0 {
    pass(sorted, order, &spareKeys, &spareOrder, shift)
    swap(&sorted, &spareKeys)
    swap(&order, &spareOrder)
  }
}

private func pass(
  _ keys: [UInt64], _ rows: [UInt32], _ keysOut: inout [UInt64], _ rowsOut: inout [UInt32],
  _ shift: UInt64
) {
  withUnsafeTemporaryAllocation(of: Int.self, capacity: 256) { starts in
    starts.initialize(repeating: 0)
    for key in keys { starts[Int(key >> shift & 255)] &+= 1 }
    var sum = 0
    for digit in 0..<256 {
      let here = starts[digit]
      starts[digit] = sum
      sum += here
    }
    keysOut.withUnsafeMutableBufferPointer { keysOut in
      rowsOut.withUnsafeMutableBufferPointer { rowsOut in
        for index in 0..<keys.count {
          let key = keys[index]
          let digit = Int(key >> shift & 255)
          let place = starts[digit]
          starts[digit] = place &+ 1
          keysOut[place] = key
          rowsOut[place] = rows[index]
        }
      }
    }
  }
}
