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

/// A function or a definition with what it is given: `name(arguments)`.
public struct Call: Hashable, Sendable {
  /// The function's name, or a definition's with its table: `staff.in_post`.
  public var function: Path
  /// What stands in the brackets, in order; empty for `name()`.
  public var arguments: [Expression]
  /// From the name to the closing bracket.
  public var place: Place

  /// A call of a function with these arguments.
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
    /// What joins this term to those before it.
    public var `operator`: ArithmeticOperator
    /// The term itself, which binds more tightly than the operator.
    public var value: Expression

    /// An operator and the term after it.
    public init(_ operator: ArithmeticOperator, _ value: Expression) {
      self.operator = `operator`
      self.value = value
    }
  }

  /// The term that has no operator before it.
  public var first: Expression
  /// One at least.
  public var rest: [Term]

  /// A chain such as `salary * fte / 12`.
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
  /// How the two sides are compared.
  public var `operator`: ComparisonOperator
  /// What stands before the sign.
  public var left: Expression
  /// What stands after the sign.
  public var right: Expression
  /// The sign's place.
  public var place: Place

  /// The comparison of two expressions by this sign.
  public init(
    _ operator: ComparisonOperator, _ left: Expression, _ right: Expression, place: Place = .none
  ) {
    self.operator = `operator`
    self.left = left
    self.right = right
    self.place = place
  }
}

/// Whether a value is in a set: `value in set`, `value not in set`.
public struct Membership: Hashable, Sendable {
  /// What is looked for in the set.
  public var value: Expression
  /// Whether `not` stands before `in`.
  public var isNegated: Bool
  /// The values and ranges of the set, one at least.
  ///
  /// A single member needs no brackets.
  public var members: [Member]

  /// The test whether a value is among these members.
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

/// A condition on a text: `contains`, `starts with`, `ends with`.
public struct TextTest: Hashable, Sendable {
  /// What is looked for.
  public enum Kind: String, Hashable, Sendable {
    case contains
    case startsWith = "starts with"
    case endsWith = "ends with"
  }

  /// Where the pattern must stand in the text.
  public var kind: Kind
  /// Whether `not` stands before the test.
  public var isNegated: Bool
  /// The text that is searched.
  public var value: Expression
  /// What it is searched for, capitals and all.
  public var pattern: Expression

  /// The test of a text for a pattern.
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

  /// Which of the two words stands after `is`.
  public var kind: Kind
  /// Whether `not` stands between `is` and the word.
  public var isNegated: Bool
  /// What may be missing.
  public var value: Expression

  /// The test whether a value is there.
  public init(_ kind: Kind, isNegated: Bool, value: Expression) {
    self.kind = kind
    self.isNegated = isNegated
    self.value = value
  }
}

/// `if condition then chosen else other`.
public struct Conditional: Hashable, Sendable {
  /// What decides between the two.
  public var condition: Expression
  /// The value when the condition holds.
  public var chosen: Expression
  /// The value when it does not.
  public var other: Expression
  /// From `if` to the end of the other value.
  public var place: Place

  /// A choice between two values.
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

  /// Whether it asks if there are any, or how many there are.
  public var kind: Kind
  /// The other table, such as `cases`.
  public var table: Name
  /// The condition on that table's rows; nil takes them all.
  public var condition: Expression?
  /// From the first word to the end of the condition.
  public var place: Place

  /// A question about the rows of another table.
  public init(_ kind: Kind, table: Name, condition: Expression?, place: Place = .none) {
    self.kind = kind
    self.table = table
    self.condition = condition
    self.place = place
  }
}
