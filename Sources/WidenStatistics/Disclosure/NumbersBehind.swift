/// The numbers of people behind a sum or a mean, as far as they say how it may be published.
///
/// A figure of numbers counts people when it is a number that was made up for it, such as 1 for
/// some and 0 for others, and shows one person's number where all others are known. So it is
/// rounded to a step that is at least as wide as what one person can add to it, and five people
/// where the numbers are two or three or made up: then it says no more than a rounded count would. (Rounding
/// of magnitudes: Hundepool and others, "Statistical Disclosure Control", Wiley 2012.)
public struct NumbersBehind: Sendable {
  /// Numbers that are this few in kind are counted one by one.
  private static let mostKinds = 12

  /// How many there are.
  public private(set) var count = 0
  private var least = Double.infinity
  private var greatest = -Double.infinity
  private var sum = 0.0
  private var squares = 0.0
  /// Each number with some of the people who have it; empty when there are more than a few.
  private var kinds: [(number: Double, people: [UInt32])] = []
  private var hasManyKinds = false
  /// Whether they were computed for the figure, so that anything may be hidden in them.
  private let isMadeUp: Bool
  private var numbers: [Double] = []

  /// Nobody's numbers yet.
  public init(isMadeUp: Bool) { self.isMadeUp = isMadeUp }

  /// Recorded numbers of which only this is known; two kinds of them may be those of few people.
  public init(count: Int, kinds: Int, least: Double, greatest: Double, deviation: Double) {
    isMadeUp = false
    self.count = count
    self.least = least
    self.greatest = greatest
    squares = deviation * deviation * Double(count)
    hasManyKinds = kinds > Self.mostKinds
    if !hasManyKinds { self.kinds = (0..<kinds).map { (Double($0), []) } }
  }

  /// So many made-up numbers of which nothing is known, so that they may tell of anybody.
  public init(hidden count: Int) {
    isMadeUp = true
    self.count = count
    (least, greatest) = (0, 1)
    kinds = count == 0 ? [] : [(0, []), (1, [])]
  }

  /// Adds a number of a person.
  public mutating func add(_ number: Double, of person: UInt32) {
    guard number.isFinite else { return }
    count += 1
    least = min(least, number)
    greatest = max(greatest, number)
    sum += number
    squares += number * number
    if isMadeUp { numbers.append(number) }
    guard !hasManyKinds else { return }
    for index in kinds.indices where kinds[index].number == number {
      if kinds[index].people.count < 64, !kinds[index].people.contains(person) {
        kinds[index].people.append(person)
      }
      return
    }
    kinds.append((number, [person]))
    if kinds.count > Self.mostKinds {
      hasManyKinds = true
      kinds = []
    }
  }

  private var range: Double { count == 0 ? 0 : greatest - least }

  /// The standard deviation; 0 below two numbers.
  private var deviation: Double {
    guard count > 1 else { return 0 }
    let mean = sum / Double(count)
    return max(0, squares / Double(count) - mean * mean).squareRoot()
  }

  /// Whether a figure of them tells of few people: one of two numbers, or of a few that were made
  /// up, is that of few; or all but few people have nearly the same.
  public func tellOfFew(threshold: Int) -> Bool {
    guard range > 0 else { return false }
    if !hasManyKinds, kinds.count == 2 || isMadeUp,
      kinds.contains(where: { $0.people.count <= threshold })
    {
      return true
    }
    guard isMadeUp else { return false }
    // Of fewer, some class is always one of few people.
    if count < 2 * (threshold + 1) { return true }
    let sorted = numbers.sorted()
    let middle = sorted[sorted.count / 2]
    let distances = sorted.map { abs($0 - middle) }.sorted(by: >)
    return distances.prefix(threshold).reduce(0, +) >= 0.75 * distances.reduce(0, +)
  }

  /// So many people's numbers are hidden by a step: one's, or those of a rounded count.
  private func hidden(_ policy: DisclosurePolicy) -> Double {
    isMadeUp || !hasManyKinds && kinds.count < 4 ? Double(max(policy.base, policy.window)) : 1
  }

  /// What a sum of them is rounded to.
  public func stepOfSum(_ policy: DisclosurePolicy) -> RoundingStep? {
    RoundingStep(atLeast: hidden(policy) * max(abs(least), abs(greatest), range))
  }

  /// What a mean, a median or another place among them is rounded to.
  public func stepOfMean(_ policy: DisclosurePolicy) -> RoundingStep? {
    RoundingStep(atLeast: hidden(policy) * range / Double(count))
  }

  /// What their standard deviation is rounded to.
  public func stepOfDeviation(_ policy: DisclosurePolicy) -> RoundingStep? {
    let deviation = deviation
    guard deviation > 0 else { return nil }
    return RoundingStep(atLeast: hidden(policy) * range * range / (2 * Double(count) * deviation))
  }

  /// What the correlation of them with others of the same people is rounded to.
  public func stepOfCorrelation(with other: NumbersBehind, _ policy: DisclosurePolicy)
    -> RoundingStep?
  {
    let spread = deviation * other.deviation * Double(count)
    guard spread > 0 else { return nil }
    let hidden = max(hidden(policy), other.hidden(policy))
    return RoundingStep(atLeast: max(0.01, hidden * range * other.range / spread))
  }
}

/// What figures are rounded to: one, two or five, and a power of ten.
public struct RoundingStep: Hashable, Sendable {
  private let digit: Double
  /// Ten to the power of the places; of places before the point when `isWhole`.
  private let power: Double
  private let isWhole: Bool

  /// The least step that is no narrower than a width; nil for none, or none that is finite.
  public init?(atLeast width: Double) {
    guard width > 0, width.isFinite else { return nil }
    var power = 1.0
    isWhole = width > 1
    if isWhole {
      while power * 10 < width { power *= 10 }
      digit = [1, 2, 5].first { $0 * power >= width } ?? 10
    } else {
      while 1 / (power * 10) >= width, power < 1e18 { power *= 10 }
      // The width is more than a tenth of this step.
      let tenths = width * power * 10
      digit = [1, 2, 5].first { $0 >= tenths * (1 - 1e-12) } ?? 10
      power *= 10
    }
    self.power = power
  }

  /// The nearest multiple, halves away from zero.
  public func rounded(_ value: Double) -> Double {
    isWhole
      ? (value / (digit * power)).rounded() * digit * power
      : (value * power / digit).rounded() * digit / power
  }
}
