/// The values at `rank` and after it, were they sorted.
///
/// The last one has none after it, and is given twice. The values stay as they are.
///
/// Values are counted in 2,048 buckets over their range; the bucket that holds the rank is looked
/// at again, until few are left.
func neighbours<Element: FixedWidthInteger & UnsignedInteger>(
  _ values: UnsafeBufferPointer<Element>, rank: Int
) -> (Element, Element) {
  guard values.count > 256 else {
    let sorted = values.sorted()
    return (sorted[rank], sorted[min(rank + 1, sorted.count - 1)])
  }
  var (least, most) = (values[0], values[0])
  for value in values {
    least = min(least, value)
    most = max(most, value)
  }
  if least == most { return (least, most) }
  let width = Element.bitWidth - (most - least).leadingZeroBitCount
  let shift = Element(truncatingIfNeeded: max(0, width - 11))
  let (bucket, before, inside) = withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2048) {
    counts in
    counts.initialize(repeating: 0)
    for value in values { counts[Int((value &- least) &>> shift)] &+= 1 }
    var (bucket, before) = (0, 0)
    while before + Int(counts[bucket]) <= rank {
      before += Int(counts[bucket])
      bucket += 1
    }
    return (bucket, before, Int(counts[bucket]))
  }
  let kept = [Element](unsafeUninitializedCapacity: inside) { target, count in
    for value in values where Int((value &- least) &>> shift) == bucket {
      target[count] = value
      count += 1
    }
  }
  let (value, next) = kept.withUnsafeBufferPointer { neighbours($0, rank: rank - before) }
  if rank + 1 < before + inside || rank + 1 == values.count { return (value, next) }
  // The next value is the least one above the bucket.
  var above = most
  for other in values where Int((other &- least) &>> shift) > bucket { above = min(above, other) }
  return (value, above)
}

/// How many different values there are; those of a small range are ticked off in `seen`, which has
/// a bit for each possible value, all clear before and after.
func distinctCount<Element: FixedWidthInteger & UnsignedInteger>(
  _ values: UnsafeBufferPointer<Element>, seen: Scratch<UInt64>?
) -> Int {
  guard let seen, values.count > 64 else {
    let sorted = values.sorted()
    return sorted.indices.reduce(0) { count, index in
      index == 0 || sorted[index] != sorted[index - 1] ? count + 1 : count
    }
  }
  let words = seen.pointer
  var count: UInt64 = 0
  for value in values {
    let word = Int(truncatingIfNeeded: value &>> 6)
    let bit = UInt64(truncatingIfNeeded: value & 63)
    let old = words[word]
    count &+= ~(old &>> bit) & 1
    words[word] = old | 1 &<< bit
  }
  for value in values { words[Int(truncatingIfNeeded: value &>> 6)] = 0 }
  return Int(count)
}
