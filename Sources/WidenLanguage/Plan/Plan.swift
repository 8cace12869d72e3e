/// What to compute: a tree of operations over columns by index.
///
/// Nobody looks up a name after this, but for the tables of the dataset.
public struct Plan: Hashable, Sendable {
  /// The last thing done, with its inputs inside it.
  public var operation: Operation
  /// The columns of its result.
  public var columns: [ColumnDescription]
  /// The step's name in the row flow; nil for operations that are part of a step.
  public var label: String?

  /// A plan whose operation gives these columns; without a label it is part of a step.
  public init(_ operation: Operation, columns: [ColumnDescription], label: String? = nil) {
    self.operation = operation
    self.columns = columns
    self.label = label
  }
}

extension Plan {
  /// The plans whose rows it reads.
  public var inputs: [Plan] {
    switch operation {
    case .scan: []
    case .filter(let input, _), .derive(let input, _), .project(let input, _),
      .aggregate(let input, _, _), .share(let input, _), .crosstab(let input, _),
      .sort(let input, _), .take(let input, _), .top(let input, _), .snapshots(let input, _),
      .change(let input, _), .intervals(let input, _), .likelihood(let input, _),
      .inequality(let input, _), .funnel(let input, _), .control(let input, _),
      .parity(let input, _), .describe(let input), .protect(let input, _), .tap(let input, _):
      [input]
    case .join(let input, let join): [input, join.right]
    case .standardise(let input, let standardise):
      [input] + (standardise.standard.map { [$0] } ?? [])
    }
  }

  /// The tables whose rows it starts from.
  public var scannedTables: Set<String> {
    if case .scan(let table) = operation { return [table] }
    return inputs.reduce(into: []) { $0.formUnion($1.scannedTables) }
  }
}

/// One operation and its inputs.
///
/// Every one states the order of its rows.
public indirect enum Operation: Hashable, Sendable {
  /// All rows of a table, in their order.
  case scan(table: String)
  /// The rows for which the condition holds, in their order.
  case filter(Plan, Filter)
  /// The input's columns and one more for each expression, in the input's order.
  case derive(Plan, [TypedExpression])
  /// These columns of the input, in this order; the plan's `columns` may rename them.
  case project(Plan, [Int])
  /// A row for each combination of keys that occurs, ordered by the keys, missing last; without
  /// keys exactly one row, even of an empty input. Columns: the keys, then the aggregates.
  case aggregate(Plan, keys: [TypedExpression], aggregates: [TypedAggregate])
  /// The input's rows and columns, and three more: the share, its numerator, its denominator.
  case share(Plan, SharePlan)
  /// A row for each value of one key, a column for each value of another. Its `columns` hold the
  /// row key only: the others are known when it has run.
  case crosstab(Plan, CrosstabPlan)
  /// Stable; missing values last, whatever the direction.
  case sort(Plan, [SortKey])
  /// The first rows.
  case take(Plan, Int)
  /// The rows with the highest or lowest values, in each group: ordered by the group's columns,
  /// then by the value; ties keep the input's order. Missing values are never among them.
  case top(Plan, TopPlan)
  /// The left input's rows in their order, each as often as it has matches; columns: the left
  /// input's, then the right's `columns`.
  case join(Plan, JoinPlan)
  /// The input's rows that hold at each date, date by date, with one more column: the date's label.
  case snapshots(Plan, SnapshotPlan)
  /// The input's rows and columns, and three more: the earlier value, the difference, the ratio;
  /// with a test a fourth, the probability.
  case change(Plan, ChangePlan)
  /// The input's rows and columns, and two more for each figure: its lower and its upper limit.
  case intervals(Plan, [IntervalPlan])
  /// The input's rows in their order, their keys, and how two groups of each compare; with a total
  /// one row more.
  case likelihood(Plan, LikelihoodPlan)
  /// A row for each keys of the input, in their order, with rates as if all had the same ages.
  case standardise(Plan, StandardisePlan)
  /// A row for each keys of the input, in their order, with the slope across an ordered column.
  case inequality(Plan, InequalityPlan)
  /// The input's rows in their order, their keys, and where they lie in the funnel.
  case funnel(Plan, FunnelPlan)
  /// A row for each time, in its order, with its figure, the limits and the causes.
  case control(Plan, ControlPlan)
  /// A row for each year from now on, with a share and the share it is to reach.
  case parity(Plan, ParityPlan)
  /// A row for each column of the input that is shown: what it holds and how it is spread.
  case describe(Plan)
  /// The input as it may leave under a disclosure policy.
  case protect(Plan, policy: String?)
  /// The input, unchanged, after something has been done with it.
  case tap(Plan, Action)
}

