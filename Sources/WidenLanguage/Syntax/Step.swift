/// One step of a query, as written.
///
/// Each case is one line of the signature table.
public indirect enum Step: Hashable, Sendable {
  case `where`(Expression)
  case derive([NamedExpression])
  case select([Path])
  case drop([Path])
  case rename([Renaming])
  case recode(RecodeStep)
  case count(CountStep)
  case summarise(SummariseStep)
  case share(ShareStep)
  case crosstab(CrosstabStep)
  case compare(CompareStep)
  case snapshot(SnapshotStep)
  case change(ChangeStep)
  case likelihood(LikelihoodStep)
  case standardise(StandardiseStep)
  case inequality(InequalityStep)
  case funnel(FunnelStep)
  case control(ControlStep)
  case parity(ParityStep)
  case top(TopStep)
  case bottom(TopStep)
  case join(JoinStep)
  case sort([Order])
  case take(Count)
  case distinct([Path])
  case describe
  case chart(ChartKind?)
  case protect(ProtectStep)
  case keep(Name)
  case export(ExportTarget)
}

/// A step and where it stands.
public struct PlacedStep: Hashable, Sendable {
  /// The step.
  public var step: Step
  /// The step's first word.
  public var word: Place
  /// The whole step.
  public var place: Place

  /// A step at its place of these parts.
  public init(_ step: Step, word: Place = .none, place: Place = .none) {
    self.step = step
    self.word = word
    self.place = place
  }
}

/// `expression as name`.
public struct NamedExpression: Hashable, Sendable {
  /// What is computed.
  public var value: Expression
  /// The new column's name.
  public var name: Name

  /// An expression and its name of these parts.
  public init(_ value: Expression, _ name: Name) {
    self.value = value
    self.name = name
  }
}

/// `expression [as name]`: a column to group by.
public struct Key: Hashable, Sendable {
  /// What to group by.
  public var value: Expression
  /// The column's name, when one is given.
  public var name: Name?

  /// A key of these parts.
  public init(_ value: Expression, _ name: Name? = nil) {
    self.value = value
    self.name = name
  }
}

/// `aggregate [as name]`.
public struct NamedAggregate: Hashable, Sendable {
  /// What is computed.
  public var value: Aggregate
  /// The column's name, when one is given.
  public var name: Name?

  /// An aggregate and its name of these parts.
  public init(_ value: Aggregate, _ name: Name? = nil) {
    self.value = value
    self.name = name
  }
}

/// `column as name`.
public struct Renaming: Hashable, Sendable {
  /// The column as it is called now.
  public var column: Path
  /// Its new name.
  public var name: Name

  /// A column and its new name of these parts.
  public init(_ column: Path, _ name: Name) {
    self.column = column
    self.name = name
  }
}

/// A whole number, or a parameter that holds one.
public enum Count: Hashable, Sendable {
  case number(Int, Place)
  case parameter(Name)
}

/// A literal with its place; a parameter or a negative number counts as one.
public typealias LiteralExpression = Expression

/// `count [distinct path] [as name] [by keys]`.
public struct CountStep: Hashable, Sendable {
  /// The column whose different values are counted; nil means rows.
  public var distinct: Path?
  /// The new column's name, when one is given.
  public var name: Name?
  /// What to group by.
  public var keys: [Key]

  /// A count of these parts.
  public init(distinct: Path? = nil, name: Name? = nil, keys: [Key] = []) {
    self.distinct = distinct
    self.name = name
    self.keys = keys
  }
}

/// `summarise aggregates [by keys]`.
public struct SummariseStep: Hashable, Sendable {
  /// What is computed, one at least.
  public var aggregates: [NamedAggregate]
  /// What to group by.
  public var keys: [Key]

  /// A summary of these parts.
  public init(aggregates: [NamedAggregate], keys: [Key] = []) {
    self.aggregates = aggregates
    self.keys = keys
  }
}

/// `share [of value] [within columns] [excluding literals] [with interval] [as name]`.
public struct ShareStep: Hashable, Sendable {
  /// The column to divide; nil means the count.
  public var value: Name?
  /// The columns within whose groups it is computed.
  public var within: [Path]
  /// Values that are left out of the base.
  public var excluding: [LiteralExpression]
  /// The interval asked for.
  public var interval: Interval?
  /// The new column's name, when one is given.
  public var name: Name?

