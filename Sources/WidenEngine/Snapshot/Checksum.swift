/// A checksum of 64 bits that tells damage, not malice: nobody who can write the cache is kept out.
///
/// Four lanes of multiply and rotate, as in xxHash, so that memory is the limit and not arithmetic.
/// Pieces of 1 MiB are summed by several threads; the sum does not depend on how many.
func checksum(_ bytes: UnsafeRawBufferPointer, seed: UInt64 = 0, threads: Int = 1) -> UInt64 {
  let pieces = (bytes.count + pieceBytes - 1) / pieceBytes
  let sums = Buffer<UInt64>(count: pieces) { sums in
    guard let target = sums.baseAddress, let source = bytes.baseAddress else { return }
    let (shared, start, count) = (Shared(target), UInt(bitPattern: source), bytes.count)
    parallel(workers: threads, items: pieces) { _, piece in
      let first = piece * pieceBytes
      guard let base = UnsafeRawPointer(bitPattern: start + UInt(first)) else { return }
      shared.pointer[piece] = sum(base, min(pieceBytes, count - first))
    }
  }
  var result = mixed(seed ^ UInt64(truncatingIfNeeded: bytes.count))
  for sum in sums.elements { result = mixed(result ^ sum) }
  return result
}

private let pieceBytes = 1 << 20
private let first: UInt64 = 0x9E37_79B1_85EB_CA87
private let second: UInt64 = 0xC2B2_AE3D_27D4_EB4F

private func sum(_ base: UnsafeRawPointer, _ count: Int) -> UInt64 {
  var (a, b, c, d) = (first &+ second, second, 0 as UInt64, 0 &- first)
  var offset = 0
  while offset &+ 32 <= count {
    a = step(a, base.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    b = step(b, base.loadUnaligned(fromByteOffset: offset &+ 8, as: UInt64.self))
    c = step(c, base.loadUnaligned(fromByteOffset: offset &+ 16, as: UInt64.self))
    d = step(d, base.loadUnaligned(fromByteOffset: offset &+ 24, as: UInt64.self))
    offset &+= 32
  }
  while offset < count {
    a = step(a, UInt64(base.load(fromByteOffset: offset, as: UInt8.self)))
    offset &+= 1
  }
  return mixed(mixed(mixed(mixed(a) ^ b) ^ c) ^ d) ^ UInt64(truncatingIfNeeded: count)
}

@inline(__always)
private func step(_ lane: UInt64, _ word: UInt64) -> UInt64 {
  let sum = lane &+ word &* second
  return (sum &<< 31 | sum &>> 33) &* first
}

/// Every bit of the word moves half of the bits of the result.
@inline(__always)
private func mixed(_ word: UInt64) -> UInt64 {
  var word = (word ^ word &>> 33) &* second
  word = (word ^ word &>> 29) &* 0x1656_67B1_9E37_79F9
  return word ^ word &>> 32
}
