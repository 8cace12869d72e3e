/// One step of a query, as written. Each case is one line of the signature table.
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
  public var step: Step
  /// The step's first word.
  public var word: Place
  /// The whole step.
  public var place: Place

  public init(_ step: Step, word: Place = .none, place: Place = .none) {
    self.step = step
    self.word = word
    self.place = place
  }
}

/// `expression as name`
public struct NamedExpression: Hashable, Sendable {
  public var value: Expression
  public var name: Name

  public init(_ value: Expression, _ name: Name) {
    self.value = value
    self.name = name
  }
}

/// `expression [as name]`: a column to group by.
public struct Key: Hashable, Sendable {
  public var value: Expression
  public var name: Name?

  public init(_ value: Expression, _ name: Name? = nil) {
    self.value = value
    self.name = name
  }
}

/// `aggregate [as name]`
public struct NamedAggregate: Hashable, Sendable {
  public var value: Aggregate
  public var name: Name?

  public init(_ value: Aggregate, _ name: Name? = nil) {
    self.value = value
    self.name = name
  }
}

/// `column as name`
public struct Renaming: Hashable, Sendable {
  public var column: Path
  public var name: Name

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

/// `count [distinct path] [as name] [by keys]`
public struct CountStep: Hashable, Sendable {
  public var distinct: Path?
  public var name: Name?
  public var keys: [Key]

  public init(distinct: Path? = nil, name: Name? = nil, keys: [Key] = []) {
    self.distinct = distinct
    self.name = name
    self.keys = keys
  }
}

/// `summarise aggregates [by keys]`
public struct SummariseStep: Hashable, Sendable {
  public var aggregates: [NamedAggregate]
  public var keys: [Key]

  public init(aggregates: [NamedAggregate], keys: [Key] = []) {
    self.aggregates = aggregates
    self.keys = keys
  }
}

/// `share [of value] [within columns] [excluding literals] [with interval] [as name]`
public struct ShareStep: Hashable, Sendable {
  public var value: Name?
  public var within: [Path]
  public var excluding: [LiteralExpression]
  public var interval: Interval?
  public var name: Name?

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

/// `crosstab rows by columns [of aggregate] [percent of row|column|total] [without totals]`
public struct CrosstabStep: Hashable, Sendable {
  /// What a percentage is of.
  public enum Base: String, Hashable, Sendable, CaseIterable {
    case row, column, total
  }

  public var rows: Key
  public var columns: Key
  public var aggregate: Aggregate?
  public var percent: Base?
  public var withoutTotals: Bool

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

/// `top N by column [within columns]`, and the same for `bottom`
public struct TopStep: Hashable, Sendable {
  public var rows: Count
  public var by: Path
  public var within: [Path]

  public init(rows: Count, by: Path, within: [Path] = []) {
    self.rows = rows
    self.by = by
    self.within = within
  }
}

/// `join table on columns [keep|drop unmatched]`
public struct JoinStep: Hashable, Sendable {
  /// What becomes of rows without a match.
  public enum Unmatched: String, Hashable, Sendable, CaseIterable {
    case keep, drop
  }

  public var table: Name
  public var on: [Path]
  /// Nil means `keep`.
  public var unmatched: Unmatched?

  public init(table: Name, on: [Path], unmatched: Unmatched? = nil) {
    self.table = table
    self.on = on
    self.unmatched = unmatched
  }
}

/// `expression [asc|desc]`
public struct Order: Hashable, Sendable {
  public var value: Expression
  public var isDescending: Bool

  public init(_ value: Expression, isDescending: Bool = false) {
    self.value = value
    self.isDescending = isDescending
  }
}

/// `snapshot at date` or `snapshot each fy in FY2012/13..FY2014/15`
public enum SnapshotStep: Hashable, Sendable {
  /// The length of a period.
  public enum Unit: String, Hashable, Sendable, CaseIterable {
    case month, quarter, year, fy, ay
  }

  case at(Expression)
  case each(Unit, Member)
}

/// `change of value over column [from literal] [within columns] [with test]`
public struct ChangeStep: Hashable, Sendable {
  public var value: Name
  public var over: Path
  public var baseline: LiteralExpression?
  public var within: [Path]
  public var withTest: Bool

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
  public var file: String
  public var forExcel: Bool
  public var overwrite: Bool
  /// Where the file's name stands.
  public var place: Place

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
