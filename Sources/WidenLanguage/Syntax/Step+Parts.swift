/// From the generic parts of a step to the typed tree. Nil when a part is absent that the
/// signature demands, which the parser rules out.
extension Step {
  init?(_ word: StepWord, _ parts: Parts) {
    guard let step = Step.shaping(word, parts) ?? Step.statistical(word, parts) else { return nil }
    self = step
  }

  private static func shaping(_ word: StepWord, _ parts: Parts) -> Step? {
    switch word {
    case .where: parts.expression("condition").map(Step.where)
    case .derive:
      if case .named(let columns)? = parts["columns"] { .derive(columns) } else { nil }
    case .select: .select(parts.paths("columns"))
    case .drop: .drop(parts.paths("columns"))
    case .rename:
      if case .renamings(let columns)? = parts["columns"] { .rename(columns) } else { nil }
    case .recode: RecodeStep(parts).map(Step.recode)
    case .count: .count(CountStep(parts))
    case .summarise: SummariseStep(parts).map(Step.summarise)
    case .share: .share(ShareStep(parts))
    case .crosstab: CrosstabStep(parts).map(Step.crosstab)
    case .top: TopStep(parts).map(Step.top)
    case .bottom: TopStep(parts).map(Step.bottom)
    case .join: JoinStep(parts).map(Step.join)
    case .sort: if case .orders(let orders)? = parts["order"] { .sort(orders) } else { nil }
    case .take: parts.count("rows").map(Step.take)
    case .distinct: .distinct(parts.paths("columns"))
    case .keep: parts.name("name").map(Step.keep)
    case .export: ExportTarget(parts).map(Step.export)
    case .compare, .snapshot, .change, .likelihood, .standardise, .inequality, .funnel, .control,
      .parity, .describe, .chart, .protect:
      nil
    }
  }

  private static func statistical(_ word: StepWord, _ parts: Parts) -> Step? {
    switch word {
    case .compare: CompareStep(parts).map(Step.compare)
    case .snapshot: SnapshotStep(parts).map(Step.snapshot)
    case .change: ChangeStep(parts).map(Step.change)
    case .likelihood: LikelihoodStep(parts).map(Step.likelihood)
    case .standardise: StandardiseStep(parts).map(Step.standardise)
    case .inequality: InequalityStep(parts).map(Step.inequality)
    case .funnel: FunnelStep(parts).map(Step.funnel)
    case .control: ControlStep(parts).map(Step.control)
    case .parity: ParityStep(parts).map(Step.parity)
    case .describe: .describe
    case .chart: .chart(parts.word("kind"))
    case .protect:
      .protect(ProtectStep(policy: parts.name("policy"), reason: parts.text("reason")?.text))
    case .where, .derive, .select, .drop, .rename, .recode, .count, .summarise, .share, .crosstab,
      .top, .bottom, .join, .sort, .take, .distinct, .keep, .export:
      nil
    }
  }
}

extension CountStep {
  fileprivate init(_ parts: Parts) {
    self.init(
      distinct: parts.path("distinct"), name: parts.name("name"), keys: parts.keys("keys"))
  }
}

extension SummariseStep {
  fileprivate init?(_ parts: Parts) {
    guard case .aggregates(let aggregates)? = parts["aggregates"] else { return nil }
    self.init(aggregates: aggregates, keys: parts.keys("keys"))
  }
}

extension ShareStep {
  fileprivate init(_ parts: Parts) {
    self.init(
      value: parts.name("value"), within: parts.paths("within"),
      excluding: parts.expressions("excluding"), interval: parts.interval("interval"),
      name: parts.name("name"))
  }
}

extension CrosstabStep {
  fileprivate init?(_ parts: Parts) {
    guard let rows = parts.key("rows"), let columns = parts.key("columns") else { return nil }
    self.init(
      rows: rows, columns: columns, aggregate: parts.aggregate("aggregate"),
      percent: parts.word("percent"), withoutTotals: parts.has("without_totals"))
  }
}

extension TopStep {
  fileprivate init?(_ parts: Parts) {
    guard let rows = parts.count("rows"), let by = parts.path("by") else { return nil }
    self.init(rows: rows, by: by, within: parts.paths("within"))
  }
}

extension JoinStep {
  fileprivate init?(_ parts: Parts) {
    guard let table = parts.name("table") else { return nil }
    self.init(table: table, on: parts.paths("on"), unmatched: parts.word("unmatched"))
  }
}

extension ExportTarget {
  init?(_ parts: Parts) {
    guard let (file, place) = parts.text("file") else { return nil }
    self.init(
      file: file, forExcel: parts.has("for_excel"), overwrite: parts.has("overwrite"),
      place: place)
  }
}
