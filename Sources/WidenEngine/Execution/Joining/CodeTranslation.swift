import WidenLanguage

/// From the codes of one domain to those of another with equal values; 0 where there is none.
struct CodeTranslation {
  private enum Rule {
    /// Units of one side from units of the other, `multiply` times and then `divide`d.
    case units(minimum: Int, multiply: Int, divide: Int, target: Int)
    /// By the bytes of the text.
    case text(TextIndex, bytes: (Int, (UnsafeBufferPointer<UInt8>) -> Int) -> Int)
    /// Text that is a prefix and digits.
    case identifiers(
      prefix: [UInt8], digits: Int, minimum: Int,
      bytes: (Int, (UnsafeBufferPointer<UInt8>) -> Int) -> Int)
    case none
  }

  private let rule: Rule
  private let cardinality: Int

  init(from source: CodedColumn, to target: CodedColumn) {
    cardinality = target.cardinality
    switch (source.domain, target.domain) {
    case (
      .identifier(let prefix, let digits, let minimum),
      .identifier(let otherPrefix, let otherDigits, let otherMinimum)
    ) where prefix == otherPrefix && digits == otherDigits:
      rule = .units(minimum: minimum, multiply: 1, divide: 1, target: otherMinimum)
    case (_, .text(let dictionary)):
      rule =
        source.domain.type.isText
        ? .text(TextIndex(dictionary), bytes: textBytes(source.domain)) : .none
    case (_, .identifier(let prefix, let digits, let minimum)):
      rule =
        source.domain.type.isText
        ? .identifiers(
          prefix: Array(prefix.utf8), digits: digits, minimum: minimum,
          bytes: textBytes(source.domain)) : .none
    case (.period(let kind, _), .period(let other, _)) where kind != other:
      rule = .none
    default:
      if let own = source.domain.units, let other = target.domain.units {
        rule = .units(
          minimum: own.minimum, multiply: power(other.places - own.places),
          divide: power(own.places - other.places), target: other.minimum)
      } else {
        rule = .none
      }
    }
  }

  /// What is added to every code, when that is all; codes may leave the other domain by it.
  var offset: Int? {
    guard case .units(let minimum, 1, 1, let target) = rule else { return nil }
    let (offset, overflow) = minimum.subtractingReportingOverflow(target)
    return overflow ? nil : offset
  }

  /// The other domain's code for the value of a code, which is not 0.
  func code(_ code: Int) -> Int {
    switch rule {
    case .none: return 0
    case .units(let minimum, let multiply, let divide, let target):
      let (units, overflow) = (minimum + (code - 1)).multipliedReportingOverflow(by: multiply)
      guard !overflow, units % divide == 0 else { return 0 }
      let (difference, isFar) = (units / divide).subtractingReportingOverflow(target)
      return isFar || difference < 0 || difference >= cardinality - 1 ? 0 : difference + 1
    case .text(let index, let bytes): return bytes(code) { index.index(of: $0).map { $0 + 1 } ?? 0 }
    case .identifiers(let prefix, let digits, let minimum, let bytes):
      return bytes(code) { text in
        guard let number = identifierNumber(text, prefix: prefix, digits: digits) else { return 0 }
        let difference = number - minimum
        return difference < 0 || difference >= cardinality - 1 ? 0 : difference + 1
      }
    }
  }
}

private func power(_ places: Int) -> Int { places <= 0 ? 1 : Int(Domain.powers[places]) }

/// Hands the bytes of a text code's value on.
private func textBytes(_ domain: Domain) -> (Int, (UnsafeBufferPointer<UInt8>) -> Int) -> Int {
  if case .text(let dictionary) = domain { return { code, use in use(dictionary.bytes(code - 1)) } }
  return { code, use in
    guard case .text(var text) = domain.value(of: code) else { return 0 }
    return text.withUTF8(use)
  }
}

/// The number of an identifier that is written as its domain writes it.
func identifierNumber(
  _ text: UnsafeBufferPointer<UInt8>, prefix: [UInt8], digits: Int
) -> Int? {
  let count = text.count - prefix.count
  guard count > 0, count <= 18, let start = text.baseAddress else { return nil }
  for index in 0..<prefix.count where start[index] != prefix[index] { return nil }
  // More digits than the domain pads to are written without leading zeros.
  guard count == digits || (count > digits && start[prefix.count] != 48) else { return nil }
  if digits <= 8, count == digits, text.count >= 8 {
    let number = quickDigits(loadWord(start + text.count - 8), digits)
    return number < 0 ? nil : number
  }
  var number = 0
  for index in prefix.count..<text.count {
    let digit = Int(start[index]) - 48
    guard digit >= 0, digit <= 9 else { return nil }
    number = number &* 10 &+ digit
  }
  return number
}
