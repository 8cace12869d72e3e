/// A script: its help lines and its statements, as written.
public struct Program: Hashable, Sendable {
  /// The leading `##` lines, without the signs.
  public var help: [String]
  public var statements: [PlacedStatement]

  public init(help: [String] = [], statements: [PlacedStatement]) {
    self.help = help
    self.statements = statements
  }
}

/// A statement and the text it covers.
public struct PlacedStatement: Hashable, Sendable {
  public var statement: Statement
  public var place: Place

  public init(_ statement: Statement, place: Place = .none) {
    self.statement = statement
    self.place = place
  }
}

/// `from table | step | step …`
public struct Query: Hashable, Sendable {
  public var table: Name
  public var steps: [PlacedStep]

  public init(table: Name, steps: [PlacedStep]) {
    self.table = table
    self.steps = steps
  }
}

/// One statement, as written. Each case is one line of the signature table.
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

/// `param name as type [list] [from path] [default set]`
public struct ParamStatement: Hashable, Sendable {
  /// The types a parameter may have.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case text, number, date, month, period, yesno
  }

  public var name: Name
  public var kind: Kind
  public var isList: Bool
  public var source: Path?
  /// Nil when there is no default; never empty.
  public var defaultValue: [Member]?

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

/// `define [table.]name[(arguments)] as expression`, `define measure name as aggregate`
public enum DefineStatement: Hashable, Sendable {
  case column(Path, arguments: [Name], Expression)
  case measure(Name, Aggregate)
}

/// `load "file" [sheet "name"] [skip N rows] [as name] [personal by path] [with options]`
public struct LoadStatement: Hashable, Sendable {
  public var file: String
  public var sheet: String?
  public var skip: Count?
  public var name: Name?
  public var person: Path?
  public var options: [Option]
  /// Where the file's name stands.
  public var place: Place

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

/// `name = set`
public struct Option: Hashable, Sendable {
  public var name: Name
  /// One at least.
  public var value: [Member]

  public init(_ name: Name, _ value: [Member]) {
    self.name = name
    self.value = value
  }
}

/// `set name value [because "reason"]`
public struct SetStatement: Hashable, Sendable {
  public var name: Name
  public var value: SettingValue
  public var reason: String?

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
