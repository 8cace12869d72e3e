/// `recode column (values => literal, …, else => literal) as name`
public struct RecodeStep: Hashable, Sendable {
  /// Values and what they become; nil values are `else`.
  public struct Rule: Hashable, Sendable {
    public var values: [Member]?
    public var result: LiteralExpression

    public init(values: [Member]?, result: LiteralExpression) {
      self.values = values
      self.result = result
    }
  }

  public var column: Path
  public var rules: [Rule]
  public var name: Name

  public init(column: Path, rules: [Rule], name: Name) {
    self.column = column
    self.rules = rules
    self.name = name
  }
}

/// `compare to benchmark on columns [using …] [within …] [matching …] [through … weighted by …]`
public struct CompareStep: Hashable, Sendable {
  /// `name = path`
  public struct Match: Hashable, Sendable {
    public var name: Name
    public var path: Path

    public init(_ name: Name, _ path: Path) {
      self.name = name
      self.path = path
    }
  }

  public var benchmark: Name
  public var on: [Path]
  public var using: Path?
  public var within: [Path]
  public var matching: [Match]
  public var through: Name?
  public var weight: Path?
  public var interval: Interval?

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

/// `likelihood of event for column "group" against "reference" [by keys [with total]]`
public struct LikelihoodStep: Hashable, Sendable {
  public var event: Expression
  public var column: Path
  public var group: LiteralExpression
  public var reference: LiteralExpression
  public var keys: [Key]
  public var withTotal: Bool

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

/// `standardise event [among base] over column using column [by keys]`
public struct StandardiseStep: Hashable, Sendable {
  public var event: Expression
  public var base: Expression?
  public var over: Path
  public var standard: Path
  public var keys: [Key]

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

/// `inequality of aggregate across column [by keys]`
public struct InequalityStep: Hashable, Sendable {
  public var aggregate: Aggregate
  public var across: Path
  public var keys: [Key]

  public init(aggregate: Aggregate, across: Path, keys: [Key] = []) {
    self.aggregate = aggregate
    self.across = across
    self.keys = keys
  }
}

/// `funnel event [among base] by keys`
public struct FunnelStep: Hashable, Sendable {
  public var event: Expression
  public var base: Expression?
  public var keys: [Key]

  public init(event: Expression, base: Expression? = nil, keys: [Key]) {
    self.event = event
    self.base = base
    self.keys = keys
  }
}

/// `control aggregate over key [baseline until expression]`
public struct ControlStep: Hashable, Sendable {
  public var aggregate: Aggregate
  public var over: Key
  public var until: Expression?

  public init(aggregate: Aggregate, over: Key, until: Expression? = nil) {
    self.aggregate = aggregate
    self.over = over
    self.until = until
  }
}

/// `protect [policy] [because "reason"]`
public struct ProtectStep: Hashable, Sendable {
  public var policy: Name?
  public var reason: String?

  public init(policy: Name? = nil, reason: String? = nil) {
    self.policy = policy
    self.reason = reason
  }
}
