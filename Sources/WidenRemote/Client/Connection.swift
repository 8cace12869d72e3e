internal import Glibc
internal import Synchronization

/// A connection to a PostgreSQL server that only reads.
///
/// One query runs at a time; whoever else asks waits.
final class Connection: ServerConnection {
  private let library: LibPQ
  private let address: String
  /// What it is called in messages: the address without a password.
  let name: String
  /// The connection as a number, for pointers are not to be shared; 0 when there is none.
  private let handle = Mutex<Int>(0)

  /// Connects to the database at an address such as `postgresql://user@host:5432/database`.
  init(_ address: String) throws(ServerError) {
    library = try LibPQ()
    self.address = address
    name = String(addressWithoutSecrets(address).prefix { $0 != "?" })
    let connected = try connect()
    handle.withLock { $0 = connected }
  }

  deinit {
    let (library, bits) = (library, handle.withLock { $0 })
    if let connection = OpaquePointer(bitPattern: bits) { library.finish(connection) }
  }

  func run(
    _ query: String, _ parameters: [String?], isCancelled: @escaping @Sendable () -> Bool,
    patience: Double?, row: (ServerRow) -> Void
  ) throws(ServerError) {
    try handle.withLock { bits throws(ServerError) in
      if bits == 0 { bits = try connect() }
      guard let connection = OpaquePointer(bitPattern: bits) else { return }
      do throws(ServerError) {
        try send(query, parameters, to: connection)
        try receive(from: connection, isCancelled, patience, row)
      } catch {
        if error.isConnectionLost || library.status(connection) != 0 {
          library.finish(connection)
          bits = 0
        }
        throw error
      }
    }
  }

  private func send(_ query: String, _ parameters: [String?], to connection: OpaquePointer)
    throws(ServerError)
  {
    let copies = parameters.map { $0.flatMap { strdup($0) } }
    defer { for copy in copies { free(copy) } }
    let values = copies.map { $0.map { LibPQ.Text($0) } }
    // The server finds the types in the query; of what the query does not use it cannot.
    let types: [UInt32] = parameters.indices.map {
      query.contains("$\($0 + 1)::") || query.contains("$\($0 + 1))") ? 0 : LibPQ.textType
    }
    let isSent = library.sendQueryParameters(
      connection, query, Int32(parameters.count), types, values, nil, nil, 0)
    guard isSent == 1 else { throw lost(connection) }
    _ = library.setSingleRowMode(connection)
  }

  /// Takes rows as they come; to be stopped while it waits for them.
  private func receive(
    from connection: OpaquePointer, _ isCancelled: @escaping @Sendable () -> Bool,
    _ patience: Double?, _ row: (ServerRow) -> Void
  ) throws(ServerError) {
    var stopping = Stopping(isCancelled: isCancelled, patience: patience)
    var failure: ServerError?
    while true {
      try wait(for: connection, &stopping)
      guard let result = library.getResult(connection) else { break }
      defer { library.clear(result) }
      switch library.resultStatus(result) {
      case ResultStatus.rows, ResultStatus.singleRow:
        if failure == nil, stopping.isAsked == nil {
          let cells = Cells(library: library, result: result)
          for index in 0..<Int(library.rowCount(result)) {
            row(ServerRow(cells: cells, row: index))
          }
        }
        stopping.look(library, connection)
      case ResultStatus.command, ResultStatus.empty: break
      default: failure = failure ?? error(of: result)
      }
    }
    if stopping.isAsked != nil {
      var stopped = ServerError("the query was stopped")
      stopped.isCancelled = true
      throw stopped
    }
    if let failure { throw failure }
  }

  /// Waits until a result can be taken without waiting.
  private func wait(for connection: OpaquePointer, _ stopping: inout Stopping) throws(ServerError) {
    while library.isBusy(connection) == 1 {
      var descriptor = pollfd(
        fd: library.socket(connection), events: Int16(POLLIN), revents: 0)
      _ = poll(&descriptor, 1, 50)
      stopping.look(library, connection)
      if stopping.isHopeless {
        var gone = ServerError("the server does not answer")
        gone.isCancelled = true
        gone.isConnectionLost = true
        throw gone
      }
      if library.consumeInput(connection) == 0 { throw lost(connection) }
    }
  }

  private func error(of result: OpaquePointer) -> ServerError {
    func field(_ code: Character) -> String? {
      library.resultErrorField(result, Int32(code.asciiValue ?? 0)).map { String(cString: $0) }
    }
    let sentence =
      field("M") ?? library.resultErrorMessage(result).map { String(cString: $0) } ?? ""
    return ServerError(
      saying: sentence, state: field("C") ?? "08006", position: field("P").flatMap { Int($0) })
  }

  private func lost(_ connection: OpaquePointer) -> ServerError {
    let said = library.errorMessage(connection).map { String(cString: $0) } ?? ""
    return ServerError(saying: said, state: "08006")
  }

