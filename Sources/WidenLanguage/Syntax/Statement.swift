/// A script: its help lines and its statements, as written.
public struct Program: Hashable, Sendable {
  /// The leading `##` lines, without the signs.
  public var help: [String]
  /// The statements in order, without those that could not be read.
  public var statements: [PlacedStatement]

  /// A script with these statements.
  public init(help: [String] = [], statements: [PlacedStatement]) {
    self.help = help
    self.statements = statements
  }
}

/// A statement and the text it covers.
public struct PlacedStatement: Hashable, Sendable {
  /// What is said, without its place.
  public var statement: Statement
  /// The text it covers, from its first word to its last, without the separator.
  public var place: Place

  /// A statement; one that was made rather than read stands nowhere.
  public init(_ statement: Statement, place: Place = .none) {
    self.statement = statement
    self.place = place
  }
}

/// A table and what is done with it: `from table | step | step …`.
public struct Query: Hashable, Sendable {
  /// The table, or the named result such as `last`, that the rows come from.
  public var table: Name
  /// The steps in the order they run; empty when the table is shown as it is.
  public var steps: [PlacedStep]

  /// The query `from table`, then these steps.
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

/// What a script is given: `param name as type [list] [from path] [default set]`.
public struct ParamStatement: Hashable, Sendable {
  /// The types a parameter may have.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case text, number, date, month, period, yesno
  }

  /// The name, without the `$` that a query puts before it.
  public var name: Name
  /// What each of its values must be.
  public var kind: Kind
  /// Whether it takes several values, for use after `in`.
  public var isList: Bool
  /// The column whose values are allowed, such as `staff.band`; nil allows any.
  public var source: Path?
  /// Nil when there is no default; never empty.
  public var defaultValue: [Member]?

  /// A parameter that must be given unless it has a default.
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

/// `define [table.]name[(arguments)] as expression`, or `define measure name as aggregate`.
public enum DefineStatement: Hashable, Sendable {
  case column(Path, arguments: [Name], Expression)
  case measure(Name, Aggregate)
}

/// `load "file" [sheet "name"] [skip N rows] [as name] [personal by path] [with options]`.
public struct LoadStatement: Hashable, Sendable {
  /// The file's path, without its quotes.
  public var file: String
  /// The sheet of a workbook, such as `"Table 1"`; nil when none is named.
  public var sheet: String?
  /// How many rows stand above the header; nil means none.
  public var skip: Count?
  /// The table's name; nil takes it from the file's.
  public var name: Name?
  /// The column that tells people apart, after `personal by`; nil when nothing is said.
  public var person: Path?
  /// The settings after `with`, as written.
  public var options: [Option]
  /// Where the file's name stands.
  public var place: Place

  /// A file to read as it is, but for the clauses given.
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

/// One setting of `with`: `name = set`.
public struct Option: Hashable, Sendable {
  /// The parameter or setting, without a `$`.
  public var name: Name
  /// One at least.
  public var value: [Member]

  /// A name and the values it is given.
  public init(_ name: Name, _ value: [Member]) {
    self.name = name
    self.value = value
  }
}

/// `set name value [because "reason"]`.
public struct SetStatement: Hashable, Sendable {
  /// The setting, such as `display`.
  public var name: Name
  /// What it is set to, such as `wide`.
  public var value: SettingValue
  /// The text after `because`; nil when no reason is given.
  public var reason: String?

  /// A change of one setting.
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
