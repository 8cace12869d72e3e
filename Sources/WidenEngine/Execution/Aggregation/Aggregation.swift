import WidenLanguage

/// The result of an aggregation: columns of a row for each group.
struct AggregatedGroups {
  var keys: [Column]
  var values: [Column]
  var rowCount: Int
}

/// What one aggregation computes, gathered from its aggregates before the pass over the rows.
struct Aggregation {
  private let frame: Frame
  private let evaluator: Evaluator
  private let context: ExecutionContext
  private let names: [String]
  private var operands: [Operand] = []
  private var operandOf: [TypedExpression: Int] = [:]
  private var conditions: [Buffer<UInt64>?] = [nil]
  private var conditionOf: [TypedExpression: Int] = [:]
  private var layout = AccumulatorLayout()
  private var readings: [Reading] = []
  /// Where the rows and the present rows of each aggregate are counted, for notes.
  private var skipped: [(rows: Int, present: Int, operand: Int)?] = []

  init(
    of frame: Frame, names: [String], evaluator: Evaluator, context: ExecutionContext
  ) {
    self.frame = frame
    self.names = names
    self.evaluator = evaluator
    self.context = context
  }

  /// The groups by these keys in display order, missing last, and their aggregates.
  mutating func run(
    keys: [TypedExpression], aggregates: [TypedAggregate], tellsNotes: Bool = true
  ) throws(ExecutionError) -> AggregatedGroups {
    var groupKeys: [GroupKey] = []
    for key in keys { groupKeys.append(try groupKey(key)) }
    let grouping = try Grouping(
      groupKeys, rowCount: frame.rowCount, selection: frame.selection, in: context)
    let rows = layout.slot(.rows)
    for aggregate in aggregates { try add(aggregate) }
    let map = CellMap(grouping, rowCount: frame.rowCount, selection: frame.selection)
    let input = AccumulatorInput(map: map, operands: operands, conditions: conditions)
    let totals = try accumulate(layout, input, in: context)
    let groups = try grouping.groups(
      occurring: (0..<grouping.cellCount).filter { totals.word(rows, ofCell: $0) > 0 },
      in: context)
    let values = try results(totals, groups.cells, input)
    if tellsNotes { tellSkipped(aggregates, totals, groups.cells) }
    return AggregatedGroups(
      keys: zip(groupKeys, groups.codes).map { $0.column($1, isUnique: keys.count == 1) },
      values: values, rowCount: groups.cells.count)
  }

  func groupKey(_ key: TypedExpression) throws(ExecutionError) -> GroupKey {
    if let (source, table) = try evaluator.table(key, over: frame) {
      return GroupKey(source.codes, table: table, categories: key.categories)
    }
    return try GroupKey(
      evaluator.column(key, over: frame), categories: key.categories, selection: frame.selection,
      in: context)
  }

  private mutating func add(_ aggregate: TypedAggregate) throws(ExecutionError) {
    let condition = try self.condition(aggregate.condition)
    let rows = layout.slot(.rows, condition: condition)
    guard let expression = aggregate.operand else {
      readings.append(.count(slot: rows))
      skipped.append(nil)
      return
    }
    let operand = try self.operand(expression)
    let present =
      operands[operand].column.mayBeMissing
      ? layout.slot(.present, operand: operand, condition: condition) : rows
    skipped.append((rows, present, operand))
    readings.append(
      try reading(
        aggregate.kind, operand, categories: expression.categories, condition: condition,
        rows: rows, present: present))
  }

  private mutating func reading(
    _ kind: TypedAggregate.Kind, _ operand: Int, categories: [String]?, condition: Int, rows: Int,
    present: Int
  ) throws(ExecutionError) -> Reading {
    func slot(_ kind: Accumulator.Kind) -> Int {
      layout.slot(kind, operand: operand, condition: condition)
    }
    switch kind {
    case .count: return .count(slot: rows)
    case .missing: return .missing(rows: rows, present: present)
    case .recorded:
      return .count(slot: operands[operand].recorded == nil ? present : slot(.recorded))
    case .sum: return .sum(operand: operand, present: present, slot: slot(sumKind(operand)))
    case .mean: return .mean(operand: operand, present: present, slot: slot(sumKind(operand)))
    case .minimum:
      operands[operand].rankCodes(categories: categories)
      return .extreme(operand: operand, present: present, slot: slot(.least), isLeast: true)
    case .maximum:
      operands[operand].rankCodes(categories: categories)
      return .extreme(operand: operand, present: present, slot: slot(.greatest), isLeast: false)
    case .standardDeviation:
      guard case .coded = operands[operand].column else { return .deviation(slot: slot(.spread)) }
      return .exactDeviation(
        operand: operand, present: present, codes: slot(.codes), squares: slot(.squares))
    case .correlation(let other):
      let second = try self.operand(other)
      if isSmall(operand), isSmall(second) {
        return .exactCorrelation(slot: slot(.products(second)))
      }
      return .correlation(slot: slot(.correlation(second)))
    case .median: return .percentile(0.5, operand: operand, condition: condition)
    case .percentile(let fraction):
      return .percentile(fraction, operand: operand, condition: condition)
    case .distinct:
      if case .coded(let coded) = operands[operand].column, coded.isUnique {
        return .count(slot: present)
      }
      return .distinct(operand: operand, condition: condition)
    }
  }

  /// Whether sums of products of an operand's codes with others like it fit into 62 bits.
  private func isSmall(_ operand: Int) -> Bool {
    guard case .coded(let coded) = operands[operand].column, coded.domain.units != nil else {
      return false
    }
    return coded.cardinality <= 1 << 15 && frame.rowCount <= 1 << 32
  }

