/// A query whose names are resolved.
public struct BoundQuery: Hashable, Sendable {
  /// What to run, without the columns that nothing needs.
  public var plan: Plan
  /// Steps that can only be bound when the plan has run, because a cross-tabulation's columns come
  /// from its data; they go on from its result.
  public var remaining: [PlacedStep]
  /// Whether a `select` chose the result's columns, so that exports add none.
  public var columnsAreChosen: Bool
  /// What the result's rows are.
  public var rows: TableDescription.Rows
  /// Warnings and notes.
  public var diagnostics: [Diagnostic]
}

/// Binds a query: resolves its names to columns by index, checks types, and gives the plan.
///
/// - Parameters:
///   - source: the text the query was parsed from, for messages that quote a step.
/// - Returns: the plan, or the problems that stop it, three at the most.
public func bind(_ query: Query, in environment: Environment, source: String)
  -> Result<BoundQuery, Problems>
{
  var binder = Binder(environment: environment, source: source)
  return binder.bind(query)
}

/// The problems of one text, one at least.
public struct Problems: Error, Hashable, Sendable {
  /// The problems in the order in which they were found.
  public var diagnostics: [Diagnostic]

  /// Problems to report together.
  public init(_ diagnostics: [Diagnostic]) {
    self.diagnostics = diagnostics
  }
}

/// The state of binding one query.
struct Binder {
  let environment: Environment
  let source: [UInt8]
  /// Warnings and notes so far, in order.
  var diagnostics: [Diagnostic] = []
  /// How many of the definitions being expanded came with the dataset or the program.
  var reviewedDepth = 0

  init(environment: Environment, source: String) {
    self.environment = environment
    self.source = Array(source.utf8)
  }

  var catalogue: any Catalogue & Sendable { environment.catalogue }

  /// The pipeline as bound so far.
  struct Pipeline {
    var plan: Plan
    var scope: Scope
    /// The names of the columns that count rows or add them up: what `share` may be of.
    var additive: [String] = []
    /// The names of the columns that the rows are grouped by.
    var keys: [String] = []
    var columnsAreChosen = false
    /// Nobody has said yet which of a table's ended rows are meant.
    var mayHoldEndedRows = false
    /// On how many days each row may be held; nil when nothing has been said of single days.
    var snapshotCount: Int?

    /// What its rows are now.
    var rows: TableDescription.Rows {
      guard let table = scope.table, keys.isEmpty else {
        return .groups(.init(keys: keys, additive: additive))
      }
      return .records(
        .init(table: table, mayHoldEndedRows: mayHoldEndedRows, snapshotCount: snapshotCount))
    }

    /// Goes on with another plan over the same kind of rows.
    mutating func advance(to plan: Plan, losing step: PlacedStep? = nil) {
      if let step { scope.losses.append((step, scope.columns, plan.columns)) }
      self.plan = plan
      scope.columns = plan.columns
    }
  }

  mutating func bind(_ query: Query) -> Result<BoundQuery, Problems> {
    var problems: [Diagnostic] = []
    var pipeline: Pipeline
    do throws(Diagnostic) {
      pipeline = try start(query.table)
    } catch {
      return .failure(Problems([error]))
    }
    for (index, step) in query.steps.enumerated() {
      do throws(Diagnostic) {
        try bind(step, onto: &pipeline)
      } catch {
        problems.append(error)
        // A condition leaves the columns as they are, so the steps after it can still be checked.
        guard case .where = step.step, problems.count < mostProblems else { break }
        continue
      }
      if case .crosstab = pipeline.plan.operation, index + 1 < query.steps.count, problems.isEmpty {
        return .success(
          bound(pipeline, remaining: Array(query.steps[(index + 1)...])))
      }
    }
    return problems.isEmpty
      ? .success(bound(pipeline, remaining: [])) : .failure(Problems(problems + errors))
  }

  private var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }

  private func bound(_ pipeline: Pipeline, remaining: [PlacedStep]) -> BoundQuery {
    BoundQuery(
      plan: pipeline.plan, remaining: remaining,
      columnsAreChosen: pipeline.columnsAreChosen,
      rows: pipeline.rows, diagnostics: diagnostics)
  }

  private mutating func start(_ name: Name) throws(Diagnostic) -> Pipeline {
    let table = try table(name)
    let plan = Plan(.scan(table: table.name), columns: table.columns, label: table.name)
    var pipeline = Pipeline(plan: plan, scope: Scope(columns: table.columns, table: table.name))
    pipeline.mayHoldEndedRows = table.span != nil
    switch table.rows {
    case nil: break
    case .groups(let grouping):
      pipeline.keys = grouping.keys
      pipeline.additive = grouping.additive
      pipeline.scope.table = nil
    case .records(let records):
      pipeline.scope.table = records.table
      pipeline.scope.result = table.name
      pipeline.mayHoldEndedRows = records.mayHoldEndedRows
      pipeline.snapshotCount = records.snapshotCount
    }
    return pipeline
  }

  /// The table of this name, or the problem that there is none.
  func table(_ name: Name) throws(Diagnostic) -> TableDescription {
    if let table = catalogue.table(named: name.text) { return table }
    let near = nearest(name.text, in: catalogue.tableNames)
    throw MeaningProblem.unknownTable(name: name.text, near: near, known: catalogue.tableNames)
      .at(name.place, fix: near)
  }

  /// The text of a step on one line, cut when long, for messages.
  func text(of step: PlacedStep) -> String {
    let range = step.place.range
    guard range.start < range.end, range.end <= source.count else { return "an earlier step" }
    let words = String(decoding: source[range.start..<range.end], as: UTF8.self)
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return words.count > 40 ? words.prefix(38) + "…" : words
  }

  /// Adds a warning or a note once.
  mutating func tell(_ diagnostic: Diagnostic) {
    if !diagnostics.contains(diagnostic) { diagnostics.append(diagnostic) }
  }
}