/// A condition, and what is worth telling about the rows it kept.
public struct Filter: Hashable, Sendable {
  /// What must hold for a row to stay.
  public var condition: TypedExpression
  /// Columns whose missing values a `!=` or `not` lets through: the answer says how many.
  public var watched: [Int]

  /// A filter whose answer tells nothing unless columns are watched.
  public init(condition: TypedExpression, watched: [Int] = []) {
    self.condition = condition
    self.watched = watched
  }
}

/// One aggregate over the rows of a group.
public struct TypedAggregate: Hashable, Sendable {
  /// What is computed.
  ///
  /// All skip missing operands.
  public enum Kind: Hashable, Sendable {
    /// Rows.
    case count
    /// Different values.
    case distinct
    case sum
    case mean
    /// Type 7 of Hyndman and Fan, as `percentile(0.5)`.
    case median
    case minimum
    case maximum
    /// With n - 1; missing below two values.
    case standardDeviation
    /// Rows whose operand is missing.
    case missing
    /// Rows whose operand is recorded: neither missing nor among its `notRecorded`.
    case recorded
    /// The fraction, 0 to 1; type 7.
    case percentile(Double)
    /// Pearson's, with this other operand; rows where both are present.
    case correlation(TypedExpression)
  }

  /// What is computed from the operands.
  public var kind: Kind
  /// Nil only for `count`.
  public var operand: TypedExpression?
  /// Only rows for which it holds are aggregated.
  public var condition: TypedExpression?
  /// How it reads, for notes: `mean salary`.
  public var label: String

  /// An aggregate of all rows of the group, unless there is a condition.
  public init(
    _ kind: Kind, operand: TypedExpression? = nil, condition: TypedExpression? = nil, label: String
  ) {
    self.kind = kind
    self.operand = operand
    self.condition = condition
    self.label = label
  }
}

/// Each row's value as a fraction of the sum over its group.
public struct SharePlan: Hashable, Sendable {
  /// The column that is shared out.
  public var value: Int
  /// The columns whose values make a group; empty when the share is of the whole.
  public var within: [Int]
  /// Rows for which it holds count neither above nor below the line, and get no share.
  public var excluding: TypedExpression?
  /// Key columns whose missing or not recorded values the answer must mention when leaving them
  /// out would move a share by half a point or more.
  public var watched: [Int]
  /// The names of `within`, for the header.
  public var withinNames: [String]

  /// A share of one column, by index, within groups of others.
  public init(
    value: Int, within: [Int], excluding: TypedExpression?, watched: [Int], withinNames: [String]
  ) {
    self.value = value
    self.within = within
    self.excluding = excluding
    self.watched = watched
    self.withinNames = withinNames
  }
}

/// A cross-tabulation.
public struct CrosstabPlan: Hashable, Sendable {
  /// The key whose values go down the side, over the input's columns.
  public var rows: TypedExpression
  /// The key whose values go across the top, over the input's columns.
  public var columns: TypedExpression
  /// What is computed for each cell, before `value` puts it together.
  public var aggregates: [TypedAggregate]
  /// Over the aggregates as columns 0, 1, …: the figure in each cell.
  public var value: TypedExpression
  /// The counts behind a rate, as indices into `aggregates`.
  public var parts: ColumnDescription.Parts?
  /// What a percentage in each cell is of; nil shows the figures themselves.
  public var percent: CrosstabStep.Base?
  /// Whether the `Total` row and column are left out.
  public var withoutTotals: Bool
  /// The column key's name, for headers and notes.
  public var columnsName: String

  /// A table of one figure by two keys.
  public init(
    rows: TypedExpression, columns: TypedExpression, aggregates: [TypedAggregate],
    value: TypedExpression, parts: ColumnDescription.Parts?, percent: CrosstabStep.Base?,
    withoutTotals: Bool, columnsName: String
  ) {
    self.rows = rows
    self.columns = columns
    self.aggregates = aggregates
    self.value = value
    self.parts = parts
    self.percent = percent
    self.withoutTotals = withoutTotals
    self.columnsName = columnsName
  }
}

