/// The order of the rows `0..<count` by several keys, the first key first; stable.
///
/// Each element of `keys` has a key for every row.
func order(byKeys keys: [[UInt64]], count: Int) -> [UInt32] {
  var order = [UInt32](0..<UInt32(count))
  let packed = packed(keys, count: count)
  // Groups that were numbered by their keys are in order already.
  if packed.count == 1, isInOrder(packed[0]) { return order }
  for key in packed.reversed() { sort(&order, by: key) }
  return order
}

/// Neighbouring keys in one number as long as their ranges fit, so that all are sorted at once.
private func packed(_ keys: [[UInt64]], count: Int) -> [[UInt64]] {
  guard count > 0 else { return [] }
  var packed: [[UInt64]] = []
  var room = 0
  for key in keys {
    let (least, most) = bounds(key)
    // The number after the greatest one stands for missing.
    let width = most - least >= UInt64.max - 1 ? 64 : 64 - (most - least + 1).leadingZeroBitCount
    if width < 64, width <= room, let last = packed.indices.last {
      let shift = UInt64(width)
      let missing = most &- least &+ 1
      for row in 0..<count {
        let own = key[row] == OrderKeys.missing ? missing : key[row] &- least
        packed[last][row] = packed[last][row] &<< shift | own
      }
      room -= width
    } else if width < 64 {
      let missing = most &- least &+ 1
      packed.append(key.map { $0 == OrderKeys.missing ? missing : $0 &- least })
      room = 64 - width
    } else {
      packed.append(key)
      room = 0
    }
  }
  return packed
}

/// The least and the greatest key but for missing ones.
private func bounds(_ keys: [UInt64]) -> (least: UInt64, most: UInt64) {
  var (least, most) = (UInt64.max, UInt64.min)
  for key in keys where key != OrderKeys.missing {
    least = min(least, key)
    most = max(most, key)
  }
  return least <= most ? (least, most) : (0, 0)
}

private func isInOrder(_ keys: [UInt64]) -> Bool {
  for index in keys.indices.dropFirst() where keys[index] < keys[index - 1] { return false }
  return true
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
