/// Limits round one figure of each row.
public struct IntervalPlan: Hashable, Sendable {
  /// What the figure is, and the columns of the input from which its limits are computed.
  public enum Method: Hashable, Sendable {
    /// So many of so many: Wilson.
    case proportion(ColumnDescription.Parts)
    /// Events over people, of which one may have several events: Byar, exact below 10.
    case rate(ColumnDescription.Parts)
    /// Events that are counted: Byar, exact below 10.
    case count(Int)
    /// A mean of so many values with this standard deviation: Student's t.
    case mean(mean: Int, deviation: Int, count: Int)
  }

  /// What the figure is.
  public var method: Method
  /// The level of confidence, between 0 and 1.
  public var level: Double
  /// The figure's name, for notes.
  public var name: String

  /// Limits round the figure of this name.
  public init(_ method: Method, level: Double, name: String) {
    self.method = method
    self.level = level
    self.name = name
  }
}

/// The relative likelihood of an event for one group against another.
///
/// The input has the keys first; the result has them, too, and then the columns of
/// `LikelihoodPlan.names`.
public struct LikelihoodPlan: Hashable, Sendable {
  /// How many columns of the input are keys.
  public var keyCount: Int
  /// The events and people of the group that is asked about.
  public var group: ColumnDescription.Parts
  /// The events and people of the group it is compared with.
  public var reference: ColumnDescription.Parts
  /// The column that counts everybody, of either group or none.
  public var everybody: Int
  /// What the two groups are called.
  public var groupName: String
  /// What the group it is compared with is called.
  public var referenceName: String
  /// The column that tells the groups apart, for notes.
  public var columnName: String
  /// Whether a row for all keys together is added.
  public var withTotal: Bool

  /// A comparison of two groups.
  public init(
    keyCount: Int, group: ColumnDescription.Parts, reference: ColumnDescription.Parts,
    everybody: Int, groupName: String, referenceName: String, columnName: String, withTotal: Bool
  ) {
    self.keyCount = keyCount
    self.group = group
    self.reference = reference
    self.everybody = everybody
    self.groupName = groupName
    self.referenceName = referenceName
    self.columnName = columnName
    self.withTotal = withTotal
  }
}

/// Rates as they would be if every group had the same ages.
///
/// The input has the keys, then the stratum, then counts; a row of the result for each keys.
public struct StandardisePlan: Hashable, Sendable {
  /// How many columns of the input are keys, before the stratum.
  public var keyCount: Int
  /// The events and people of each stratum.
  public var counts: ColumnDescription.Parts
  /// The standard population: strata and their people.
  ///
  /// Nil takes the rates of all groups together.
  public var standard: Plan?
  /// What the strata are called, for notes.
  public var stratumName: String

  /// A standardisation by strata.
  public init(
    keyCount: Int, counts: ColumnDescription.Parts, standard: Plan?, stratumName: String
  ) {
    self.keyCount = keyCount
    self.counts = counts
    self.standard = standard
    self.stratumName = stratumName
  }
}

/// How a figure changes across an ordered column.
///
/// The input has the keys, then the ordered column, then figures; a row of the result for each keys.
public struct InequalityPlan: Hashable, Sendable {
  /// Where the chance in a figure comes from.
  public enum Chance: Hashable, Sendable {
    /// A share of people.
    case proportion(ColumnDescription.Parts)
    /// Events over people.
    case rate(ColumnDescription.Parts)
    /// A mean of so many values with this standard deviation.
    case mean(deviation: Int, count: Int)
    /// Not known: there is no interval.
    case unknown
  }

  /// How many columns of the input are keys, before the ordered column.
  public var keyCount: Int
  /// The figure, over the input's columns.
  public var value: TypedExpression
  /// The column that counts the people.
  public var people: Int
  /// Where the chance in a figure comes from.
  public var chance: Chance
  /// The level of confidence, between 0 and 1.
  public var level: Double
  /// The ordered column's name, for notes.
  public var acrossName: String
  /// Whether the figure is a fraction, shown as a percentage.
  public var isFraction: Bool

  /// A measure of how a figure changes across a column.
  public init(
    keyCount: Int, value: TypedExpression, people: Int, chance: Chance, level: Double,
    acrossName: String, isFraction: Bool
  ) {
    self.keyCount = keyCount
    self.value = value
    self.people = people
    self.chance = chance
    self.level = level
    self.acrossName = acrossName
    self.isFraction = isFraction
  }
}

/// Which groups' rates lie outside the limits of chance.
public struct FunnelPlan: Hashable, Sendable {
  /// How many columns of the input are keys.
  public var keyCount: Int
  /// The events and people of each group.
  public var counts: ColumnDescription.Parts
  /// Whether the limits are widened by what the groups differ beyond chance.
  public var withOverdispersion: Bool

  /// A funnel of the groups.
  public init(keyCount: Int, counts: ColumnDescription.Parts, withOverdispersion: Bool) {
    self.keyCount = keyCount
    self.counts = counts
    self.withOverdispersion = withOverdispersion
  }
}

/// A figure over time, with the limits of what is ordinary.
///
/// The input has the time first, in its order.
public struct ControlPlan: Hashable, Sendable {
  /// The figure, over the input's columns.
  public var value: TypedExpression
  /// The counts behind a rate.
  public var parts: ColumnDescription.Parts?
  /// Whether a month or year without rows counts as 0.
  public var emptyIsZero: Bool
  /// The last time that sets the limits; nil: all do.
  public var until: Value?

  /// A control chart of a figure.
  public init(
    value: TypedExpression, parts: ColumnDescription.Parts?, emptyIsZero: Bool, until: Value?
  ) {
    self.value = value
    self.parts = parts
    self.emptyIsZero = emptyIsZero
    self.until = until
  }
}

/// When a share equals another at the present flows.
///
/// The input counts people by their kind (1 when they have what the share is of), by where they were
/// and where they are: 0 outside, 1 elsewhere, 2 where the share is taken.
public struct ParityPlan: Hashable, Sendable {
  /// The year whose flows are counted.
  public var year: Period
  /// How many years ahead the answer looks.
  public var years: Int
  /// What the share is of, for notes.
  public var eventName: String
  /// Where it is taken, for notes.
  public var baseName: String

  /// A projection of a share.
  public init(year: Period, years: Int, eventName: String, baseName: String) {
    self.year = year
    self.years = years
    self.eventName = eventName
    self.baseName = baseName
  }
}

extension ChangePlan {
  /// What a change is tested as.
  public enum Test: Hashable, Sendable {
    /// Two shares, with the counts behind them.
    case shares(ColumnDescription.Parts)
    /// Two counts of events.
    case counts
  }
}