  /// Connects anew, as a session that reads, in which all means what it means here.
  private func connect() throws(ServerError) -> Int {
    guard let connection = library.connectStart(address) else {
      throw ServerError("\(name) cannot be opened: there is no memory for it")
    }
    do throws(ServerError) {
      try finishConnecting(connection)
      library.ignoreNotices(connection)
      try send(sessionSettings, [], to: connection)
      try receive(from: connection, { false }, nil) { _ in }
    } catch {
      library.finish(connection)
      throw error
    }
    return Int(bitPattern: connection)
  }

  private func finishConnecting(_ connection: OpaquePointer) throws(ServerError) {
    func failed() -> ServerError {
      .connecting(
        library.errorMessage(connection).map { String(cString: $0) } ?? "", to: name)
    }
    guard library.status(connection) != ConnectionStatus.bad else { throw failed() }
    var events = Int16(POLLOUT)
    let end = monotonicSeconds() + connectingSeconds
    while true {
      var descriptor = pollfd(fd: library.socket(connection), events: events, revents: 0)
      _ = poll(&descriptor, 1, 200)
      if monotonicSeconds() > end {
        throw ServerError(
          "\(name) cannot be opened: it has not answered for \(Int(connectingSeconds)) seconds",
          hint: "is there a firewall between?")
      }
      guard descriptor.revents != 0 else { continue }
      switch library.connectPoll(connection) {
      case PollingStatus.reading: events = Int16(POLLIN)
      case PollingStatus.writing: events = Int16(POLLOUT)
      case PollingStatus.ok: return
      default: throw failed()
      }
    }
  }
}

/// The rows of a result of libpq's, as long as it is there.
private final class Cells: ServerCells {
  private let library: LibPQ
  private let result: OpaquePointer
  private let columnCount: Int

  init(library: LibPQ, result: OpaquePointer) {
    self.library = library
    self.result = result
    columnCount = Int(library.columnCount(result))
  }

  func bytes(_ row: Int, _ column: Int) -> UnsafeBufferPointer<UInt8>? {
    guard column < columnCount else { return nil }
    let (row, column) = (Int32(row), Int32(column))
    guard library.isNull(result, row, column) == 0 else { return nil }
    return UnsafeBufferPointer(
      start: library.value(result, row, column), count: Int(library.length(result, row, column)))
  }
}

/// Whether a query is to be stopped, and since when.
private struct Stopping {
  let isCancelled: @Sendable () -> Bool
  /// When it is stopped whatever happens; nil: never.
  private let end: Double?
  /// When the server was asked to stop; nil: not yet.
  private(set) var isAsked: Double?

  init(isCancelled: @escaping @Sendable () -> Bool, patience: Double?) {
    self.isCancelled = isCancelled
    end = patience.map { monotonicSeconds() + $0 }
  }

  /// Whether the server has not stopped for so long that it never will.
  var isHopeless: Bool { isAsked.map { monotonicSeconds() - $0 > 5 } ?? false }

  /// Asks the server to stop when that is wanted.
  mutating func look(_ library: LibPQ, _ connection: OpaquePointer) {
    guard isAsked == nil, isCancelled() || end.map({ monotonicSeconds() > $0 }) ?? false else {
      return
    }
    isAsked = monotonicSeconds()
    guard let cancel = library.getCancel(connection) else { return }
    var message = [CChar](repeating: 0, count: 256)
    _ = library.cancel(cancel, &message, 256)
    library.freeCancel(cancel)
  }
}

extension LibPQ {
  /// Keeps what servers remark on from standard error.
  fileprivate func ignoreNotices(_ connection: OpaquePointer) {
    _ = setNoticeProcessor(connection, { _, _ in }, nil)
  }
}

/// The numbers that libpq's headers give these names.
private enum ConnectionStatus {
  static let bad: Int32 = 1
}

private enum PollingStatus {
  static let reading: Int32 = 1
  static let writing: Int32 = 2
  static let ok: Int32 = 3
}

private enum ResultStatus {
  static let empty: Int32 = 0
  static let command: Int32 = 1
  static let rows: Int32 = 2
  static let singleRow: Int32 = 9
}

/// A server that has not answered for so long will not.
private let connectingSeconds = 10.0

/// What is set in every session.
///
/// Nothing can be written, functions are the server's own whatever schemas there are, and numbers,
/// dates and texts are written in one way. A query takes ten minutes at most where the address or
/// the server sets no limit.
private let sessionSettings = """
  select set_config('default_transaction_read_only', 'on', false),
    set_config('search_path', 'pg_catalog', false), set_config('client_encoding', 'UTF8', false),
    set_config('TimeZone', 'UTC', false), set_config('DateStyle', 'ISO, YMD', false),
    set_config('extra_float_digits', '1', false), set_config('application_name', 'widen', false),
    set_config('statement_timeout', case when current_setting('statement_timeout') = '0'
      and not exists (select from pg_catalog.pg_settings
        where name = 'statement_timeout' and source <> 'default')
      then '10min' else current_setting('statement_timeout') end, false)
  """
