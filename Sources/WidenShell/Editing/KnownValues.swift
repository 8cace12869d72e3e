internal import Synchronization
internal import WidenEngine
internal import WidenLanguage

/// The values of columns and how many rows hold them, counted once.
///
/// Counting a million rows takes a millisecond or two, too much for every key that is pressed. What
/// was counted holds for as long as the column's rows are the same memory.
final class KnownValues: Sendable {
  private struct Known {
    /// Kept, so that no other column can come to lie at its place.
    var column: TableColumn
    var values: [ValueCount]?
    var recorded: Int?
  }

  private let known = Mutex<[ColumnDescription.Origin: Known]>([:])

  /// See `Catalogue`.
  func values(of origin: ColumnDescription.Origin, in dataset: Dataset) -> [ValueCount]? {
    if let source = dataset.entry(named: origin.table)?.source {
      return source.values(of: origin, isComplete: false)
    }
    return lookUp(origin, dataset)?.values
  }

  /// See `Catalogue`.
  func recordedRows(of origin: ColumnDescription.Origin, in dataset: Dataset) -> Int? {
    if let source = dataset.entry(named: origin.table)?.source {
      return source.recordedRows(of: origin)
    }
    return lookUp(origin, dataset)?.recorded
  }

  private func lookUp(_ origin: ColumnDescription.Origin, _ dataset: Dataset) -> Known? {
    guard let column = dataset.entry(named: origin.table)?.table.column(named: origin.column)
    else { return nil }
    if let found = known.withLock({ $0[origin] }), found.column.data.sharesRows(with: column.data) {
      return found
    }
    let counted = Known(
      column: column, values: dataset.values(of: origin),
      recorded: dataset.recordedRows(of: origin))
    known.withLock { $0[origin] = counted }
    return counted
  }
}

/// A dataset whose values are counted once: what the editor binds with, key after key.
struct CountedCatalogue: Catalogue, Sendable {
  let dataset: Dataset
  let known: KnownValues

  var tableNames: [String] { dataset.tableNames }

  func table(named name: String) -> TableDescription? { dataset.table(named: name) }

  func values(of column: ColumnDescription.Origin) -> [ValueCount]? {
    // Whatever is not among them is taken for a mistake.
    if let source = dataset.entry(named: column.table)?.source {
      return source.values(of: column, isComplete: true)
    }
    return known.values(of: column, in: dataset)
  }

  func recordedRows(of column: ColumnDescription.Origin) -> Int? {
    known.recordedRows(of: column, in: dataset)
  }
}

extension Column {
  /// Whether both are the same rows in memory, with the same codes.
  fileprivate func sharesRows(with other: Column) -> Bool {
    switch (self, other) {
    case (.coded(let own), .coded(let others)):
      switch (own.codes, others.codes) {
      case (.bytes(let own), .bytes(let others)): own === others
      case (.shorts(let own), .shorts(let others)): own === others
      case (.words(let own), .words(let others)): own === others
      case (.bytes, _), (.shorts, _), (.words, _): false
      }
    case (.integers(let own, _), .integers(let others, _)): own === others
    case (.decimals(let own, _), .decimals(let others, _)): own === others
    case (.coded, _), (.integers, _), (.decimals, _): false
    }
  }
}
