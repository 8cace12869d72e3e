public import WidenLanguage
public import WidenStatistics

/// Rows on their way through a plan: columns in full, and which of their rows are still in.
///
/// A filter only narrows the selection; what needs rows side by side compacts first.
public struct Frame: Sendable {
  /// All of `rowCount` rows long.
  public var columns: [Column]
  /// The rows of every column, in or not.
  public var rowCount: Int
  /// The rows that are in; nil means all.
  public var selection: Bitmap?
  /// Who each row is about; nil when rows are about nobody in particular.
  var people: People?
  /// What conditions on rows about people have left; nil where there were none.
  var narrowing: Narrowing?
  /// For a column by index the rows whose figure a disclosure policy withholds.
  var withheld: [Int: Bitmap] = [:]
  /// The rows that are groups of few people.
  var few: Bitmap?
  /// The rows that are left out when the result leaves, because that they exist says too much.
  var hidden: Bitmap?

  /// Columns of `rowCount` rows and which of them are in.
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
  /// The tables.
  public let dataset: Dataset
  /// How many threads may work at once, one at least.
  public let threads: Int
  /// The number of rows that a thread takes at a time: a multiple of 64.
  ///
  /// Answers do not depend on it, but for the last bits of sums of fractions.
  public let segmentRows: Int
  /// Asked for every segment; true stops the query.
  public let isCancelled: @Sendable () -> Bool
  /// What is done about figures of people; nil where nothing is.
  public let disclosure: DisclosureControl?
  /// What `protect` follows when it names no policy.
  public let ownPolicy: DisclosurePolicy
  /// Does what a `tap` asks for with the rows of a plan.
  public let perform: (Action, Answer, Plan) throws -> Void
  /// In the order in which they arose; equal notes are told once.
  public private(set) var notes: [Answer.Note] = []
  /// Whether rows that are not here are counted after each step; that may cost a query more.
  public var countsRemoteRows = true
  /// The steps that have run, and the rows after each.
  public private(set) var flow: [Answer.Flow] = []

  /// What a plan over this dataset runs in.
  public init(
    dataset: Dataset, threads: Int = 1, segmentRows: Int = standardSegmentRows,
    isCancelled: @escaping @Sendable () -> Bool = { false },
    disclosure: DisclosureControl? = nil, ownPolicy: DisclosurePolicy = .safe,
    perform: @escaping (Action, Answer, Plan) throws -> Void = { _, _, _ in }
  ) {
    self.dataset = dataset
    self.disclosure = disclosure
    self.ownPolicy = ownPolicy
    self.threads = max(1, threads)
    self.segmentRows = max(64, segmentRows / 64 * 64)
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
  /// A column is looked into that was passed over when its file was read.
  case unread
  /// The result may not leave; a sentence, and a way out.
  case refused(String, hint: String?)
}
