/// A connection to a server that is asked questions in SQL, whichever server it is.
protocol ServerConnection: AnyObject, Sendable {
  /// What it is called in messages: its address without what is secret.
  var name: String { get }

  /// Runs a query and gives its rows one by one.
  ///
  /// Parameters are sent beside the query, never in it: `$1` and so on for PostgreSQL, `:p1` and so
  /// on for Spark. One query runs at a time; whoever else asks waits. `patience` is how many seconds
  /// it may take.
  func run(
    _ query: String, _ parameters: [String?], isCancelled: @escaping @Sendable () -> Bool,
    patience: Double?, row: (ServerRow) -> Void
  ) throws(ServerError)
}

extension ServerConnection {
  /// Runs a query to its end, however long it takes.
  func run(_ query: String, _ parameters: [String?] = [], row: (ServerRow) -> Void)
    throws(ServerError)
  {
    try run(query, parameters, isCancelled: { false }, patience: nil, row: row)
  }

  /// Runs a query that somebody may stop.
  func run(
    _ query: String, _ parameters: [String?], isCancelled: @escaping @Sendable () -> Bool,
    row: (ServerRow) -> Void
  ) throws(ServerError) {
    try run(query, parameters, isCancelled: isCancelled, patience: nil, row: row)
  }

  /// Runs a query that may take so many seconds.
  func run(
    _ query: String, _ parameters: [String?] = [], patience: Double?, row: (ServerRow) -> Void
  ) throws(ServerError) {
    try run(query, parameters, isCancelled: { false }, patience: patience, row: row)
  }
}

/// A row of a result, valid while it is looked at.
struct ServerRow {
  let cells: any ServerCells
  let row: Int

  /// The bytes of a cell, as text; nil when it is null, or there is no such column.
  func bytes(_ column: Int) -> UnsafeBufferPointer<UInt8>? { cells.bytes(row, column) }

  /// The text of a cell; nil when it is null.
  func text(_ column: Int) -> String? {
    bytes(column).map { String(decoding: $0, as: UTF8.self) }
  }
}

/// Some rows of a result.
protocol ServerCells: AnyObject {
  /// The bytes of a cell, as text; they last as long as the rows do.
  func bytes(_ row: Int, _ column: Int) -> UnsafeBufferPointer<UInt8>?
}
