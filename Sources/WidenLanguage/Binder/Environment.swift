/// What a query's names may refer to besides columns: tables, definitions, named values, parameters.
public struct Environment: Sendable {
  /// The tables of the dataset and the results that were kept.
  public var catalogue: any Catalogue & Sendable
  /// What `define` named.
  public var definitions: Definitions
  /// What `let` named, other than queries, which are tables; keys in small letters.
  public var values: [String: Member]
  /// Keys in small letters.
  public var parameters: [String: Parameter]
  /// How a literal that no row holds is reported: a warning in the shell, an error in a script.
  public var unknownValues: Diagnostic.Severity

  /// An environment for a script, in which an unknown value is an error, unless told otherwise.
  public init(
    catalogue: any Catalogue & Sendable, definitions: Definitions = Definitions(),
    values: [String: Member] = [:], parameters: [String: Parameter] = [:],
    unknownValues: Diagnostic.Severity = .error
  ) {
    self.catalogue = catalogue
    self.definitions = definitions
    self.values = values
    self.parameters = parameters
    self.unknownValues = unknownValues
  }
}

/// A parameter of a script and what it was given.
public struct Parameter: Hashable, Sendable {
  /// Its name, its type and where its values come from, as `param` says.
  public var declaration: ParamStatement
  /// Nil while nothing has been given: the query can be checked, not run.
  public var value: [TypedMember]?

  /// A parameter with the values it was given.
  public init(declaration: ParamStatement, value: [TypedMember]?) {
    self.declaration = declaration
    self.value = value
  }
}

/// Named groups, conditions with arguments, and measures.
public struct Definitions: Hashable, Sendable {
  /// A name, the arguments it takes, and what it stands for.
  public struct Column: Hashable, Sendable {
    /// Nil: for any table that has the columns it uses.
    public var table: String?
    /// The name without its table.
    public var name: String
    /// The names that stand for what it is given; empty when it is used like a column.
    public var arguments: [Name]
    /// What it stands for, as written; bound anew wherever it is used.
    public var value: Expression { meaning.expression }
    fileprivate var meaning: Meaning
    /// Whether it came with the dataset or the program: values that no row has are no slip in it.
    public var isReviewed: Bool
  }

  /// What a definition stands for.
  fileprivate enum Meaning: Hashable, Sendable {
    case expression(Expression)
    /// The whole statement, which is read when somebody asks.
    case unread(String)
  }

  /// A named aggregate.
  public struct Measure: Hashable, Sendable {
    /// The name that is used as an aggregate.
    public var name: String
    /// What it stands for, as written; bound anew wherever it is used.
    public var value: Aggregate
  }

  /// Columns and conditions, in the order in which they were last defined.
  public private(set) var columns: [Column] = []
  /// Measures, in the order in which they were last defined.
  public private(set) var measures: [Measure] = []

  /// No definitions.
  public init() {}

  /// Adds a definition, or replaces the one with the same name.
  public mutating func add(_ statement: DefineStatement, isReviewed: Bool = false) {
    switch statement {
    case .column(let path, let arguments, let value):
      let table = path.names.count > 1 ? path.names[0].text : nil
      let name = path.names[path.names.count - 1].text
      add(
        Column(
          table: table, name: name, arguments: arguments, meaning: .expression(value),
          isReviewed: isReviewed))
    case .measure(let name, let value):
      measures.removeAll { $0.name.lowercased() == name.text.lowercased() }
      measures.append(Measure(name: name.text, value: value))
    }
  }

  /// Adds definitions of columns that came with the program, one a line: `define staff.x(y) as …`.
  ///
  /// They are sound, so what they stand for is read when it is used: few sessions use any.
  public mutating func addKnown(_ text: String) {
    for line in text.split(separator: "\n").map(String.init) {
      let heading = line.prefix { $0 != " " }.count + 1
      let subject = line.dropFirst(heading).prefix { $0 != " " && $0 != "(" }
      let path = subject.split(separator: ".").map(String.init)
      guard let name = path.last else { continue }
      var arguments: [Name] = []
      let rest = line.dropFirst(heading + subject.count)
      if rest.first == "(" {
        arguments = rest.dropFirst().prefix { $0 != ")" }.split(separator: ",").map {
          Name($0.filter { $0 != " " })
        }
      }
      add(
        Column(
          table: path.count > 1 ? path[0] : nil, name: name, arguments: arguments,
          meaning: .unread(line), isReviewed: true))
    }
  }

  private mutating func add(_ column: Column) {
    columns.removeAll {
      $0.isCalled(column.name) && $0.table?.lowercased() == column.table?.lowercased()
    }
    columns.append(column)
  }

  /// The definition of this name for the first of these tables that has one; a general one comes
  /// last.
  public func column(named name: String, of tables: [String]) -> Column? {
    for table in tables {
      if let own = columns.first(where: { $0.isCalled(name) && $0.belongs(to: table) }) {
        return own
      }
    }
    return columns.first { $0.isCalled(name) && $0.table == nil }
  }

  /// The definitions that the rows of one of these tables can use.
  public func columns(of tables: [String]) -> [Column] {
    columns.filter { column in
      column.table == nil || tables.contains { column.belongs(to: $0) }
    }
  }

  /// The measure of this name.
  public func measure(named name: String) -> Measure? {
    measures.first { $0.name.lowercased() == name.lowercased() }
  }
}

extension Definitions.Meaning {
  fileprivate var expression: Expression {
    switch self {
    case .expression(let expression): return expression
    case .unread(let text):
      let statement = parse(text).program.statements.first?.statement
      guard case .define(.column(_, _, let value)) = statement else {
        preconditionFailure("what comes with the program can be read")
      }
      return value
    }
  }
}

extension Definitions.Column {
  fileprivate func isCalled(_ other: String) -> Bool { name.lowercased() == other.lowercased() }

  fileprivate func belongs(to other: String) -> Bool { table?.lowercased() == other.lowercased() }
}
