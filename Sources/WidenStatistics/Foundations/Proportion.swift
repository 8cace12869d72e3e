/// So many of so many: events among the people who could have one.
///
///     let appointed = try Proportion(events: 117, people: 389)
///     appointed.share                 // 0.3008
///     appointed.interval()            // 0.2573 to 0.3481
///
/// Counts may have fractions, because weighted counts do.
public struct Proportion: Hashable, Sendable {
  /// How many have it: from 0 to the number of people.
  public let events: Double
  /// How many could have it: above 0.
  public let people: Double

  /// A proportion; the error is `notANumber`, `negative`, `notPositive` or `moreThan`.
  public init(events: Double, people: Double) throws(StatisticsError) {
    try self.init(events: events, people: people, row: nil)
  }

  /// A proportion of whole numbers, with the same errors.
  public init(events: Int, people: Int) throws(StatisticsError) {
    try self.init(events: Double(events), people: Double(people), row: nil)
  }

  /// A proportion that stands in a list; errors say where, from 1.
  public init(events: Double, people: Double, row: Int?) throws(StatisticsError) {
    try notNegative(events, Argument(.events, row: row))
    try positive(people, Argument(.people, row: row))
    guard events <= people else {
      throw .moreThan(Argument(.events, row: row), events, whole: .people, people)
    }
    self.events = events
    self.people = people
  }

  /// The events over the people, from 0 to 1.
  public var share: Double { events / people }

  /// How many do not have it.
  var others: Double { people - events }
}

/// All the events among all the people, of however many proportions.
func pooled(_ proportions: [Proportion]) -> (events: Double, people: Double, share: Double) {
  let events = proportions.reduce(0) { $0 + $1.events }
  let people = proportions.reduce(0) { $0 + $1.people }
  return (events, people, events / people)
}
