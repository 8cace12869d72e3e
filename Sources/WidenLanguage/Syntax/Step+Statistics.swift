/// `recode column (values => literal, …, else => literal) as name`.
public struct RecodeStep: Hashable, Sendable {
  /// Values and what they become; nil values are `else`.
  public struct Rule: Hashable, Sendable {
    /// The values it is for; nil means every other.
    public var values: [Member]?
    /// What they become.
    public var result: LiteralExpression

    /// A rule of these parts.
    public init(values: [Member]?, result: LiteralExpression) {
      self.values = values
      self.result = result
    }
  }

  /// The column that is recoded.
  public var column: Path
  /// The rules, in order; the first that fits decides.
  public var rules: [Rule]
  /// The new column's name.
  public var name: Name

  /// A recoding of these parts.
  public init(column: Path, rules: [Rule], name: Name) {
    self.column = column
    self.rules = rules
    self.name = name
  }
}

/// `compare to benchmark on columns [using …] [within …] [matching …] [through … weighted by …]`.
public struct CompareStep: Hashable, Sendable {
  /// `name = path`.
  public struct Match: Hashable, Sendable {
    /// The benchmark's column.
    public var name: Name
    /// The column of the rows that it matches.
    public var path: Path

    /// A match of these parts.
    public init(_ name: Name, _ path: Path) {
      self.name = name
      self.path = path
    }
  }

  /// The table to compare with.
  public var benchmark: Name
  /// The columns that must agree.
  public var on: [Path]
  /// The column of the benchmark that counts people.
  public var using: Path?
  /// The columns within whose groups it is computed.
  public var within: [Path]
  /// Columns that match under another name.
  public var matching: [Match]
  /// The table that joins rows and benchmark.
  public var through: Name?
  /// The column that weights its rows.
  public var weight: Path?
  /// The interval asked for.
  public var interval: Interval?

  /// A comparison with a benchmark of these parts.
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

/// `likelihood of event for column "group" against "reference" [using column] [by keys [with total]]`.
public struct LikelihoodStep: Hashable, Sendable {
  /// What may happen.
  public var event: Expression
  /// The column that tells the groups apart.
  public var column: Path
  /// The group that is asked about.
  public var group: LiteralExpression
  /// The group it is compared with.
  public var reference: LiteralExpression
  /// The column that says for how many people each row stands.
  public var using: Path?
  /// What to group by.
  public var keys: [Key]
  /// Whether a row for all keys together is added.
  public var withTotal: Bool

  /// A relative likelihood of these parts.
  public init(
    event: Expression, column: Path, group: LiteralExpression, reference: LiteralExpression,
    using: Path? = nil, keys: [Key] = [], withTotal: Bool = false
  ) {
    self.event = event
    self.column = column
    self.group = group
    self.reference = reference
    self.using = using
    self.keys = keys
    self.withTotal = withTotal
  }
}

/// `standardise event [among base] [using column] over column using column [by keys]`.
public struct StandardiseStep: Hashable, Sendable {
  /// What is counted.
  public var event: Expression
  /// Which rows it is counted among; nil means all.
  public var base: Expression?
  /// The column that says for how many people each row stands.
  public var using: Path?
  /// The column of ages.
  public var over: Path
  /// The column of the standard population, or `total` for the rates of all rows together.
  public var standard: Path
  /// What to group by.
  public var keys: [Key]

  /// A standardisation of these parts.
  public init(
    event: Expression, base: Expression? = nil, using: Path? = nil, over: Path, standard: Path,
    keys: [Key] = []
  ) {
    self.event = event
    self.base = base
    self.using = using
    self.over = over
    self.standard = standard
    self.keys = keys
  }
}

/// `inequality of aggregate across column [by keys]`.
public struct InequalityStep: Hashable, Sendable {
  /// The figure.
  public var aggregate: Aggregate
  /// The ordered column it is followed across.
  public var across: Path
  /// What to group by.
  public var keys: [Key]

  /// A measure of inequality of these parts.
  public init(aggregate: Aggregate, across: Path, keys: [Key] = []) {
    self.aggregate = aggregate
    self.across = across
    self.keys = keys
  }
}

/// `funnel event [among base] [using column] by keys [with overdispersion]`.
public struct FunnelStep: Hashable, Sendable {
  /// What is counted.
  public var event: Expression
  /// Which rows it is counted among; nil means all.
  public var base: Expression?
  /// The column that says for how many people each row stands.
  public var using: Path?
  /// What to group by.
  public var keys: [Key]
  /// Whether the limits are widened by what the groups differ beyond chance.
  public var withOverdispersion: Bool

  /// A funnel of these parts.
  public init(
    event: Expression, base: Expression? = nil, using: Path? = nil, keys: [Key],
    withOverdispersion: Bool = false
  ) {
    self.event = event
    self.base = base
    self.using = using
    self.keys = keys
    self.withOverdispersion = withOverdispersion
  }
}

/// `control aggregate over key [baseline until expression]`.
public struct ControlStep: Hashable, Sendable {
  /// The figure.
  public var aggregate: Aggregate
  /// The time it is followed over.
  public var over: Key
  /// The end of the stretch that sets the limits.
  public var until: Expression?

  /// A control chart of these parts.
  public init(aggregate: Aggregate, over: Key, until: Expression? = nil) {
    self.aggregate = aggregate
    self.over = over
    self.until = until
  }
}

/// `parity of event among base over year until year`.
public struct ParityStep: Hashable, Sendable {
  /// What the share is of.
  public var event: Expression
  /// Where the share is taken.
  public var base: Expression
  /// The year whose flows are counted.
  public var year: LiteralExpression
  /// The last year.
  public var until: LiteralExpression

  /// A projection of these parts.
  public init(
    event: Expression, base: Expression, year: LiteralExpression, until: LiteralExpression
  ) {
    self.event = event
    self.base = base
    self.year = year
    self.until = until
  }
}

/// `protect [policy] [because "reason"]`.
public struct ProtectStep: Hashable, Sendable {
  /// The policy; nil means the one of the dataset.
  public var policy: Name?
  /// Why, when the policy asks for a reason.
  public var reason: String?

  /// A protection of these parts.
  public init(policy: Name? = nil, reason: String? = nil) {
    self.policy = policy
    self.reason = reason
  }
}