  private func sumKind(_ operand: Int) -> Accumulator.Kind {
    switch operands[operand].column {
    case .coded: .codes
    case .integers: .integers
    case .decimals: .decimals
    }
  }

  private mutating func operand(_ expression: TypedExpression) throws(ExecutionError) -> Int {
    if let known = operandOf[expression] { return known }
    var name: String?
    if case .column(let index) = expression.node { name = names[index] }
    operands.append(
      Operand(try evaluator.column(expression, over: frame), expression: expression, name: name))
    operandOf[expression] = operands.count - 1
    return operands.count - 1
  }

  private mutating func condition(_ expression: TypedExpression?) throws(ExecutionError) -> Int {
    guard let expression else { return 0 }
    if let known = conditionOf[expression] { return known }
    conditions.append(try evaluator.condition(expression, over: frame).words)
    conditionOf[expression] = conditions.count - 1
    return conditions.count - 1
  }

  private func results(_ totals: Totals, _ cells: [Int], _ input: AccumulatorInput)
    throws(ExecutionError) -> [Column]
  {
    let reader = ResultReader(totals: totals, operands: operands, cells: cells)
    var distributions: [Int: Distribution] = [:]
    func distribution(_ operand: Int, _ condition: Int) throws(ExecutionError) -> Distribution {
      let key = operand * conditions.count + condition
      if let known = distributions[key] { return known }
      let made = try Distribution(
        of: operands[operand], input, condition: condition, in: context)
      distributions[key] = made
      return made
    }
    var quantiles: [Int: Quantiles] = [:]
    func percentiles(_ fraction: Double, _ operand: Int, _ condition: Int) throws(ExecutionError)
      -> [Double?]
    {
      let key = operand * conditions.count + condition
      if quantiles[key] == nil {
        quantiles[key] = try Quantiles(
          of: operands[operand], input, condition: condition, in: context)
      }
      guard let found = quantiles[key] else {
        return try distribution(operand, condition).percentile(fraction, cells: cells, in: context)
      }
      return try found.percentile(fraction, cells: cells, in: context)
    }
    var columns: [Column] = []
    for reading in readings {
      switch reading {
      case .count(let slot): columns.append(ResultReader.column(reader.counts(slot)))
      case .missing(let rows, let present):
        columns.append(
          ResultReader.column(zip(reader.counts(rows), reader.counts(present)).map { $0 - $1 }))
      case .sum(let operand, let present, let slot):
        columns.append(reader.sums(operand, present: present, slot: slot))
      case .mean(let operand, let present, let slot):
        columns.append(reader.means(operand, present: present, slot: slot))
      case .extreme(let operand, let present, let slot, let isLeast):
        columns.append(reader.extremes(operand, present: present, slot: slot, isLeast: isLeast))
      case .exactDeviation(let operand, let present, let codes, let squares):
        columns.append(
          reader.exactDeviations(operand, present: present, codes: codes, squares: squares))
      case .deviation(let slot): columns.append(reader.deviations(slot))
      case .correlation(let slot): columns.append(reader.correlations(slot))
      case .exactCorrelation(let slot): columns.append(reader.exactCorrelations(slot))
      case .percentile(let fraction, let operand, let condition):
        columns.append(.decimals(try percentiles(fraction, operand, condition)))
      case .distinct(let operand, let condition):
        columns.append(
          ResultReader.column(
            try distribution(operand, condition).distinct(cells: cells, in: context)))
      }
    }
    return columns
  }

  /// Says for each aggregate how many rows it left out for want of a value.
  private func tellSkipped(_ aggregates: [TypedAggregate], _ totals: Totals, _ cells: [Int]) {
    for (index, aggregate) in aggregates.enumerated() {
      guard let slots = skipped[index], aggregate.kind.tellsSkipped else { continue }
      var present = slots.present
      switch readings[index] {
      case .correlation(let slot), .exactCorrelation(let slot): present = slot
      case .count, .missing, .sum, .mean, .extreme, .exactDeviation, .deviation, .percentile,
        .distinct:
        break
      }
      var missing = 0
      for cell in cells {
        missing += totals.count(slots.rows, ofCell: cell) - totals.count(present, ofCell: cell)
      }
      let withheld = context.disclosure?.isPublishing == true ? withheldCount(aggregate) : 0
      if withheld > 0 {
        context.tell(
          Answer.Note(
            .note,
            "\(counted(withheld, "withheld figure")) \(withheld == 1 ? "was" : "were") skipped "
              + "by \(aggregate.label)"))
      }
      context.tellSkipped(
        missing - withheld, without: operands[slots.operand].name, by: aggregate.label,
        areAboutPeople: frame.people != nil)
    }
  }

  /// How many of the rows that are in have a figure that this aggregate needs and that is withheld.
  private func withheldCount(_ aggregate: TypedAggregate) -> Int {
    guard let bits = frame.withheld(inAnyOf: aggregate.columnsRead) else { return 0 }
    return frame.selection.map { $0.intersection(bits).setCount } ?? bits.setCount
  }
}

extension TypedAggregate.Kind {
  /// Whether rows without a value are worth telling of.
  var tellsSkipped: Bool {
    switch self {
    case .count, .missing, .recorded: false
    case .distinct, .sum, .mean, .median, .minimum, .maximum, .standardDeviation, .percentile,
      .correlation:
      true
    }
  }
}
