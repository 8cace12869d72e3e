public import WidenLanguage

/// A database that holds rows and answers questions about them, so that only figures travel.
///
/// What it is asked means what it means here: the same rows, the same groups, the same figures.
public protocol RemoteSource: AnyObject, Sendable {
  /// What it is called in messages.
  var name: String { get }

  /// Why it cannot give the rows of a plan, as a phrase; nil when it can.
  func obstacle(to plan: Plan, in dataset: Dataset) -> String?

  /// The groups of a plan's rows, in no order: the keys, the aggregates, the numbers of people.
  func groups(of question: RemoteQuestion, for run: RemoteRun) throws(ExecutionError) -> RemoteTable

  /// Some columns of a plan's rows, in their order, and who they are about as the last column where
  /// that is asked; at most `limit` rows.
  func rows(
    of plan: Plan, columns: [Int], withPeople: Bool, limit: Int, for run: RemoteRun
  ) throws(ExecutionError) -> RemoteTable

  /// How many rows each plan has.
  func counts(of plans: [Plan], for run: RemoteRun) throws(ExecutionError) -> [Int]

  /// The people of each group by 64 parts into which chance puts them: the keys, the part, how many.
  func parts(
    of question: RemoteQuestion, for run: RemoteRun
  ) throws(ExecutionError) -> RemoteTable

  /// What single people add to a sum: the keys, the two largest, all others together.
  func contributions(
    to operand: TypedExpression, of question: RemoteQuestion, for run: RemoteRun
  ) throws(ExecutionError) -> RemoteTable

  /// The values of a column and their numbers of rows; when `isComplete` nil unless all are known.
  func values(of column: ColumnDescription.Origin, isComplete: Bool) -> [ValueCount]?

  /// Whether a column holds a text; true when finding out takes too long.
  func holds(_ text: String, in column: ColumnDescription.Origin) -> Bool

  /// How many rows of a column are not missing; nil when counting them takes too long.
  func recordedRows(of column: ColumnDescription.Origin) -> Int?

  /// The queries that a plan needs, as they would be sent; for people to read.
  func queries(for plan: Plan, in dataset: Dataset) -> [String]
}

/// Groups that are asked of a remote source.
public struct RemoteQuestion: Sendable {
  /// The rows that are grouped.
  public var plan: Plan
  /// What makes a group, over the plan's columns.
  public var keys: [TypedExpression]
  /// What is computed of each group.
  public var aggregates: [TypedAggregate]
  /// For each of these conditions the number of people behind the rows for which it holds; nil: all.
  public var people: [TypedExpression?]

  /// Groups by keys.
  public init(
    plan: Plan, keys: [TypedExpression], aggregates: [TypedAggregate] = [],
    people: [TypedExpression?] = []
  ) {
    self.plan = plan
    self.keys = keys
    self.aggregates = aggregates
    self.people = people
  }
}

/// What a question to a remote source is asked with.
public struct RemoteRun: Sendable {
  /// The tables, those that are here among them.
  public var dataset: Dataset
  /// True stops the query, there too.
  public var isCancelled: @Sendable () -> Bool

  /// Over these tables.
  public init(dataset: Dataset, isCancelled: @escaping @Sendable () -> Bool = { false }) {
    self.dataset = dataset
    self.isCancelled = isCancelled
  }
}

/// What comes back.
public struct RemoteTable: Sendable {
  /// All of `rowCount` rows.
  public var columns: [Column]
  /// The number of rows.
  public var rowCount: Int

  /// Columns of equal length.
  public init(columns: [Column], rowCount: Int) {
    self.columns = columns
    self.rowCount = rowCount
  }
}

extension TableDescription {
  /// The column that tells people apart: the one that is named, else the only identifier, else the
  /// key; nil when every row is somebody else.
  public var personColumn: String? {
    let identifiers = columns.filter { $0.sensitivity == .identifier }
    return person ?? (identifiers.count == 1 ? identifiers[0].name : nil) ?? key
  }
}
