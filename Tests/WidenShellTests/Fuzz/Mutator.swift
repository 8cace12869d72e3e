import Foundation
import WidenLanguage
import WidenShell

/// Random numbers that are the same for the same seed, with neighbouring seeds far apart.
struct FuzzRandom: RandomNumberGenerator {
  private var source: SeededBytes

  init(_ seed: Int) {
    source = SeededBytes(
      state: UInt64(bitPattern: Int64(seed)) &* 0xD134_2543_DE82_EF95 &+ 0x9E37_79B9_7F4A_7C15)
  }

  mutating func next() -> UInt64 { source.next() }

  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

  mutating func pick<Element>(_ list: [Element]) -> Element { list[below(list.count)] }
}

/// Changes byte sequences at random: pieces are cut, doubled, moved, exchanged and spoilt.
struct Mutator {
  var random: FuzzRandom
  /// What is worth inserting.
  let pieces: [[UInt8]]

  init(seed: Int, pieces: [String]) {
    random = FuzzRandom(seed)
    self.pieces = pieces.map { Array($0.utf8) }
  }

  /// One of these, changed a few times.
  mutating func mutated(_ corpus: [[UInt8]]) -> [UInt8] {
    var bytes = random.pick(corpus)
    for _ in 0..<1 + random.below(6) { change(&bytes, corpus) }
    return bytes
  }

  private mutating func change(_ bytes: inout [UInt8], _ corpus: [[UInt8]]) {
    let start = random.below(bytes.count + 1)
    let end = min(bytes.count, start + random.below(random.pick([2, 4, 12, 60])))
    switch random.below(9) {
    case 0: bytes.removeSubrange(start..<end)
    case 1: bytes.insert(contentsOf: bytes[start..<end], at: random.below(bytes.count + 1))
    case 2, 3, 4: bytes.replaceSubrange(start..<end, with: random.pick(pieces))
    case 5:
      let other = random.pick(corpus)
      let cut = random.below(other.count + 1)
      bytes.replaceSubrange(start..., with: other[cut...])
    case 6:
      if start < bytes.count { bytes[start] ^= UInt8(1 << random.below(8)) }
    case 7:
      let piece = random.pick(pieces)
      for _ in 0..<random.pick([2, 10, 70]) { bytes.insert(contentsOf: piece, at: start) }
    default: swapWords(&bytes)
    }
  }

  private mutating func swapWords(_ bytes: inout [UInt8]) {
    var words = bytes.split(separator: 32, omittingEmptySubsequences: false).map(Array.init)
    let first = random.below(words.count)
    words.swapAt(first, random.below(words.count))
    bytes = Array(words.joined(separator: [32]))
  }
}

/// How long the fuzz tests take, and where they start.
enum FuzzPlan {
  /// `WIDEN_FUZZ_SECONDS`, for each of the tests.
  static let seconds = setting("WIDEN_FUZZ_SECONDS") ?? 2
  /// `WIDEN_FUZZ_SEED`; a run that fails names the one to start from.
  static let firstSeed = setting("WIDEN_FUZZ_SEED") ?? 0
  /// How long an answer may take: a second, or ten where nothing is optimised.
  #if DEBUG
    static let mostSeconds = 10.0
  #else
    static let mostSeconds = 1.0
  #endif

  private static func setting(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
  }

  /// Runs seed after seed until the time is up, and says on standard error which is next, so that
  /// a run that traps can be repeated from there.
  static func run(_ name: String, _ body: (Int) throws -> Void) rethrows {
    let started = Date()
    var told = started
    var seed = firstSeed
    say("\(name): from seed \(seed)")
    while Date().timeIntervalSince(started) < Double(seconds) {
      try body(seed)
      seed += 1
      if Date().timeIntervalSince(told) > 5 {
        told = Date()
        say("\(name): seed \(seed) is next")
      }
    }
    say("\(name): \(seed - firstSeed) seeds tried")
  }

  private static func say(_ text: String) {
    FileHandle.standardError.write(Data("fuzz \(text)\n".utf8))
  }
}

/// Characters that a terminal would obey.
func rawCharacters(_ text: String) -> [Unicode.Scalar] {
  text.unicodeScalars.filter {
    $0.value < 0x20 && $0 != "\n" || (0x7F...0x9F).contains($0.value)
      || (0x202A...0x202E).contains($0.value) || (0x2066...0x2069).contains($0.value)
  }
}
