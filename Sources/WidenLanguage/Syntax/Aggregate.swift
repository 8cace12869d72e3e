/// An aggregate, or arithmetic over aggregates, as written.
public indirect enum Aggregate: Hashable, Sendable {
  case call(AggregateCall)
  /// A named measure, `define measure NAME as …`.
  case measure(MeasureCall)
  case number(Literal, Place)
  case parameter(Name)
  case negative(Aggregate, Place)
  case chain(AggregateChain)
  /// A function of aggregates: `round(mean salary, 0)`.
  case function(Name, [Aggregate], Place)
}

/// The words that start an aggregate.
public enum AggregateWord: String, Hashable, Sendable, CaseIterable {
  case count, distinct, sum, mean, median, min, max, sd, missing, recorded, percentile, rate
  case correlation = "corr"
}

/// One aggregate with its clauses: `count where …`, `sum fte`, `rate bme among … with interval`.
public struct AggregateCall: Hashable, Sendable {
  /// The aggregate's first word; `count distinct x` has the word `distinct`.
  public var word: AggregateWord
  /// Nil only for `count`; `count distinct x` has the word `distinct`.
  public var operand: Expression?
  /// The other column of `corr x with y`.
  public var second: Expression?
  /// The number of `percentile N of x`: a number or a parameter.
  public var percentile: Expression?
  /// The base of a `rate`.
  public var among: Expression?
  /// The condition after `where`; nil counts every row.
  public var condition: Expression?
  /// The interval after `with`; nil asks for none.
  public var interval: Interval?
  /// The whole aggregate, from its word to its last clause.
  public var place: Place

  /// An aggregate with the clauses given; the rest are absent.
  public init(
    _ word: AggregateWord, operand: Expression? = nil, second: Expression? = nil,
    percentile: Expression? = nil, among: Expression? = nil, condition: Expression? = nil,
    interval: Interval? = nil, place: Place = .none
  ) {
    self.word = word
    self.operand = operand
    self.second = second
    self.percentile = percentile
    self.among = among
    self.condition = condition
    self.interval = interval
    self.place = place
  }
}

/// `with interval 95%`: the confidence level as written, `95%`.
public struct Interval: Hashable, Sendable {
  /// The level as written, with its sign; `95%` when the writer gives none.
  public var level: String

  /// An interval at a level such as `99%`.
  public init(level: String) {
    self.level = level
  }
}

/// A measure used as an aggregate.
public struct MeasureCall: Hashable, Sendable {
  /// The measure's own name, after `define measure`.
  public var name: Name
  /// A further condition after `where`, on top of the measure's own.
  public var condition: Expression?
  /// The interval after `with`; nil asks for none.
  public var interval: Interval?

  /// A measure with the clauses given; the rest are absent.
  public init(name: Name, condition: Expression? = nil, interval: Interval? = nil) {
    self.name = name
    self.condition = condition
    self.interval = interval
  }
}

/// Terms of one precedence, as in `Chain`.
public struct AggregateChain: Hashable, Sendable {
  /// An operator and the term after it.
  public struct Term: Hashable, Sendable {
    /// What joins this term to those before it.
    public var `operator`: ArithmeticOperator
    /// The term itself, which binds more tightly than the operator.
    public var value: Aggregate

    /// An operator and the aggregate after it.
    public init(_ operator: ArithmeticOperator, _ value: Aggregate) {
      self.operator = `operator`
      self.value = value
    }
  }

  /// The term that has no operator before it.
  public var first: Aggregate
  /// One at least.
  public var rest: [Term]

  /// A chain such as `sum fte / count`.
  public init(first: Aggregate, rest: [Term]) {
    self.first = first
    self.rest = rest
  }
}
