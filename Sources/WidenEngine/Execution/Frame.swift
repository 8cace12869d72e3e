public import WidenLanguage

/// Rows on their way through a plan: columns in full, and which of their rows are still in.
///
/// A filter only narrows the selection; what needs rows side by side compacts first.
public struct Frame: Sendable {
  /// All of `rowCount` rows long.
  public var columns: [Column]
  /// The length of every column, whether or not its rows are in.
  public var rowCount: Int
  /// The rows that are in; nil means all.
  public var selection: Bitmap?

  /// Columns of which all rows are in, unless there is a selection.
  public init(columns: [Column], rowCount: Int, selection: Bitmap? = nil) {
    self.columns = columns
    self.rowCount = rowCount
    self.selection = selection
  }

  /// How many rows are in.
  public var selectedCount: Int { selection?.setCount ?? rowCount }
}

/// What a plan runs in: the tables, the means, and where its notes go.
public final class ExecutionContext {
  /// The tables that plans may scan.
  public let dataset: Dataset
  /// How many threads may work at once, one at least.
  public let threads: Int
  /// Asked for every segment of 65,536 rows; true stops the query.
  public let isCancelled: @Sendable () -> Bool
  /// Does what a `tap` asks for.
  public let perform: (Action, Answer) throws -> Void
  /// In the order in which they arose; equal notes are told once.
  public private(set) var notes: [Answer.Note] = []
  /// The steps so far and the rows they gave, the source table first.
  public private(set) var flow: [Answer.Flow] = []

  /// One thread that nobody stops, and a `tap` that does nothing, unless told otherwise.
  public init(
    dataset: Dataset, threads: Int = 1, isCancelled: @escaping @Sendable () -> Bool = { false },
    perform: @escaping (Action, Answer) throws -> Void = { _, _ in }
  ) {
    self.dataset = dataset
    self.threads = max(1, threads)
    self.isCancelled = isCancelled
    self.perform = perform
  }

  /// Adds a note, unless it has been told.
  public func tell(_ note: Answer.Note) {
    if !notes.contains(note) { notes.append(note) }
  }

  /// Adds a step to the row flow.
  public func passed(_ label: String, rows: Int) {
    flow.append(Answer.Flow(label: label, rows: rows))
  }
}

/// Why a plan stopped.
public enum ExecutionError: Error, Hashable, Sendable {
  /// The user asked for it.
  case cancelled
  /// A sentence without full stop, and a way out.
  case failed(String, hint: String?)
}
