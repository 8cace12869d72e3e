import CKernels

/// From runs of codes to the rows that have them.
extension Work {
  /// The rows whose code lies in a range.
  func select(_ codes: Codes, _ range: Range<Int>) throws(ExecutionError) -> Bitmap {
    switch codes {
    case .bytes(let codes): try select(codes, [range])
    case .shorts(let codes): try select(codes, [range])
    case .words(let codes): try select(codes, [range])
    }
  }

  /// The rows whose code lies in one of some ranges.
  func select<Code>(_ codes: Buffer<Code>, _ ranges: [Range<Int>]) throws(ExecutionError) -> Bitmap
  where Code: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable {
    let rows = codes.count
    let possible = ranges.map { $0.clamped(to: 0..<Int(Code.max) + 1) }.filter { !$0.isEmpty }
    if possible.isEmpty { return Bitmap(count: rows, repeating: false) }
    var words = [UInt64](repeating: 0, count: (rows + 63) / 64)
    let isDone = words.withUnsafeMutableBufferPointer { words in
      guard let start = words.baseAddress else { return true }
      let shared = Shared(start)
      return segments(rows) { segment in
        selectSegment(codes, segment, possible, into: shared.pointer)
      }
    }
    guard isDone else { throw .cancelled }
    return Bitmap(count: rows, words: words)
  }
}

/// Writes the bits of a segment, which starts at a whole word.
private func selectSegment<Code: FixedWidthInteger & UnsignedInteger>(
  _ codes: Buffer<Code>, _ segment: Range<Int>, _ ranges: [Range<Int>],
  into words: UnsafeMutablePointer<UInt64>
) {
  let target = words + segment.lowerBound >> 6
  let count = segment.count
  let from = codes.pointer + segment.lowerBound
  selectRows(from, count, ranges[0], target)
  guard ranges.count > 1 else { return }
  let wordCount = (count + 63) >> 6
  withUnsafeTemporaryAllocation(of: UInt64.self, capacity: wordCount) { more in
    guard let more = more.baseAddress else { return }
    for range in ranges.dropFirst() {
      selectRows(from, count, range, more)
      for word in 0..<wordCount { target[word] |= more[word] }
    }
  }
}

@inline(__always)
private func selectRows<Code: FixedWidthInteger & UnsignedInteger>(
  _ codes: UnsafePointer<Code>, _ count: Int, _ range: Range<Int>,
  _ words: UnsafeMutablePointer<UInt64>
) {
  // A range of all codes that there can be has no width that fits; its complement is empty.
  guard range.count <= Int(Code.max) else {
    for word in 0..<(count + 63) >> 6 { words[word] = ~0 }
    return
  }
  let low = UInt32(truncatingIfNeeded: range.lowerBound)
  let width = UInt32(truncatingIfNeeded: range.count)
  let raw = UnsafeRawPointer(codes)
  switch Code.bitWidth {
  case 8:
    kernel_select_bytes(
      processorLevel, raw.assumingMemoryBound(to: UInt8.self), count,
      UInt8(truncatingIfNeeded: low), UInt8(truncatingIfNeeded: width), words)
  case 16:
    kernel_select_shorts(
      processorLevel, raw.assumingMemoryBound(to: UInt16.self), count,
      UInt16(truncatingIfNeeded: low), UInt16(truncatingIfNeeded: width), words)
  default:
    kernel_select_words(
      processorLevel, raw.assumingMemoryBound(to: UInt32.self), count, low, width, words)
  }
}
