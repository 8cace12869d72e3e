extension Binder {
  /// `compare to table on columns [using …] [within …] [matching …] [through … weighted by …]`: each
  /// row's share beside the share that the same group has in the benchmark table.
  ///
  /// It is built from what there is: the benchmark is counted and shared like the rows were, weighted
  /// through the table between them when there is one, and joined to the rows.
  mutating func bindCompare(
    _ step: CompareStep, _ placed: PlacedStep, _ pipeline: inout Pipeline
  ) throws(Diagnostic) {
    var shown = pipeline.plan.columns.indices.filter { !pipeline.plan.columns[$0].isHidden }
    let share = try comparedShare(placed, pipeline)
    if let interval = step.interval {
      shown += try addLimits(round: share, interval, placed, &pipeline)
    }
    var benchmark = try self.benchmark(step, placed)
    if let through = step.through { try weigh(&benchmark, through, step, placed, pipeline) }
    var leftKeys: [Int] = []
    for path in benchmark.leftPaths { leftKeys.append(try index(of: path, in: &pipeline)) }
    let offset = pipeline.plan.columns.count
    let first = benchmark.keyCount
    let taken = Array(first..<benchmark.plan.columns.count)
    let columns =
      pipeline.plan.columns + taken.map { renamed(benchmark.plan.columns[$0], by: offset - first) }
    try requireComparableKeys(leftKeys, benchmark, pipeline, placed)
    let join = JoinPlan(
      right: benchmark.plan, title: "compare to \(step.benchmark.text)", leftKeys: leftKeys,
      rightKeys: Array(0..<first), columns: taken, unmatched: .keep)
    let joined = Plan(.join(pipeline.plan, join), columns: columns)
    let figures = compared(share, with: offset + benchmark.share - first, in: joined, placed)
    var plan = projection(
      of: figures,
      onto: shown + [offset + benchmark.share - first] + figures.columns.indices.suffix(2),
      names: [])
    plan.label = "compare"
    try requireDifferentNames(plan.columns, placed.place)
    pipeline.advance(to: plan)
  }

  /// A benchmark: key columns, one for each of `leftPaths`, then its share and the counts behind it.
  private struct Benchmark {
    var plan: Plan
    var keyCount: Int
    /// The index of the share.
    var share: Int
    /// What the keys are compared with, in the rows.
    var leftPaths: [Path]
  }

  /// The percentage that is compared: the only one, or the one called `share`.
  private func comparedShare(_ placed: PlacedStep, _ pipeline: Pipeline) throws(Diagnostic) -> Int {
    let columns = pipeline.plan.columns
    let shares = columns.indices.filter {
      columns[$0].format == .percentage && !columns[$0].isHidden
    }
    if shares.count == 1 { return shares[0] }
    if let named = shares.first(where: { columns[$0].name == "share" }) { return named }
    throw Diagnostic(
      .error,
      shares.isEmpty ? "there is no share to compare" : "there are several shares to compare",
      at: placed.word.range, hint: "count by … | share within … | compare to …")
  }

  /// Adds limits round the share, unless it has them already.
  private func addLimits(
    round share: Int, _ interval: Interval, _ placed: PlacedStep, _ pipeline: inout Pipeline
  ) throws(Diagnostic) -> [Int] {
    let name = pipeline.plan.columns[share].name
    if pipeline.scope.index(of: name + "_low") != nil { return [] }
    let plan = try limits(round: share, of: pipeline.plan, interval, placed)
    let width = pipeline.plan.columns.count
    pipeline.advance(to: plan)
    return [width, width + 1]
  }

  /// Counts the benchmark table by its base and its groups, and shares within the base.
  private mutating func benchmark(_ step: CompareStep, _ placed: PlacedStep) throws(Diagnostic)
    -> Benchmark
  {
    let table = try table(step.benchmark)
    let scan = Plan(.scan(table: table.name), columns: table.columns)
    let scope = Scope(columns: table.columns, table: table.name)
    var keys: [(value: TypedExpression, name: String, left: Path)] = []
    func add(_ name: Path, _ left: Path) throws(Diagnostic) {
      var own = self
      let value = try own.path(name, in: scope)
      keys.append((value, name.names[name.names.count - 1].text, left))
    }
    for path in step.within { try add(Path([path.names[path.names.count - 1]]), path) }
    for match in step.matching { try add(Path([match.name]), match.path) }
    if let through = step.through {
      for name in try link(from: through, to: table) { try add(Path([name]), Path([name])) }
    }
    let base = keys.count
    for path in step.on { try add(Path([path.names[path.names.count - 1]]), path) }
    var counted = TypedAggregate(.count, label: "count")
    if let path = step.using {
      let weight = try self.path(path, in: scope)
      guard weight.type.isNumber else {
        throw MeaningProblem.aggregateNeeds(
          what: "numbers", aggregate: "'using'", column: path.text, type: weight.type
        ).at(path.place)
      }
      counted = TypedAggregate(.sum, operand: weight, label: "sum \(path.text)")
    }
    let grouped = Plan(
      .aggregate(scan, keys: keys.map(\.value), aggregates: [counted]),
      columns: keys.map { $0.value.description(named: $0.name) }
        + [ColumnDescription(name: "benchmark count", type: counted.resultType)])
    let shared = shared(grouped, value: keys.count, within: Array(0..<base))
    return Benchmark(
      plan: projected(shared, dropping: keys.count), keyCount: keys.count, share: keys.count,
      leftPaths: keys.map(\.left))
  }

  /// Adds `benchmark` and its hidden counts: the value's share of its group.
  private func shared(_ plan: Plan, value: Int, within: [Int]) -> Plan {
    let width = plan.columns.count
    let type = plan.columns[value].type
    let share = SharePlan(
      value: value, within: within, excluding: nil, watched: [], withinNames: [])
    return Plan(
      .share(plan, share),
      columns: plan.columns + [
        ColumnDescription(
          name: "benchmark", type: .decimal, format: .percentage,
          parts: .init(numerator: width + 1, denominator: width + 2)),
        ColumnDescription(name: "benchmark_numerator", type: type, isHidden: true),
        ColumnDescription(name: "benchmark_denominator", type: type, isHidden: true),
      ])
  }

  /// The plan without one column; a benchmark's base is in its counts, not in a header.
  private func projected(_ plan: Plan, dropping index: Int) -> Plan {
    var projected = projection(
      of: plan, onto: plan.columns.indices.filter { $0 != index && !plan.columns[$0].isHidden },
      names: [])
    for index in projected.columns.indices where projected.columns[index].name == "benchmark" {
      projected.columns[index].base = "of the benchmark"
    }
    return projected
  }

  /// The columns that the table between shares with the benchmark table, by name.
  private func link(from through: Name, to table: TableDescription) throws(Diagnostic) -> [Name] {
    let between = try self.table(through)
    let names = between.columns.map(\.name).filter { table.column(named: $0) != nil }
    guard !names.isEmpty else {
      throw MeaningProblem.noMatchingColumns(table: table.name).at(through.place)
    }
    return names.map { Name($0, through.place) }
  }

  /// Averages the benchmark's shares over the rows of the table between, with its weights.
  private mutating func weigh(
    _ benchmark: inout Benchmark, _ through: Name, _ step: CompareStep, _ placed: PlacedStep,
    _ pipeline: Pipeline
  ) throws(Diagnostic) {
    let between = try table(through)
    let scope = Scope(columns: between.columns, table: between.name)
    guard let weightPath = step.weight else { return }
    let weight = try path(weightPath, in: scope)
    let links = Array(step.within.count + step.matching.count..<benchmark.keyCount - step.on.count)
    let linkNames = links.map { benchmark.plan.columns[$0].name }
    let outer = between.columns.indices.filter { index in
      let name = between.columns[index].name
      return weight.node != .column(index) && !linkNames.contains(name)
        && pipeline.scope.index(of: name) != nil
    }
    guard !outer.isEmpty else {
      throw MeaningProblem.noMatchingColumns(table: between.name).at(through.place)
    }
    let scan = Plan(.scan(table: between.name), columns: between.columns)
    let width = between.columns.count
    let taken = benchmark.plan.columns.indices.filter { !links.contains($0) }
    let join = JoinPlan(
      right: benchmark.plan, title: "\(between.name) to \(step.benchmark.text)",
      leftKeys: linkNames.compactMap { scope.index(of: $0) }, rightKeys: links, columns: taken,
      unmatched: .drop, mayMultiply: true)
    let joined = Plan(
      .join(scan, join),
      columns: between.columns + taken.map { renamed(benchmark.plan.columns[$0], by: nil) })
    func column(_ index: Int) -> TypedExpression {
      Scope(columns: joined.columns).expression(column: index, place: placed.place)
    }
    let groups = taken.indices.filter { taken[$0] < benchmark.keyCount }.map { $0 + width }
    let shareColumn = width + (taken.firstIndex(of: benchmark.share) ?? 0)
    let product = TypedExpression(
      .arithmetic(.multiply, weight, column(shareColumn)), type: .decimal, place: placed.place)
    let keys = (outer + groups).map(column)
    let names = (outer + groups).map { joined.columns[$0].name }
    let grouped = Plan(
      .aggregate(
        joined, keys: keys, aggregates: [TypedAggregate(.sum, operand: product, label: "benchmark")]
      ),
      columns: zip(keys, names).map { $0.description(named: $1) }
        + [ColumnDescription(name: "weighted share", type: .decimal)])
    let shared = shared(grouped, value: keys.count, within: Array(outer.indices))
    // Weighted shares are no counts: there is nothing to show above and below the line.
    var plan = Plan(
      .project(shared, Array(keys.indices) + [keys.count + 1]),
      columns: keys.indices.map { shared.columns[$0] } + [shared.columns[keys.count + 1]])
    plan.columns[keys.count].parts = nil
    plan.columns[keys.count].base = "of the catchment"
    let outerPaths = outer.map { Path([Name(between.columns[$0].name, through.place)]) }
    benchmark = Benchmark(
      plan: plan, keyCount: keys.count, share: keys.count,
      leftPaths: outerPaths
        + benchmark.leftPaths.enumerated()
        .filter { !links.contains($0.offset) }.map(\.element))
  }

  /// A column of the benchmark beside other columns: its parts have moved, or are not carried.
  private func renamed(_ column: ColumnDescription, by offset: Int?) -> ColumnDescription {
    var column = column
    column.parts = offset.flatMap { offset in
      column.parts.map {
        .init(numerator: $0.numerator + offset, denominator: $0.denominator + offset)
      }
    }
    return column
  }

  /// Adds the index, 100 when the shares are equal, and the gap in points.
  private func compared(_ share: Int, with benchmark: Int, in plan: Plan, _ placed: PlacedStep)
    -> Plan
  {
    func number(_ node: TypedNode) -> TypedExpression {
      TypedExpression(node, type: .decimal, place: placed.place)
    }
    let own = number(.column(share))
    let other = number(.column(benchmark))
    let hundred = TypedExpression(.integer(100), type: .integer, place: placed.place)
    let ratio = number(.arithmetic(.divide, own, other))
    let index = number(.arithmetic(.multiply, hundred, ratio))
    let gap = number(.arithmetic(.subtract, own, other))
    return Plan(
      .derive(plan, [index, gap]),
      columns: plan.columns + [
        ColumnDescription(name: "index", type: .decimal, format: .index),
        ColumnDescription(name: "gap", type: .decimal, format: .points),
      ])
  }

  private func requireComparableKeys(
    _ left: [Int], _ benchmark: Benchmark, _ pipeline: Pipeline, _ placed: PlacedStep
  ) throws(Diagnostic) {
    for (key, own) in left.enumerated() {
      let a = pipeline.plan.columns[own]
      let b = benchmark.plan.columns[key]
      guard a.type == b.type || a.type.isText && b.type.isText || a.type.isNumber && b.type.isNumber
      else {
        throw MeaningProblem.mixedTypes(
          first: a.name, firstType: a.type, second: b.name, secondType: b.type
        ).at(placed.place)
      }
    }
  }
}
