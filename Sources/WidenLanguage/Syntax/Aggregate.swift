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

/// `count where …`, `sum fte`, `rate bme among … with interval`.
public struct AggregateCall: Hashable, Sendable {
  /// Which aggregate it is.
  public var word: AggregateWord
  /// Nil only for `count`; `count distinct x` has the word `distinct`.
  public var operand: Expression?
  /// The other column of `corr x with y`.
  public var second: Expression?
  /// The number of `percentile N of x`: a number or a parameter.
  public var percentile: Expression?
  /// The base of a `rate`.
  public var among: Expression?
  /// The column that says for how many people each row of a `rate` stands.
  public var using: Path?
  /// The rows that count, after `where`.
  public var condition: Expression?
  /// The interval asked for.
  public var interval: Interval?
  /// Where it stands.
  public var place: Place

  /// An aggregate of these parts.
  public init(
    _ word: AggregateWord, operand: Expression? = nil, second: Expression? = nil,
    percentile: Expression? = nil, among: Expression? = nil, using: Path? = nil,
    condition: Expression? = nil, interval: Interval? = nil, place: Place = .none
  ) {
    self.word = word
    self.operand = operand
    self.second = second
    self.percentile = percentile
    self.among = among
    self.using = using
    self.condition = condition
    self.interval = interval
    self.place = place
  }
}

/// `with interval 95%`: the confidence level as written, `95%`.
public struct Interval: Hashable, Sendable {
  /// The confidence level as written: `95%`.
  public var level: String

  /// An interval of these parts.
  public init(level: String) {
    self.level = level
  }
}

/// A measure used as an aggregate.
public struct MeasureCall: Hashable, Sendable {
  /// The measure's name.
  public var name: Name
  /// The rows that count, after `where`.
  public var condition: Expression?
  /// The interval asked for.
  public var interval: Interval?

  /// A use of a measure of these parts.
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
    /// What is done with the value.
    public var `operator`: ArithmeticOperator
    /// The value after the operator.
    public var value: Aggregate

    /// A term of these parts.
    public init(_ operator: ArithmeticOperator, _ value: Aggregate) {
      self.operator = `operator`
      self.value = value
    }
  }

  /// The first term.
  public var first: Aggregate
  /// One at least.
  public var rest: [Term]

  /// A chain of aggregates of these parts.
  public init(first: Aggregate, rest: [Term]) {
    self.first = first
    self.rest = rest
  }
}
