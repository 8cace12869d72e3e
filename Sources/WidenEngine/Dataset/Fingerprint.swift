import WidenLanguage

extension Column {
  /// A number that changes when a value does, or the order of the values.
  ///
  /// It depends on what the values are and not on how they are held, so that a file gives the same
  /// however it was read. It tells changes, not malice.
  public var fingerprint: UInt64 {
    var sum = ValueSum()
    switch self {
    case .coded(let coded):
      // Few values stand in many rows: each is looked at once, and then its code says it.
      guard coded.cardinality <= 2 * count + 16 else { break }
      let values = (0..<coded.cardinality).map { sumOfValue(coded.domain.value(of: $0)) }
      switch coded.codes {
      case .bytes(let codes): for code in codes.elements { sum.add(values[Int(code)]) }
      case .shorts(let codes): for code in codes.elements { sum.add(values[Int(code)]) }
      case .words(let codes): for code in codes.elements { sum.add(values[Int(code)]) }
      }
      return sum.result
    case .integers, .decimals: break
    }
    for row in 0..<count { sum.add(sumOfValue(self[row])) }
    return sum.result
  }
}

/// A sum in which every place counts.
private struct ValueSum {
  private var sum: UInt64 = 0x9E37_79B1_85EB_CA87
  private var count: UInt64 = 0

  @inline(__always)
  mutating func add(_ word: UInt64) {
    let product = (sum ^ word) &* 0xC2B2_AE3D_27D4_EB4F
    sum = product ^ product &>> 29
    count &+= 1
  }

  var result: UInt64 { mixed(sum ^ count) }
}

private func sumOfValue(_ value: Value) -> UInt64 {
  func tagged(_ tag: UInt64, _ word: UInt64) -> UInt64 { mixed(mixed(word) ^ tag) }
  switch value {
  case .missing: return tagged(1, 0)
  case .boolean(let flag): return tagged(2, flag ? 1 : 0)
  case .integer(let number): return tagged(3, UInt64(bitPattern: Int64(number)))
  case .decimal(let number): return tagged(4, number == 0 ? 0 : number.bitPattern)
  case .text(let text): return tagged(5, sumOfText(text))
  case .date(let day): return tagged(6, UInt64(bitPattern: Int64(day.number)))
  case .month(let month): return tagged(7, UInt64(bitPattern: Int64(month.number)))
  case .period(let period): return tagged(8, sumOfText(period.description))
  }
}

private func sumOfText(_ text: String) -> UInt64 {
  var sum = ValueSum()
  for byte in text.utf8 { sum.add(UInt64(byte)) }
  return sum.result
}

/// Every bit of the word moves half of the bits of the result.
@inline(__always)
private func mixed(_ word: UInt64) -> UInt64 {
  var word = (word ^ word &>> 33) &* 0xFF51_AFD7_ED55_8CCD
  word = (word ^ word &>> 33) &* 0xC4CE_B9FE_1A85_EC53
  return word ^ word &>> 33
}
