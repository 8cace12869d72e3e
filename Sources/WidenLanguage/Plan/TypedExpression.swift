/// An expression whose names are columns by index and whose type is known.
public struct TypedExpression: Hashable, Sendable {
  /// What is computed, from the input's columns.
  public var node: TypedNode
  /// The type of every value it gives that is not missing.
  public var type: ValueType
  /// The values it may have, in order, when they are known: declared categories, or the texts of an
  /// `if … then … else`.
  public var categories: [String]?
  /// Whether its categories may be compared with `<`.
  public var isOrdered: Bool
  /// Values that are present but not `recorded`, such as "not stated".
  public var notRecorded: [String]
  /// The column of the dataset whose values it has.
  public var origin: ColumnDescription.Origin?
  /// The kind of its periods, when it gives periods of one known kind.
  public var periodKind: Period.Kind?
  /// Whether its whole numbers are years, which name something and count nothing.
  public var isYear = false
  /// Where it is written, for messages.
  public var place: Place

  /// An expression of this type, of which nothing more is known unless said.
  public init(
    _ node: TypedNode, type: ValueType, categories: [String]? = nil, isOrdered: Bool = false,
    notRecorded: [String] = [], origin: ColumnDescription.Origin? = nil,
    periodKind: Period.Kind? = nil, place: Place = .none
  ) {
    self.node = node
    self.type = type
    self.categories = categories
    self.isOrdered = isOrdered
    self.notRecorded = notRecorded
    self.origin = origin
    self.periodKind = periodKind
    self.place = place
  }
}

/// What a typed expression is.
///
/// Conditions are never missing: a comparison with missing is false.
public indirect enum TypedNode: Hashable, Sendable {
  case constant(Value)
  /// A column of the step's input, by index.
  case column(Int)
  case function(Function, [TypedExpression])
  /// Of a number.
  case negative(TypedExpression)
  /// Of two numbers; `/` is always real division, and division by zero gives missing.
  case arithmetic(ArithmeticOperator, TypedExpression, TypedExpression)
  /// Both sides have comparable types; see `Ordering`. `!=` is exactly `not =`.
  case comparison(ComparisonOperator, TypedExpression, TypedExpression, Ordering)
  /// Whether a value is one of these or lies in one of these ranges, ends included.
  case membership(TypedExpression, [TypedMember], Ordering)
  /// Both sides are text; case-sensitive.
  case textTest(TextTest.Kind, value: TypedExpression, pattern: TypedExpression)
  case isMissing(TypedExpression)
  /// Neither missing nor one of the expression's `notRecorded` values.
  case isRecorded(TypedExpression)
  case all([TypedExpression])
  case any([TypedExpression])
  /// Of a condition; a boolean column counts as false where it is missing, before it is negated.
  case not(TypedExpression)
  case conditional(
    condition: TypedExpression, chosen: TypedExpression, other: TypedExpression)
  /// A value of the row of another table that this row points to; missing when there is none.
  case lookup(Lookup)
  /// The rows of another table that point to this row.
  case related(RelatedRows)
}

/// How two values are compared.
public enum Ordering: Hashable, Sendable {
  /// By number, day, month, period or no/yes. Whole numbers and fractions may be mixed.
  case natural
  /// Text: equality by bytes, order by natural display order.
  case text
  /// Text, in the order of these categories; a value that is not among them comes after them.
  case categories([String])
}

/// A member of a set.
public enum TypedMember: Hashable, Sendable {
  case value(TypedExpression)
  /// Both ends included; a nil end is open.
  case range(low: TypedExpression?, high: TypedExpression?)
  /// The missing value, which no other member equals.
  case missing
}

/// From a row to the row of another table that its key points to, and an expression over that row.
public struct Lookup: Hashable, Sendable {
  /// The value that points there, over this step's input.
  public var pointer: TypedExpression
  /// The table it points to.
  public var table: String
  /// That table's key column, by name.
  public var key: String
  /// Over the columns of that table.
  public var result: TypedExpression

  /// The value of `result` in the row of `table` whose `key` is the pointer's value.
  public init(pointer: TypedExpression, table: String, key: String, result: TypedExpression) {
    self.pointer = pointer
    self.table = table
    self.key = key
    self.result = result
  }
}

/// Rows of another table that point to this row: whether there are any, or how many.
public struct RelatedRows: Hashable, Sendable {
  /// Whether it asks if there are any, or how many there are.
  public var kind: Related.Kind
  /// This row's key, over this step's input.
  public var key: TypedExpression
  /// The table whose rows point here.
  public var table: String
  /// The column of that table that points here, by name.
  public var pointer: String
  /// Over the columns of that table; nil counts all.
  public var condition: TypedExpression?

  /// The rows of `table` whose `pointer` is this row's key.
  public init(
    kind: Related.Kind, key: TypedExpression, table: String, pointer: String,
    condition: TypedExpression?
  ) {
    self.kind = kind
    self.key = key
    self.table = table
    self.pointer = pointer
    self.condition = condition
  }
}