/// What to sort by.
public struct SortKey: Hashable, Sendable {
  /// What decides the order, over the input's columns.
  public var value: TypedExpression
  /// Whether the largest comes first; missing values are last either way.
  public var isDescending: Bool

  /// A key of the order, from the smallest up unless descending.
  public init(_ value: TypedExpression, isDescending: Bool) {
    self.value = value
    self.isDescending = isDescending
  }
}

/// The highest or lowest rows of each group.
public struct TopPlan: Hashable, Sendable {
  /// How many rows each group keeps.
  public var count: Int
  /// The column whose values decide.
  public var by: Int
  /// The columns whose values make a group; empty when all rows are one.
  public var within: [Int]
  /// Whether the rows with the lowest values are kept.
  public var isBottom: Bool

  /// The `count` highest or lowest rows of each group.
  public init(count: Int, by: Int, within: [Int], isBottom: Bool) {
    self.count = count
    self.by = by
    self.within = within
    self.isBottom = isBottom
  }
}

/// A join of equal values; missing matches nothing.
public struct JoinPlan: Hashable, Sendable {
  /// The plan of the table that is joined.
  public var right: Plan
  /// What the match report calls the join: `join heads`.
  public var title: String
  /// Whether rows that match more than once are meant to, so that only losses are reported.
  public var mayMultiply: Bool
  /// Columns of the left and of the right input that must be equal, pair by pair.
  public var leftKeys: [Int]
  /// Columns of the right input, as many as `leftKeys` and in the same order.
  public var rightKeys: [Int]
  /// The right input's columns that the result gets.
  public var columns: [Int]
  /// What becomes of the left input's rows without a match.
  public var unmatched: JoinStep.Unmatched

  /// A join of the plan's input with `right`.
  public init(
    right: Plan, title: String, leftKeys: [Int], rightKeys: [Int], columns: [Int],
    unmatched: JoinStep.Unmatched, mayMultiply: Bool = false
  ) {
    self.right = right
    self.title = title
    self.mayMultiply = mayMultiply
    self.leftKeys = leftKeys
    self.rightKeys = rightKeys
    self.columns = columns
    self.unmatched = unmatched
  }
}

/// Rows that hold at each of these dates: `start <= day` and `end` missing or later.
public struct SnapshotPlan: Hashable, Sendable {
  /// A date and what the column `snapshot` calls it.
  public struct Date: Hashable, Sendable {
    /// The day at whose end the rows must hold.
    public var day: Day
    /// The day itself, or the month or period that it ends.
    public var label: Value

    /// A date under this label.
    public init(day: Day, label: Value) {
      self.day = day
      self.label = label
    }
  }

  /// The column with the day from which a row holds.
  public var start: Int
  /// The column with the day from which it holds no more; missing while it still does.
  public var end: Int
  /// The dates, one at least, in the order in which the rows come.
  public var dates: [Date]

  /// The rows that hold at each date, by their `start` and `end` columns.
  public init(start: Int, end: Int, dates: [Date]) {
    self.start = start
    self.end = end
    self.dates = dates
  }
}

/// Each row's value beside the value before it, or beside a fixed one, of its group.
public struct ChangePlan: Hashable, Sendable {
  /// The column whose change is followed.
  public var value: Int
  /// The column that orders the rows of a group.
  public var over: Int
  /// The value of `over` that all rows are compared with; nil: the value before.
  public var baseline: Value?
  /// The columns whose values make a group; empty when all rows are one.
  public var within: [Int]
  /// The test of the change; nil: none.
  public var test: Test?

  /// The change of one column along another, within groups.
  public init(value: Int, over: Int, baseline: Value?, within: [Int], test: Test? = nil) {
    self.value = value
    self.over = over
    self.baseline = baseline
    self.within = within
    self.test = test
  }
}

/// Something to do with a result on its way.
public enum Action: Hashable, Sendable {
  case keep(String, TableDescription.Rows)
  /// `columnsAreChosen`: a last `select` chose the columns, so that the file gets no others.
  case export(ExportTarget, columnsAreChosen: Bool)
  /// Nil: the kind that suits the result.
  case chart(ChartKind?)
}
