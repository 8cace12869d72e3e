import Synchronization
import Testing
import WidenLanguage

@testable import WidenEngine

/// Whoever asks for an end is heard: every operator looks at the flag while it works, and does next to
/// nothing after it is set.
struct CancelTests {
  /// Says yes from the so-manieth question on, and counts the questions.
  private final class Stop: Sendable {
    let asked = Atomic<Int>(0)
    let limit: Int

    init(after limit: Int) { self.limit = limit }

    var isSet: Bool { asked.wrappingAdd(1, ordering: .relaxed).newValue > limit }
  }

  private static let rows = 6000
  private static let threads = 3

  private static let queries = [
    "from random | count by band",
    "from random | where age > 30 and pay < 40000 | count by town",
    "from random | where town contains \"1\" | count",
    "from random | summarise sum hours as a, mean wide as b, max pay as c by band, town",
    "from random | summarise median pay as a, median hours as b by band",
    "from random | count distinct person by band",
    "from random | count by pay, joined, town",
    "from random | count by hours",
    "from random | sort hours desc, town",
    "from random | top 3 by pay within town",
    "from random | derive age * 2 + hours as x, year(joined) as y",
    "from random | count as n by town, band | share of n within town",
    "from random | join other on person keep unmatched | count by band",
  ]

  private func plan(_ text: String, _ dataset: Dataset) throws -> Plan {
    let parsed = parse(text)
    guard case .query(let tree)? = parsed.program.statements.first?.statement else {
      throw ExecutionError.failed("it is no query", hint: text)
    }
    switch bind(tree, in: Environment(catalogue: dataset), source: text) {
    case .success(let bound): return bound.plan
    case .failure(let problems):
      throw ExecutionError.failed(problems.diagnostics.first?.message ?? "", hint: text)
    }
  }

  private func run(_ plan: Plan, _ dataset: Dataset, _ stop: Stop) throws {
    _ = try execute(
      plan,
      in: ExecutionContext(
        dataset: dataset, threads: Self.threads, segmentRows: 256, isCancelled: { stop.isSet }))
  }

  @Test(arguments: queries) func stops(query: String) throws {
    let entry = randomEntry(Self.rows, missing: 7, seed: 4)
    let description = TableDescription(
      name: "other", columns: entry.description.columns.suffix(1), rowCount: Self.rows)
    let other = Dataset.Entry(
      description: description,
      table: Table(columns: entry.table.columns.suffix(1), rowCount: Self.rows))
    let dataset = Dataset(name: "test", entries: [entry, other])
    let plan = try plan(query, dataset)
    let whole = Stop(after: .max)
    try run(plan, dataset, whole)
    let questions = whole.asked.load(ordering: .relaxed)
    #expect(questions >= Self.rows / 256, "it asked \(questions) times")
    for part in 1...6 {
      let stop = Stop(after: questions * part / 7)
      #expect(throws: ExecutionError.cancelled) { try run(plan, dataset, stop) }
      // Each thread asks once more, and so does what waits for them.
      let more = stop.asked.load(ordering: .relaxed) - stop.limit
      #expect(more <= Self.threads * 4, "\(more) segments after the flag was set")
    }
  }
}
