import WidenLanguage
import WidenStatistics

extension Executor {
  /// A row for each keys: its rate as it would be with the ages of a standard population, or
  /// compared with what the rates of everybody would give.
  func standardise(_ plan: Plan, _ relation: Relation, _ standardise: StandardisePlan) throws
    -> Relation
  {
    let strata = Strata(relation, keyCount: standardise.keyCount)
    var ages = try ages(relation, strata, standardise)
    let types = plan.columns.dropFirst(standardise.keyCount + 4).prefix(2).map(\.type)
    var figures: [[Value]] = []
    var problems = Problems()
    for group in strata.groups {
      let rows = ages.rows(group)
      do throws(StatisticsError) {
        figures.append(
          standardise.standard == nil ? try indirect(rows, types) : try direct(rows, types))
      } catch {
        problems.add(error)
        figures.append([Value](repeating: .missing, count: plan.columns.count))
      }
    }
    tell(ages, problems, standardise)
    return strata.relation(figures, plan.columns)
  }

  /// Reads the counts, and beside each stratum its people in the standard population or its counts
  /// in all groups together.
  private func ages(_ relation: Relation, _ strata: Strata, _ plan: StandardisePlan) throws
    -> StratumCounts
  {
    var ages = StratumCounts(relation, strata, plan.counts)
    if let standard = plan.standard {
      let people = try run(standard, needed: .all)
      for row in 0..<people.frame.rowCount where people.frame.columns[0][row] != .missing {
        ages.standard[people.frame.columns[0][row]] = people.frame.columns[1].number(ofRow: row)
      }
    } else {
      ages.standardiseByAll()
    }
    return ages
  }

  private func direct(_ rows: [StratumCounts.Row], _ types: [ValueType]) throws(StatisticsError)
    -> [Value]
  {
    let found = try directlyStandardisedRate(
      rows.map { Stratum(events: $0.events, people: $0.people, weight: $0.standard) }, per: 1)
    let rate = found.standardised
    return [
      cell(rate?.value), cell(rate?.interval.low), cell(rate?.interval.high), cell(found.crude),
      cell(found.events, types[0]), cell(found.people, types[1]),
    ]
  }

  private func indirect(_ rows: [StratumCounts.Row], _ types: [ValueType]) throws(StatisticsError)
    -> [Value]
  {
    let events = rows.reduce(0) { $0 + $1.events }
    let people = rows.reduce(0) { $0 + $1.people }
    let found = try indirectlyStandardisedRatio(
      observed: events,
      rows.map {
        ReferenceStratum(
          people: $0.people, referenceEvents: $0.standardEvents, referencePeople: $0.standard)
      })
    return [
      cell(found.rate.value), cell(found.rate.interval.low), cell(found.rate.interval.high),
      cell(people > 0 ? events / people : nil), cell(events, types[0]), cell(people, types[1]),
      cell(found.expected), cell(found.ratio.value),
    ]
  }

  private func tell(_ ages: StratumCounts, _ problems: Problems, _ plan: StandardisePlan) {
    func tell(_ text: String) { context.tell(Answer.Note(.note, text)) }
    if ages.leftOut > 0 {
      tell(
        "\(grouped(ages.leftOut)) without \(plan.stratumName)"
          + (plan.standard == nil ? "" : ", or with one that the standard population has not,")
          + " \(ages.leftOut == 1 ? "is" : "are") left out")
    }
    if ages.few > 0, plan.standard != nil {
      tell(
        "\(counted(ages.few, "row")) \(ages.few == 1 ? "has" : "have") fewer than 10 events, too few "
          + "for a standardised rate")
    }
    if ages.gaps > 0, plan.standard != nil {
      tell(
        "\(counted(ages.gaps, "row")) \(ages.gaps == 1 ? "has" : "have") nobody of some "
          + "\(plan.stratumName) that others have; those strata are left out of the weights there")
    }
    if let problem = problems.first {
      tell(
        "\(counted(problems.count, "row")) \(problems.count == 1 ? "has" : "have") no standardised "
          + "rate: \(problem)")
    }
  }
}

/// The counts of each stratum of each group, beside those of the standard.
private struct StratumCounts {
  struct Row {
    var events: Double
    var people: Double
    /// The people of the standard, or of all groups together.
    var standard: Double
    var standardEvents: Double
  }

  /// The people of each stratum of the standard.
  var standard: [Value: Double] = [:]
  private var standardEvents: [Value: Double] = [:]
  /// The counts of each row, and its stratum.
  private let counts: [(stratum: Value, events: Double, people: Double)]
  /// People who are in no stratum.
  private(set) var leftOut = 0.0
  /// Groups with too few events for a direct rate, and with strata that are empty.
  private(set) var few = 0
  private(set) var gaps = 0

  init(_ relation: Relation, _ strata: Strata, _ parts: ColumnDescription.Parts) {
    counts = (0..<relation.frame.rowCount).map { row in
      (
        strata.stratum(ofRow: row),
        relation.frame.columns[parts.numerator].number(ofRow: row) ?? 0,
        relation.frame.columns[parts.denominator].number(ofRow: row) ?? 0
      )
    }
  }

  /// Takes all groups together as the standard.
  mutating func standardiseByAll() {
    for row in counts where row.stratum != .missing {
      standard[row.stratum, default: 0] += row.people
      standardEvents[row.stratum, default: 0] += row.events
    }
  }

  /// The strata that occur in any group, in the standard and with people.
  private lazy var inUse = Set(
    counts.filter { $0.people > 0 && standard[$0.stratum] != nil }.map(\.stratum))

  /// The strata of a group that have people, here and in the standard.
  mutating func rows(_ group: Range<Int>) -> [Row] {
    var rows: [Row] = []
    for row in counts[group] {
      guard row.stratum != .missing, let people = standard[row.stratum], people > 0 else {
        leftOut += row.people
        continue
      }
      guard row.people > 0 else { continue }
      rows.append(
        Row(
          events: row.events, people: row.people, standard: people,
          standardEvents: standardEvents[row.stratum] ?? 0))
    }
    few += rows.reduce(0) { $0 + $1.events } < 10 ? 1 : 0
    gaps += rows.count < inUse.count ? 1 : 0
    return rows
  }
}
