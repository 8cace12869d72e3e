/// `recode column (values => literal, …, else => literal) as name`.
public struct RecodeStep: Hashable, Sendable {
  /// Values and what they become; nil values are `else`.
  public struct Rule: Hashable, Sendable {
    /// The values and ranges before `=>`; nil for `else`.
    public var values: [Member]?
    /// What they become.
    public var result: LiteralExpression

    /// One `values => result` of a recoding.
    public init(values: [Member]?, result: LiteralExpression) {
      self.values = values
      self.result = result
    }
  }

  /// The column whose values are grouped; it stays as it is.
  public var column: Path
  /// The rules in the order written, one at least.
  public var rules: [Rule]
  /// The new column's name.
  public var name: Name

  /// A new column made from the values of another.
  public init(column: Path, rules: [Rule], name: Name) {
    self.column = column
    self.rules = rules
    self.name = name
  }
}

/// Shares beside those of a benchmark.
///
/// `compare to benchmark on columns [using …] [within …] [matching …] [through … weighted by …]`.
public struct CompareStep: Hashable, Sendable {
  /// A column of the benchmark that must equal one of the result: `name = path`.
  public struct Match: Hashable, Sendable {
    /// The benchmark's column.
    public var name: Name
    /// The result's column, or one that a relationship leads to, such as `organisation.borough`.
    public var path: Path

    /// The condition `name = path`.
    public init(_ name: Name, _ path: Path) {
      self.name = name
      self.path = path
    }
  }

  /// The table that the shares are set beside, such as `population`.
  public var benchmark: Name
  /// The columns whose values are compared, such as `ethnic_group`.
  public var on: [Path]
  /// The benchmark's column that counts people; nil counts its rows.
  public var using: Path?
  /// The paths after `within`; empty when the shares are of the whole.
  public var within: [Path]
  /// The conditions after `matching`; empty when the whole benchmark counts for every row.
  public var matching: [Match]
  /// The table that links rows to several parts of the benchmark, such as `catchments`.
  public var through: Name?
  /// The column of `through` that tells how much each part counts.
  public var weight: Path?
  /// The interval after `with`; nil asks for none.
  public var interval: Interval?

  /// A comparison with the whole benchmark, unless told otherwise.
  public init(
    benchmark: Name, on: [Path], using: Path? = nil, within: [Path] = [], matching: [Match] = [],
    through: Name? = nil, weight: Path? = nil, interval: Interval? = nil
  ) {
    self.benchmark = benchmark
    self.on = on
    self.using = using
    self.within = within
    self.matching = matching
    self.through = through
    self.weight = weight
    self.interval = interval
  }
}

/// `likelihood of event for column "group" against "reference" [by keys [with total]]`.
public struct LikelihoodStep: Hashable, Sendable {
  /// The condition whose likelihood is compared, such as `appointed`.
  public var event: Expression
  /// The column that tells the two groups apart, such as `ethnic_group`.
  public var column: Path
  /// The value of the group asked about, whose rate is divided.
  public var group: LiteralExpression
  /// The value of the group it is compared with, whose rate divides.
  public var reference: LiteralExpression
  /// The columns after `by`; empty when there is one comparison of all rows.
  public var keys: [Key]
  /// Whether a row for all the groups of `by` together is added.
  public var withTotal: Bool

  /// A relative likelihood among all rows, unless told otherwise.
  public init(
    event: Expression, column: Path, group: LiteralExpression, reference: LiteralExpression,
    keys: [Key] = [], withTotal: Bool = false
  ) {
    self.event = event
    self.column = column
    self.group = group
    self.reference = reference
    self.keys = keys
    self.withTotal = withTotal
  }
}

/// `standardise event [among base] over column using column [by keys]`.
public struct StandardiseStep: Hashable, Sendable {
  /// The condition whose rate is standardised.
  public var event: Expression
  /// The condition of those at risk; nil takes every row.
  public var base: Expression?
  /// The column of strata, such as `age_band`.
  public var over: Path
  /// The standard's people in each stratum, such as `standard_population.people`.
  public var standard: Path
  /// The columns after `by`; empty when there is one rate for all rows.
  public var keys: [Key]

  /// A rate among all rows, unless told otherwise.
  public init(
    event: Expression, base: Expression? = nil, over: Path, standard: Path, keys: [Key] = []
  ) {
    self.event = event
    self.base = base
    self.over = over
    self.standard = standard
    self.keys = keys
  }
}

/// `inequality of aggregate across column [by keys]`.
public struct InequalityStep: Hashable, Sendable {
  /// The figure that is followed from one end to the other.
  public var aggregate: Aggregate
  /// The ordered column it is followed along, such as `imd_quintile`.
  public var across: Path
  /// The columns after `by`; empty when there is one slope for all rows.
  public var keys: [Key]

  /// The slope of a figure along an ordered column.
  public init(aggregate: Aggregate, across: Path, keys: [Key] = []) {
    self.aggregate = aggregate
    self.across = across
    self.keys = keys
  }
}

/// `funnel event [among base] by keys`.
public struct FunnelStep: Hashable, Sendable {
  /// The condition whose rate is judged.
  public var event: Expression
  /// The condition of those at risk; nil takes every row.
  public var base: Expression?
  /// The columns after `by`, one at least: each group is a point of the funnel.
  public var keys: [Key]

  /// The rates of groups, to be judged by the limits of chance.
  public init(event: Expression, base: Expression? = nil, keys: [Key]) {
    self.event = event
    self.base = base
    self.keys = keys
  }
}

/// `control aggregate over key [baseline until expression]`.
public struct ControlStep: Hashable, Sendable {
  /// The figure that is followed.
  public var aggregate: Aggregate
  /// The times it is followed over, such as `month(left)`.
  public var over: Key
  /// The last time that sets the centre and the limits; nil lets every time count.
  public var until: Expression?

  /// A control chart's figures, with limits from all times unless told otherwise.
  public init(aggregate: Aggregate, over: Key, until: Expression? = nil) {
    self.aggregate = aggregate
    self.over = over
    self.until = until
  }
}

/// `protect [policy] [because "reason"]`.
public struct ProtectStep: Hashable, Sendable {
  /// The disclosure policy, such as `hes`; nil takes the one that is set.
  public var policy: Name?
  /// The text after `because`; nil when no reason is given.
  public var reason: String?

  /// The policy in force, unless another is named.
  public init(policy: Name? = nil, reason: String? = nil) {
    self.policy = policy
    self.reason = reason
  }
}
