import WidenLanguage

extension Evaluation {
  /// Where identifiers contain a short text; nil when that is better found out one by one.
  ///
  /// A thousand identifiers in a row share all but their last three digits. Unless the shared part
  /// contains the text, which of them do depends on the few bytes before those digits only, so the
  /// answer is kept for each such ending.
  func identifiers(_ column: CodedColumn, containing wanted: String, rows: Int)
    throws(ExecutionError) -> Bitmap?
  {
    guard case .identifier(let prefix, let digits, let minimum) = column.domain,
      !wanted.isEmpty, digits > 3, minimum >= 0, column.cardinality > 4096,
      column.cardinality <= rows + 1024,
      String(minimum + column.cardinality).utf8.count <= digits
    else { return nil }
    let pattern = Array(wanted.utf8)
    let head = Array(prefix.utf8)
    let flags: Buffer<UInt8> = try work.buffer(column.cardinality) { codes, flags in
      var code = codes.lowerBound
      if code == 0 {
        // Code 0 is missing, which contains nothing.
        flags[0] = 0
        code = 1
      }
      var endings: [[UInt8]: [UInt8]] = [:]
      while code < codes.upperBound {
        let number = minimum &+ code &- 1
        let thousand = number / 1000
        let first = number &- thousand &* 1000
        let count = min(1000 - first, codes.upperBound - code)
        let shared = head + written(thousand, digits - 3)
        if contains(shared, pattern) {
          (flags + code).update(repeating: 1, count: count)
        } else if !canEnd(shared, pattern) {
          (flags + code).update(repeating: 0, count: count)
        } else {
          let ending = Array(shared.suffix(pattern.count - 1))
          let answers = endings[ending] ?? thousandAnswers(ending, pattern)
          endings[ending] = answers
          for index in 0..<count { flags[code &+ index] = answers[first &+ index] }
        }
        code += count
      }
    }
    return try work.gather(column.codes, flags: flags)
  }
}

/// Whether three more digits could make the text contain the pattern.
private func canEnd(_ text: [UInt8], _ pattern: [UInt8]) -> Bool {
  pattern.count <= 3
    || (1...3).contains { text.suffix(pattern.count - $0).elementsEqual(pattern.dropLast($0)) }
}

/// For each of the endings 000 to 999 whether it contains the pattern, with these bytes before it.
private func thousandAnswers(_ before: [UInt8], _ pattern: [UInt8]) -> [UInt8] {
  var text = before + [48, 48, 48]
  let last = text.count - 1
  return (0..<1000).map { number in
    text[last - 2] = 48 + UInt8(number / 100)
    text[last - 1] = 48 + UInt8(number / 10 % 10)
    text[last] = 48 + UInt8(number % 10)
    return contains(text, pattern) ? 1 : 0
  }
}

private func written(_ number: Int, _ digits: Int) -> [UInt8] {
  var rest = number
  var bytes = [UInt8](repeating: 48, count: digits)
  for index in stride(from: digits - 1, through: 0, by: -1) {
    bytes[index] = 48 + UInt8(truncatingIfNeeded: rest % 10)
    rest /= 10
  }
  return bytes
}

private func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
  text.withUnsafeBufferPointer { text in part.withUnsafeBufferPointer { text.contains($0) } }
}
