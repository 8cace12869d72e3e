/// A name as it was written: a table, a column, a function, a parameter.
public struct Name: Hashable, Sendable {
  /// The name without backticks, in the writer's own capitals.
  public var text: String
  /// Where it stands.
  public var place: Place

  /// A name.
  public init(_ text: String, _ place: Place = .none) {
    self.text = text
    self.place = place
  }
}

/// Names joined by full stops: `band`, `staff.band`, `share.numerator`.
///
/// Never empty.
public struct Path: Hashable, Sendable {
  /// The names, in order.
  public var names: [Name]

  /// A path of these names; there must be one at least.
  public init(_ names: [Name]) {
    precondition(!names.isEmpty, "a path has at least one name")
    self.names = names
  }

  /// Where it stands, from its first name to its last.
  public var place: Place {
    Place(names.reduce(names[0].place.range) { $0.joined($1.place.range) })
  }

  /// The names joined by full stops, without backticks.
  public var text: String { names.map(\.text).joined(separator: ".") }
}

/// A value written out.
public enum Literal: Hashable, Sendable {
  /// A number without its sign, as written: `30000`, `0.5`.
  case number(String)
  /// A percentage as written without its sign: `2.3%`, worth 0.023.
  case percent(String)
  case text(String)
  case date(Day)
  case month(Month)
  case period(Period)
  case yes
  case no
  case missing
}

/// An expression or a condition, as written.
public indirect enum Expression: Hashable, Sendable {
  case literal(Literal, Place)
  /// `$name`
  case parameter(Name)
  case path(Path)
  case call(Call)
  /// `-x`
  case negative(Expression, Place)
  /// Terms of one precedence: `a + b - c`, `a * b / c`.
  case chain(Chain)
  case comparison(Comparison)
  case membership(Membership)
  case textTest(TextTest)
  case presence(Presence)
  /// Two or more conditions joined by `and`.
  case all([Expression])
  /// Two or more conditions joined by `or`.
  case any([Expression])
  case not(Expression, Place)
  case conditional(Conditional)
  case related(Related)
}

/// `name(arguments)`.
public struct Call: Hashable, Sendable {
  /// The function's name.
  public var function: Path
  /// What stands in the brackets.
  public var arguments: [Expression]
  /// From the name to the closing bracket.
  public var place: Place

  /// A call of these parts.
  public init(function: Path, arguments: [Expression], place: Place = .none) {
    self.function = function
    self.arguments = arguments
    self.place = place
  }
}

/// The four operations of arithmetic.
public enum ArithmeticOperator: String, Hashable, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
}

/// A first term and what is done with the others, in order; all `+ -` or all `* /`.
public struct Chain: Hashable, Sendable {
  /// An operator and the term after it.
  public struct Term: Hashable, Sendable {
    /// What is done with the value.
    public var `operator`: ArithmeticOperator
    /// The value after the operator.
    public var value: Expression

    /// A term of these parts.
    public init(_ operator: ArithmeticOperator, _ value: Expression) {
      self.operator = `operator`
      self.value = value
    }
  }

  /// The first term.
  public var first: Expression
  /// One at least.
  public var rest: [Term]

  /// A chain of these parts.
  public init(first: Expression, rest: [Term]) {
    self.first = first
    self.rest = rest
  }
}

/// The comparison signs.
public enum ComparisonOperator: String, Hashable, Sendable, CaseIterable {
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
}

/// `left = right` and the like.
public struct Comparison: Hashable, Sendable {
  /// The sign.
  public var `operator`: ComparisonOperator
  /// What stands before the sign.
  public var left: Expression
  /// What stands after the sign.
  public var right: Expression
  /// The sign's place.
  public var place: Place

  /// A comparison of these parts.
  public init(
    _ operator: ComparisonOperator, _ left: Expression, _ right: Expression, place: Place = .none
  ) {
    self.operator = `operator`
    self.left = left
    self.right = right
    self.place = place
  }
}

/// `value in set`, `value not in set`.
public struct Membership: Hashable, Sendable {
  /// What is looked for.
  public var value: Expression
  /// Whether it is `not in`.
  public var isNegated: Bool
  /// One at least.
  ///
  /// A single member needs no brackets.
  public var members: [Member]

  /// A membership of these parts.
  public init(value: Expression, isNegated: Bool, members: [Member]) {
    self.value = value
    self.isNegated = isNegated
    self.members = members
  }
}

/// A value or a range inside a set.
public enum Member: Hashable, Sendable {
  case value(Expression)
  /// `low..high`, both ends included; one of them may be open.
  case range(low: Expression?, high: Expression?)
}

/// `contains`, `starts with`, `ends with`.
public struct TextTest: Hashable, Sendable {
  /// What is looked for.
  public enum Kind: String, Hashable, Sendable {
    case contains
    case startsWith = "starts with"
    case endsWith = "ends with"
  }

  /// Where the pattern is looked for.
  public var kind: Kind
  /// Whether a `not` stands before it.
  public var isNegated: Bool
  /// The text that is searched.
  public var value: Expression
  /// The text that is looked for.
  public var pattern: Expression

  /// A test of text of these parts.
  public init(_ kind: Kind, isNegated: Bool, value: Expression, pattern: Expression) {
    self.kind = kind
    self.isNegated = isNegated
    self.value = value
    self.pattern = pattern
  }
}

/// `is missing`, `is recorded`, `is not missing`, `is not recorded`.
public struct Presence: Hashable, Sendable {
  /// What is asked.
  public enum Kind: String, Hashable, Sendable {
    case missing
    case recorded
  }

  /// What is asked.
  public var kind: Kind
  /// Whether a `not` stands before it.
  public var isNegated: Bool
  /// What it is asked about.
  public var value: Expression

  /// A question whether something is recorded of these parts.
  public init(_ kind: Kind, isNegated: Bool, value: Expression) {
    self.kind = kind
    self.isNegated = isNegated
    self.value = value
  }
}

/// `if condition then chosen else other`.
public struct Conditional: Hashable, Sendable {
  /// What decides.
  public var condition: Expression
  /// The value when the condition holds.
  public var chosen: Expression
  /// The value when it does not.
  public var other: Expression
  /// Where it stands.
  public var place: Place

  /// A conditional of these parts.
  public init(
    condition: Expression, chosen: Expression, other: Expression, place: Place = .none
  ) {
    self.condition = condition
    self.chosen = chosen
    self.other = other
    self.place = place
  }
}

/// `any TABLE where …`, `count TABLE where …`: about the rows of another table that point here.
public struct Related: Hashable, Sendable {
  /// What is asked of them.
  public enum Kind: String, Hashable, Sendable {
    case any
    case count
  }

  /// What is asked.
  public var kind: Kind
  /// The table whose rows point here.
  public var table: Name
  /// Which of those rows count; nil means all.
  public var condition: Expression?
  /// Where it stands.
  public var place: Place

  /// A question about related rows of these parts.
  public init(_ kind: Kind, table: Name, condition: Expression?, place: Place = .none) {
    self.kind = kind
    self.table = table
    self.condition = condition
    self.place = place
  }
}
