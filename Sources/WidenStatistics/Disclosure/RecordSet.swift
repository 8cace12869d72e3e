/// The people, or rows, behind a cell, by their numbers.
///
/// Few are held as a sorted list and many as bits; equal sets are equal however they came about.
public struct RecordSet: Hashable, Sendable {
  private enum Storage: Hashable {
    case sorted([UInt32])
    case bits([UInt64])
  }

  private let storage: Storage
  /// How many there are.
  public let count: Int

  /// A set of numbers, in any order; a number that comes twice is one.
  public init(_ numbers: some Sequence<UInt32>) {
    // Sorted as an array: other modules' sequences would be sorted by a generic comparison.
    var sorted = Array(numbers)
    sorted.sort()
    var kept = 0
    for index in sorted.indices where index == 0 || sorted[index] != sorted[index - 1] {
      sorted[kept] = sorted[index]
      kept += 1
    }
    sorted.removeSubrange(kept...)
    self.init(sorted: sorted)
  }

  /// The set of the bits that are 1; bit 0 of the first word is number 0.
  public init(bits words: [UInt64]) {
    var words = words
    while words.last == 0 { words.removeLast() }
    let count = words.reduce(0) { $0 + $1.nonzeroBitCount }
    if Self.prefersBits(count: count, words: words.count) {
      storage = .bits(words)
      self.count = count
    } else {
      var sorted: [UInt32] = []
      sorted.reserveCapacity(count)
      Self.forEach(words) { sorted.append($0) }
      storage = .sorted(sorted)
      self.count = count
    }
  }

  private init(sorted: [UInt32]) {
    count = sorted.count
    let words = sorted.last.map { Int($0) / 64 + 1 } ?? 0
    if Self.prefersBits(count: sorted.count, words: words) {
      var bits = [UInt64](repeating: 0, count: words)
      for number in sorted { bits[Int(number) / 64] |= 1 << (number % 64) }
      storage = .bits(bits)
    } else {
      storage = .sorted(sorted)
    }
  }

  /// The one form of a set: bits where they need less memory than numbers.
  private static func prefersBits(count: Int, words: Int) -> Bool { words * 2 < count }

  /// The numbers, from the smallest.
  public var numbers: [UInt32] {
    var numbers: [UInt32] = []
    numbers.reserveCapacity(count)
    forEach { numbers.append($0) }
    return numbers
  }

  /// Whether a number is in it.
  public func contains(_ number: UInt32) -> Bool {
    switch storage {
    case .sorted(let sorted):
      var low = 0
      var high = sorted.count
      while low < high {
        let middle = (low + high) / 2
        if sorted[middle] < number { low = middle + 1 } else { high = middle }
      }
      return low < sorted.count && sorted[low] == number
    case .bits(let words):
      let word = Int(number) / 64
      return word < words.count && words[word] & (1 << (number % 64)) != 0
    }
  }

  /// Whether all of its numbers are in another set.
  public func isSubset(of other: RecordSet) -> Bool {
    guard count <= other.count else { return false }
    switch (storage, other.storage) {
    case (.bits(let words), .bits(let others)):
      guard words.count <= others.count else { return false }
      return words.indices.allSatisfy { words[$0] & ~others[$0] == 0 }
    case (.sorted(let sorted), .bits), (.sorted(let sorted), .sorted):
      return sorted.allSatisfy { other.contains($0) }
    case (.bits, .sorted):
      return numbers.allSatisfy { other.contains($0) }
    }
  }

  func forEach(_ body: (UInt32) -> Void) {
    switch storage {
    case .sorted(let sorted): sorted.forEach(body)
    case .bits(let words): Self.forEach(words, body)
    }
  }

  private static func forEach(_ words: [UInt64], _ body: (UInt32) -> Void) {
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        body(UInt32(index * 64 + rest.trailingZeroBitCount))
        rest &= rest - 1
      }
    }
  }
}
