/// Random bits that depend on a stream and a row alone: splitmix64, counted instead of iterated.
///
/// A row's values therefore do not depend on how many rows there are or in which order they are
/// filled. All of it is integer arithmetic, so that every machine makes the same people.
struct Chance {
  /// What is drawn, so that no two draws of a row share their bits.
  enum Stream: UInt64 {
    case secondPost, organisation, role, band, left, age, joined
    case borough, ethnicity, sex, disability, deprivation, fte, salary, reason
    case offer, start, outcome
    case vacancy, applicant, decision, conduct, training
  }

  private static let seed: UInt64 = 0x5749_4445_4E20_3134
  private static let step: UInt64 = 0x9E37_79B9_7F4A_7C15
  private let key: UInt64

  init(_ stream: Stream) {
    key = Chance.mix(Chance.seed &+ (stream.rawValue &+ 1) &* Chance.step)
  }

  /// 64 bits for a row.
  @inline(__always)
  subscript(row: Int) -> UInt64 {
    Chance.mix(key &+ UInt64(truncatingIfNeeded: row) &* Chance.step)
  }

  @inline(__always)
  private static func mix(_ value: UInt64) -> UInt64 {
    var bits = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}

extension UInt64 {
  /// A number below `limit` from the 16 bits that start at `bit`; every other 16 bits are free.
  @inline(__always)
  func below(_ limit: Int, bit: UInt64) -> Int {
    Int((((self >> bit) & 0xFFFF) &* UInt64(truncatingIfNeeded: limit)) >> 16)
  }

  /// Whether the 16 bits that start at `bit` fall among the first `perThousand` in a thousand.
  @inline(__always)
  func isAmong(_ perThousand: Int, bit: UInt64) -> Bool { below(1000, bit: bit) < perThousand }
}

/// Loaded dice: a face for each of the 2^bits values, as many of a number as its weight asks for.
///
/// A throw is one look-up, however many numbers there are.
struct Dice {
  private let faces: [UInt8]
  private let bits: UInt64

  /// One die for each list of weights; the numbers are the indices into it.
  ///
  /// A die without any weight always shows 255.
  init(_ weights: [[Int]], bits: Int = 10) {
    self.bits = UInt64(bits)
    let sides = 1 << bits
    var faces = [UInt8](repeating: 255, count: weights.count * sides)
    for (die, weights) in weights.enumerated() {
      let total = weights.reduce(0, +)
      var sum = 0
      var from = die * sides
      for (number, weight) in weights.enumerated() where weight > 0 {
        sum += weight
        let to = die * sides + (sum * sides + total / 2) / total
        faces.withUnsafeMutableBufferPointer { $0[from..<to].update(repeating: UInt8(number)) }
        from = to
      }
    }
    self.faces = faces
  }

  /// Throws a die with the bits that start at `bit`.
  @inline(__always)
  func callAsFunction(_ die: Int, _ random: UInt64, bit: UInt64 = 0) -> Int {
    Int(faces[die << Int(bits) | Int((random >> bit) & ((1 << bits) - 1))])
  }
}
