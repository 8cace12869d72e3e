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
  /// What is done, without its place.
  public var step: Step
  /// The step's first word.
  public var word: Place
  /// The whole step.
  public var place: Place

  /// A step; one that was made rather than read stands nowhere.
  public init(_ step: Step, word: Place = .none, place: Place = .none) {
    self.step = step
    self.word = word
    self.place = place
  }
}

/// A new column: `expression as name`.
public struct NamedExpression: Hashable, Sendable {
  /// What is computed from each row.
  public var value: Expression
  /// The new column's name, which `derive` always asks for.
  public var name: Name

  /// The column that `value as name` adds.
  public init(_ value: Expression, _ name: Name) {
    self.value = value
    self.name = name
  }
}

/// `expression [as name]`: a column to group by.
public struct Key: Hashable, Sendable {
  /// A column, or what is computed from each row, such as `fy(ended)`.
  public var value: Expression
  /// The name after `as`; nil takes the column's own, or `fy_ended` for `fy(ended)`.
  public var name: Name?

  /// A column to group by, under its own name unless one is given.
  public init(_ value: Expression, _ name: Name? = nil) {
    self.value = value
    self.name = name
  }
}

/// A figure of each group: `aggregate [as name]`.
public struct NamedAggregate: Hashable, Sendable {
  /// The aggregate, or arithmetic over aggregates.
  public var value: Aggregate
  /// The name after `as`; nil makes one, such as `sum_fte`.
  public var name: Name?

  /// A figure, under a name made from its words unless one is given.
  public init(_ value: Aggregate, _ name: Name? = nil) {
    self.value = value
    self.name = name
  }
}

/// A new name for a column: `column as name`.
public struct Renaming: Hashable, Sendable {
  /// The column by its old name.
  public var column: Path
  /// The name it has from this step on.
  public var name: Name

  /// The renaming `column as name`.
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
  /// The column whose different values are counted; nil counts rows.
  public var distinct: Path?
  /// The count's name; nil means `n`.
  public var name: Name?
  /// The columns after `by`; empty when there is one count of all rows.
  public var keys: [Key]

  /// A count of all rows, unless told otherwise.
  public init(distinct: Path? = nil, name: Name? = nil, keys: [Key] = []) {
    self.distinct = distinct
    self.name = name
    self.keys = keys
  }
}

/// `summarise aggregates [by keys]`.
public struct SummariseStep: Hashable, Sendable {
  /// The figures in the order of their columns, one at least.
  public var aggregates: [NamedAggregate]
  /// The columns after `by`; empty when all rows are one group.
  public var keys: [Key]

  /// The figures of each group, or of all rows when there are no keys.
  public init(aggregates: [NamedAggregate], keys: [Key] = []) {
    self.aggregates = aggregates
    self.keys = keys
  }
}

/// `share [of value] [within columns] [excluding literals] [with interval] [as name]`.
public struct ShareStep: Hashable, Sendable {
  /// The column that is shared out; nil means the only count or sum.
  public var value: Name?
  /// The paths after `within`; empty when the share is of the whole.
  public var within: [Path]
  /// The key values left out of numerator and denominator, such as `"Not stated"`.
  public var excluding: [LiteralExpression]
  /// The interval after `with`; nil asks for none.
  public var interval: Interval?
  /// The name of the new column; nil means `share`.
  public var name: Name?

  /// A share of the whole, unless told otherwise.
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

  /// The key whose values go down the side.
  public var rows: Key
  /// The key whose values go across the top.
  public var columns: Key
  /// What each cell holds; nil adds up the count made before, or else counts rows.
  public var aggregate: Aggregate?
  /// The base of a percentage in each cell; nil shows the figures themselves.
  public var percent: Base?
  /// Whether the `Total` row and column are left out.
  public var withoutTotals: Bool

  /// A table of counts with totals, unless told otherwise.
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
  /// How many rows are kept, of each group when there is a `within`.
  public var rows: Count
  /// The column whose values decide.
  public var by: Path
  /// The paths after `within`; empty when all rows compete.
  public var within: [Path]

  /// The first rows by one column, of all rows or within groups.
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

  /// The table whose columns are added.
  public var table: Name
  /// The columns that must agree; the other table has each under its last name.
  public var on: [Path]
  /// Nil means `keep`.
  public var unmatched: Unmatched?

  /// A join that keeps unmatched rows unless told otherwise.
  public init(table: Name, on: [Path], unmatched: Unmatched? = nil) {
    self.table = table
    self.on = on
    self.unmatched = unmatched
  }
}

/// One key of `sort`: `expression [asc|desc]`.
public struct Order: Hashable, Sendable {
  /// What the rows are ordered by.
  public var value: Expression
  /// Whether the largest comes first, as `desc` asks.
  public var isDescending: Bool

  /// An order from the smallest up, unless told otherwise.
  public init(_ value: Expression, isDescending: Bool = false) {
    self.value = value
    self.isDescending = isDescending
  }
}

/// `snapshot at date`, or `snapshot each fy in FY2012/13..FY2014/15`.
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
  /// The column whose change is followed.
  public var value: Name
  /// The column of time, such as `year`, along which it is followed.
  public var over: Path
  /// The time that all others are compared with; nil compares each with the one before.
  public var baseline: LiteralExpression?
  /// The paths after `within`; empty gives every group a series of its own.
  public var within: [Path]
  /// Whether a p-value is asked for.
  public var withTest: Bool

  /// The change from one time to the next, unless told otherwise.
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
  /// The file's path, without its quotes; its ending decides the format.
  public var file: String
  /// Whether a CSV file starts with the byte order mark that Excel needs.
  public var forExcel: Bool
  /// Whether a file of that name may be replaced, whoever wrote it.
  public var overwrite: Bool
  /// Where the file's name stands.
  public var place: Place

  /// A file to write, which replaces nobody else's unless told otherwise.
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