  /// A share of these parts.
  public init(
    value: Name? = nil, within: [Path] = [], excluding: [LiteralExpression] = [],
    interval: Interval? = nil, name: Name? = nil
  ) {
    self.value = value
    self.within = within
    self.excluding = excluding
    self.interval = interval
    self.name = name
  }
}

/// `crosstab rows by columns [of aggregate] [percent of row|column|total] [without totals]`.
public struct CrosstabStep: Hashable, Sendable {
  /// What a percentage is of.
  public enum Base: String, Hashable, Sendable, CaseIterable {
    case row, column, total
  }

  /// What goes down.
  public var rows: Key
  /// What goes across.
  public var columns: Key
  /// What stands in the cells; nil means the count.
  public var aggregate: Aggregate?
  /// What the percentages are of; nil means no percentages.
  public var percent: Base?
  /// Whether the totals are left out.
  public var withoutTotals: Bool

  /// A crosstab of these parts.
  public init(
    rows: Key, columns: Key, aggregate: Aggregate? = nil, percent: Base? = nil,
    withoutTotals: Bool = false
  ) {
    self.rows = rows
    self.columns = columns
    self.aggregate = aggregate
    self.percent = percent
    self.withoutTotals = withoutTotals
  }
}

/// `top N by column [within columns]`, and the same for `bottom`.
public struct TopStep: Hashable, Sendable {
  /// How many rows to keep.
  public var rows: Count
  /// The column that decides.
  public var by: Path
  /// The columns within whose groups it is computed.
  public var within: [Path]

  /// The first or last rows of these parts.
  public init(rows: Count, by: Path, within: [Path] = []) {
    self.rows = rows
    self.by = by
    self.within = within
  }
}

/// `join table on columns [keep|drop unmatched]`.
public struct JoinStep: Hashable, Sendable {
  /// What becomes of rows without a match.
  public enum Unmatched: String, Hashable, Sendable, CaseIterable {
    case keep, drop
  }

  /// The table that is joined.
  public var table: Name
  /// The columns that must agree.
  public var on: [Path]
  /// Nil means `keep`.
  public var unmatched: Unmatched?

  /// A join of these parts.
  public init(table: Name, on: [Path], unmatched: Unmatched? = nil) {
    self.table = table
    self.on = on
    self.unmatched = unmatched
  }
}

/// `expression [asc|desc]`.
public struct Order: Hashable, Sendable {
  /// What to order by.
  public var value: Expression
  /// Whether the largest comes first.
  public var isDescending: Bool

  /// An order of these parts.
  public init(_ value: Expression, isDescending: Bool = false) {
    self.value = value
    self.isDescending = isDescending
  }
}

/// `snapshot at date` or `snapshot each fy in FY2012/13..FY2014/15`.
public enum SnapshotStep: Hashable, Sendable {
  /// The length of a period.
  public enum Unit: String, Hashable, Sendable, CaseIterable {
    case month, quarter, year, fy, ay
  }

  case at(Expression)
  case each(Unit, Member)
}

/// `change of value over column [from literal] [within columns] [with test]`.
public struct ChangeStep: Hashable, Sendable {
  /// The column whose change is asked.
  public var value: Name
  /// The column of time.
  public var over: Path
  /// The time to compare with; nil means the one before.
  public var baseline: LiteralExpression?
  /// The columns within whose groups it is computed.
  public var within: [Path]
  /// Whether a test is asked for.
  public var withTest: Bool

  /// A change of these parts.
  public init(
    value: Name, over: Path, baseline: LiteralExpression? = nil, within: [Path] = [],
    withTest: Bool = false
  ) {
    self.value = value
    self.over = over
    self.baseline = baseline
    self.within = within
    self.withTest = withTest
  }
}

/// A file to write, by the export step and the export statement.
public struct ExportTarget: Hashable, Sendable {
  /// The file's name.
  public var file: String
  /// Whether it is written as Excel reads it best.
  public var forExcel: Bool
  /// Whether a file that exists may be replaced.
  public var overwrite: Bool
  /// Where the file's name stands.
  public var place: Place

  /// A file to write of these parts.
  public init(
    file: String, forExcel: Bool = false, overwrite: Bool = false, place: Place = .none
  ) {
    self.file = file
    self.forExcel = forExcel
    self.overwrite = overwrite
    self.place = place
  }
}

/// The kinds of chart.
public enum ChartKind: String, Hashable, Sendable, CaseIterable {
  case bar, line, dot, funnel, control, heat
}
