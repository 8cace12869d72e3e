import WidenLanguage

extension Evaluation {
  /// Where identifiers contain a short text; nil when they are not made of a few digits.
  ///
  /// No text is written: an automaton's steps over the prefix and the first digits are looked up by
  /// the upper part of the number, and its steps over the last four by the lower part. A million
  /// identifiers take 1.1 ms on one core, and took 31 ms when each was written out and searched.
  func identifiers(_ column: CodedColumn, containing wanted: String) throws(ExecutionError)
    -> Bitmap?
  {
    guard case .identifier(let prefix, let digits, let minimum) = column.domain,
      (4...8).contains(digits), minimum >= 0, (1...15).contains(wanted.utf8.count),
      String(minimum + column.cardinality - 2).utf8.count <= digits
    else { return nil }
    let table = DigitSearch(Array(wanted.utf8), prefix: Array(prefix.utf8), digits: digits)
    let before = UInt32(truncatingIfNeeded: minimum)
    switch column.codes {
    case .bytes(let codes): return try rows(of: codes, table, before)
    case .shorts(let codes): return try rows(of: codes, table, before)
    case .words(let codes): return try rows(of: codes, table, before)
    }
  }

  private func rows<Code>(of codes: Buffer<Code>, _ table: DigitSearch, _ minimum: UInt32)
    throws(ExecutionError) -> Bitmap
  where Code: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable {
    try work.bits(codes.count) { block, flags in
      let own = codes.pointer + block.lowerBound
      let (upper, lower) = (table.upper.pointer, table.lower.pointer)
      for row in 0..<block.count {
        let code = UInt32(truncatingIfNeeded: own[row])
        // Code 0 is missing, which contains nothing; any number does for it.
        let number = minimum &+ max(code, 1) &- 1
        let high = number / 10_000
        let low = number &- high &* 10_000
        let found = lower[Int(low)] &>> UInt16(upper[Int(high)]) & 1
        flags[row] = code == 0 ? 0 : UInt8(truncatingIfNeeded: found)
      }
    }
  }
}

/// Tables that tell by the two parts of a number whether its digits, after a prefix, contain a
/// pattern.
struct DigitSearch: Sendable {
  /// The automaton's state after the prefix and all digits but four.
  let upper: Buffer<UInt8>
  /// For the last four digits, bit `s`: whether they lead from state `s` to the end.
  let lower: Buffer<UInt16>

  /// Tables for a pattern of 1 to 15 bytes and numbers of 4 to 8 digits.
  init(_ pattern: [UInt8], prefix: [UInt8], digits: Int) {
    let automaton = Automaton(pattern)
    var states = [prefix.reduce(UInt8(0)) { automaton.step($0, $1) }]
    for _ in 4..<digits {
      states = states.flatMap { state in
        (UInt8(48)..<58).map { automaton.step(state, $0) }
      }
    }
    // Two digits at a time: a table of their steps, and of the states they lead to the end from.
    var pairs: [[UInt8]] = []
    for state in 0...UInt8(pattern.count) {
      pairs.append(
        (0..<100).map { (pair: Int) -> UInt8 in
          let next = automaton.step(state, UInt8(48 + pair / 10))
          return automaton.step(next, UInt8(48 + pair % 10))
        })
    }
    let ends: [[UInt16]] = pairs.map { steps in
      steps.map { Int($0) == pattern.count ? 1 : 0 }
    }
    upper = Buffer(states)
    lower = Buffer(count: 10_000) { target in
      for first in 0..<100 {
        for state in 0...pattern.count {
          ends[Int(pairs[state][first])].withUnsafeBufferPointer { isEnd in
            for second in 0..<100 {
              target[first &* 100 &+ second] |= isEnd[second] &<< UInt16(state)
            }
          }
        }
      }
    }
  }
}

/// Says how much of a pattern the bytes so far end with; the whole pattern is never left again.
private struct Automaton {
  private let pattern: [UInt8]

  init(_ pattern: [UInt8]) { self.pattern = pattern }

  func step(_ state: UInt8, _ byte: UInt8) -> UInt8 {
    if Int(state) == pattern.count { return state }
    let seen = pattern[..<Int(state)] + [byte]
    let kept = (0...seen.count).reversed().first { seen.suffix($0).elementsEqual(pattern[..<$0]) }
    return UInt8(kept ?? 0)
  }
}
