/// The order of the rows `0..<count` by several keys, the first key first; stable.
///
/// Each element of `keys` has a key for every row.
func order(byKeys keys: [[UInt64]], count: Int, in context: ExecutionContext)
  throws(ExecutionError) -> [UInt32]
{
  var order = [UInt32](0..<UInt32(count))
  let packed = try packed(keys, count: count, in: context)
  // Groups that were numbered by their keys are in order already.
  if packed.count == 1, isInOrder(packed[0]) { return order }
  for (done, key) in packed.reversed().enumerated() {
    try context.checkCancelled()
    let before = order
    let own = Buffer(
      done == 0
        ? key
        : try context.elements(count) { places, target in
          for place in places { target[place] = key[Int(before[place])] }
        })
    let sorted = try SortedRows(own, selection: nil, in: context)
    order = try context.elements(count) { places, target in
      let rows = sorted.rows.pointer
      for place in places {
        target[place] = done == 0 ? rows[place].row : before[Int(rows[place].row)]
      }
    }
  }
  return order
}

/// Neighbouring keys in one number as long as their ranges fit, so that all are sorted at once.
private func packed(_ keys: [[UInt64]], count: Int, in context: ExecutionContext)
  throws(ExecutionError) -> [[UInt64]]
{
  guard count > 0 else { return [] }
  var packed: [[UInt64]] = []
  var room = 0
  for key in keys {
    try context.checkCancelled()
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
      packed.append(
        try context.elements(count) { places, target in
          for place in places {
            let own = key[place]
            target[place] = own == OrderKeys.missing ? missing : own &- least
          }
        })
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
