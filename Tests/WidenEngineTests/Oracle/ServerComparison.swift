import Glibc
import Testing
import WidenEngine
import WidenLanguage
import WidenRemote

/// The same question to rows that are here and to the same rows at a server.
enum ServerComparison {
  enum Finding {
    case refused(String)
    case different(String)
  }

  static func setting(_ name: String) -> Int? {
    getenv(name).flatMap { Int(String(cString: $0)) }
  }

  /// The same tables with their rows at the server; `key` puts them in their order where the server
  /// knows none.
  static func remote(_ dataset: Dataset, _ address: String, key: String? = nil) throws -> Dataset {
    let opened = try openDatabase(address)
    var there = Dataset(name: "there")
    for entry in dataset.entries {
      let source = try #require(opened.dataset.entry(named: entry.description.name)?.source)
      var description = entry.description
      description.key = key ?? description.key
      there.add(Dataset.Entry(description: description, source: source))
    }
    return there
  }

  /// What a query gives there that it does not give here.
  static func compare(_ text: String, _ here: Dataset, _ there: Dataset) throws -> Finding? {
    guard case .query(let tree)? = parse(text).program.statements.first?.statement else {
      return .different("it is no query")
    }
    // Bound once, so that both compute the same.
    let environment = Environment(catalogue: here, unknownValues: .warning)
    switch bind(tree, in: environment, source: text) {
    case .failure(let problems): return .different(problems.diagnostics.first?.message ?? "")
    case .success(let bound): return try compare(bound.plan, here, there)
    }
  }

  /// What a plan gives there that it does not give here.
  static func compare(_ plan: Plan, _ here: Dataset, _ there: Dataset) throws -> Finding? {
    let answer = try execute(plan, in: ExecutionContext(dataset: here))
    let queries = { there.entries[0].source?.queries(for: plan, in: there) ?? [] }
    do {
      let other = try execute(plan, in: ExecutionContext(dataset: there))
      let found = difference(answer, other)
      return found.map { .different(([$0] + queries()).joined(separator: "\n")) }
    } catch ExecutionError.failed(let message, _) {
      return message.contains("this cannot be asked of") || message.contains("would have to come")
        ? .refused(message) : .different(([message] + queries()).joined(separator: "\n"))
    }
  }

  /// The first place where the two answers differ.
  static func difference(_ own: Answer, _ other: Answer) -> String? {
    let (own, other, flows) = (own.table, other.table, (own.flow, other.flow))
    guard own.rowCount == other.rowCount else {
      return "\(other.rowCount) rows, not \(own.rowCount)"
    }
    guard own.columns.map(\.description.name) == other.columns.map(\.description.name) else {
      return "other columns"
    }
    for row in 0..<own.rowCount {
      for (column, another) in zip(own.columns, other.columns)
      where !isSame(column.data[row], another.data[row]) {
        return "row \(row), \(column.description.name): \(another.data[row]), "
          + "not \(column.data[row])"
      }
    }
    guard flows.0 == flows.1 else { return "row flow \(flows.1), not \(flows.0)" }
    return nil
  }

  private static func isSame(_ own: Value, _ other: Value) -> Bool {
    if own == other { return true }
    guard let a = numeric(own), let b = numeric(other) else { return false }
    return abs(a - b) <= 1e-9 * max(1, abs(a), abs(b))
  }
}
