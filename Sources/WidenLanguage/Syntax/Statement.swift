/// A script: its help lines and its statements, as written.
public struct Program: Hashable, Sendable {
  /// The leading `##` lines, without the signs.
  public var help: [String]
  /// Its statements, in order.
  public var statements: [PlacedStatement]

  /// A script of these parts.
  public init(help: [String] = [], statements: [PlacedStatement]) {
    self.help = help
    self.statements = statements
  }
}

/// A statement and the text it covers.
public struct PlacedStatement: Hashable, Sendable {
  /// The statement.
  public var statement: Statement
  /// Where it stands.
  public var place: Place

  /// A statement at its place of these parts.
  public init(_ statement: Statement, place: Place = .none) {
    self.statement = statement
    self.place = place
  }
}

/// `from table | step | step …`.
public struct Query: Hashable, Sendable {
  /// The table it starts from.
  public var table: Name
  /// Its steps, in order.
  public var steps: [PlacedStep]

  /// A query of these parts.
  public init(table: Name, steps: [PlacedStep]) {
    self.table = table
    self.steps = steps
  }
}

/// One statement, as written.
///
/// Each case is one line of the signature table.
public indirect enum Statement: Hashable, Sendable {
  case query(Query)
  case `let`(Name, LetValue)
  case param(ParamStatement)
  case define(DefineStatement)
  case load(LoadStatement)
  case run(file: String, values: [Option], place: Place)
  case export(Name, ExportTarget)
  case compare(Name, to: Name)
  case set(SetStatement)
  case show(Topic)
  case explain(Query)
  case why(row: Int, column: String)
  case report(String)
  case save(String, Place)
  /// The words after `help`.
  case help([String])
  case back
  case quit
}

/// What `let` names.
public enum LetValue: Hashable, Sendable {
  case query(Query)
  case value(Member)
}

/// `param name as type [list] [from path] [default set]`.
public struct ParamStatement: Hashable, Sendable {
  /// The types a parameter may have.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case text, number, date, month, period, yesno
  }

  /// The parameter's name.
  public var name: Name
  /// What it holds.
  public var kind: Kind
  /// Whether it holds several values.
  public var isList: Bool
  /// The column whose values are allowed.
  public var source: Path?
  /// Nil when there is no default; never empty.
  public var defaultValue: [Member]?

  /// A parameter of these parts.
  public init(
    name: Name, kind: Kind, isList: Bool = false, source: Path? = nil,
    defaultValue: [Member]? = nil
  ) {
    self.name = name
    self.kind = kind
    self.isList = isList
    self.source = source
    self.defaultValue = defaultValue
  }
}

/// `define [table.]name[(arguments)] as expression`, `define measure name as aggregate`.
public enum DefineStatement: Hashable, Sendable {
  case column(Path, arguments: [Name], Expression)
  case measure(Name, Aggregate)

  /// What it defines, without the table.
  public var name: String {
    switch self {
    case .column(let path, _, _): path.names.last?.text ?? ""
    case .measure(let name, _): name.text
    }
  }
}

/// `load "file" [sheet "name"] [skip N rows] [as name] [personal by path] [with options]`.
public struct LoadStatement: Hashable, Sendable {
  /// The file's name.
  public var file: String
  /// The sheet of a workbook.
  public var sheet: String?
  /// How many rows to skip.
  public var skip: Count?
  /// The table's name; nil means the file's.
  public var name: Name?
  /// The column that tells persons apart.
  public var person: Path?
  /// What is said about how to read it.
  public var options: [Option]
  /// Where the file's name stands.
  public var place: Place

  /// A statement that loads a file of these parts.
  public init(
    file: String, sheet: String? = nil, skip: Count? = nil, name: Name? = nil,
    person: Path? = nil, options: [Option] = [], place: Place = .none
  ) {
    self.file = file
    self.sheet = sheet
    self.skip = skip
    self.name = name
    self.person = person
    self.options = options
    self.place = place
  }
}

/// `name = set`.
public struct Option: Hashable, Sendable {
  /// The option's name.
  public var name: Name
  /// One at least.
  public var value: [Member]

  /// An option of these parts.
  public init(_ name: Name, _ value: [Member]) {
    self.name = name
    self.value = value
  }
}

/// `set name value [because "reason"]`.
public struct SetStatement: Hashable, Sendable {
  /// The setting's name.
  public var name: Name
  /// What it is set to.
  public var value: SettingValue
  /// Why, when the setting asks for a reason.
  public var reason: String?

  /// A setting and its value of these parts.
  public init(name: Name, value: SettingValue, reason: String? = nil) {
    self.name = name
    self.value = value
    self.reason = reason
  }
}

/// What a setting is given: a bare word, or a value.
public enum SettingValue: Hashable, Sendable {
  case word(Name)
  case literal(LiteralExpression)
}

/// What `show` is asked for.
public enum Topic: Hashable, Sendable {
  /// `show columns of table`
  case columns(of: Name)
  /// `show values of path`
  case values(of: Path)
  /// `show load table`
  case load(Name)
  /// Any of the single words.
  case general(General)

  /// The topics that take nothing further.
  public enum General: String, Hashable, Sendable, CaseIterable {
    case tables, columns, definitions, measures, parameters, settings, policy, history, examples
    case library
  }
}
