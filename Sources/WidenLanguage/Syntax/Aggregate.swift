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

/// `count where …`, `sum fte`, `rate bme among … with interval`
public struct AggregateCall: Hashable, Sendable {
  public var word: AggregateWord
  /// Nil only for `count`; `count distinct x` has the word `distinct`.
  public var operand: Expression?
  /// The other column of `corr x with y`.
  public var second: Expression?
  /// The number of `percentile N of x`: a number or a parameter.
  public var percentile: Expression?
  /// The base of a `rate`.
  public var among: Expression?
  public var condition: Expression?
  public var interval: Interval?
  public var place: Place

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
  public var level: String

  public init(level: String) {
    self.level = level
  }
}

/// A measure used as an aggregate.
public struct MeasureCall: Hashable, Sendable {
  public var name: Name
  public var condition: Expression?
  public var interval: Interval?

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
    public var `operator`: ArithmeticOperator
    public var value: Aggregate

    public init(_ operator: ArithmeticOperator, _ value: Aggregate) {
      self.operator = `operator`
      self.value = value
    }
  }

  public var first: Aggregate
  /// One at least.
  public var rest: [Term]

  public init(first: Aggregate, rest: [Term]) {
    self.first = first
    self.rest = rest
  }
}
