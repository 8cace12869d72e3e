internal import Glibc

/// A query under way at a cluster, whose answer is taken up again where the connection breaks.
struct SparkOperation {
  private let channel: Channel
  private let session: SparkSession
  private let name: String
  private let waits: SparkWaits
  private let identifier = randomIdentifier()
  private var stopping: SparkStopping
  /// By which the server knows how far the answer has come.
  private var lastResponse: String?
  private var stream = ArrowStream()
  /// Whether any row has been given to whoever asks.
  private(set) var hasGivenRows = false
  private var isComplete = false
  /// How often the connection broke since something came.
  private var breaks = 0

  init(
    _ channel: Channel, _ session: SparkSession, name: String, waits: SparkWaits,
    stopping: SparkStopping
  ) {
    self.channel = channel
    self.session = session
    self.name = name
    self.waits = waits
    self.stopping = stopping
  }

  /// Asks, and gives the rows one by one.
  mutating func run(_ query: String, _ parameters: [String?], row: (ServerRow) -> Void)
    throws(ServerError)
  {
    let execution = session.execution(of: query, parameters, operation: identifier)
    var isKnown = false
    while !isComplete {
      let transfer =
        isKnown
        ? try channel.start(
          "ReattachExecute", session.reattachment(to: identifier, after: lastResponse))
        : try channel.start("ExecutePlan", execution)
      let end = try receive(transfer, row)
      if isComplete { break }
      // A stream may end before the answer does; the rest is in the next one.
      if end.isFine {
        isKnown = true
        continue
      }
      isKnown = try isKnownAfter(end, wasKnown: isKnown)
    }
    channel.tell("ReleaseExecute", session.release(of: identifier))
    if stopping.isAsked != nil { throw SparkStopping.error }
  }

  /// Takes what comes until the stream ends, or nobody waits for it any more.
  private mutating func receive(_ transfer: Transfer, _ row: (ServerRow) -> Void)
    throws(ServerError) -> TransferEnd
  {
    while true {
      channel.wait(50, for: transfer)
      do throws(Malformed) {
        while let message = try transfer.next() { try take(message, row) }
      } catch {
        channel.tell("Interrupt", session.interruption(of: identifier))
        channel.tell("ReleaseExecute", session.release(of: identifier))
        throw ServerError(error)
      }
      if isComplete { return TransferEnd() }
      if let end = transfer.end { return end }
      if stopping.look() {
        channel.tell(
          "Interrupt", session.interruption(of: identifier),
          seconds: stopping.hasNoTime ? waits.hurrying : tellingSeconds)
      }
      if stopping.seconds > (stopping.hasNoTime ? waits.hurrying : waits.stopping) {
        throw SparkStopping.error
      }
    }
  }

  private mutating func take(_ message: [UInt8], _ row: (ServerRow) -> Void) throws(Malformed) {
    let response = try SparkResponse(message)
    breaks = 0
    lastResponse = response.identifier ?? lastResponse
    isComplete = isComplete || response.isComplete
    guard let range = response.rows, stopping.isAsked == nil else { return }
    for batch in try stream.read(message, range) {
      hasGivenRows = hasGivenRows || batch.rowCount > 0
      for index in 0..<batch.rowCount { row(ServerRow(cells: batch, row: index)) }
    }
  }

  /// Whether the server knows of the query, after a stream that ended badly; an error when there is no
  /// use in going on.
  private mutating func isKnownAfter(_ end: TransferEnd, wasKnown: Bool) throws(ServerError) -> Bool
  {
    if stopping.isAsked != nil { throw SparkStopping.error }
    let details = SparkErrorDetails(end.details)
    if let condition = details.condition, condition.hasPrefix("INVALID_HANDLE.OPERATION_NOT_FOUND"),
      lastResponse == nil, wasKnown
    {
      // It has never arrived.
      return false
    }
    if end.isBroken || details.condition == "INVALID_CURSOR.DISCONNECTED" {
      guard breaks < waits.pauses.count else { throw broken(end) }
      try pause(waits.pauses[breaks])
      breaks += 1
      return wasKnown || !end.isUnreached
    }
    throw error(end, details)
  }

  private func broken(_ end: TransferEnd) -> ServerError {
    var error = ServerError(end, from: name)
    error.isConnectionLost = true
    if end.isUnreached {
      error = ServerError.lost("\(name) does not answer any more")
    }
    return error
  }

  private mutating func pause(_ seconds: Double) throws(ServerError) {
    let end = monotonicSeconds() + seconds
    while monotonicSeconds() < end {
      usleep(20_000)
      if stopping.look() || stopping.isAsked != nil { throw SparkStopping.error }
    }
  }

  /// What the server says went wrong, with all that it tells of it when it is asked.
  private func error(_ end: TransferEnd, _ details: SparkErrorDetails) -> ServerError {
    guard details.condition != nil || details.identifier != nil else {
      return ServerError(end, from: name)
    }
    var sentence = end.message
    var (state, condition) = (details.state, details.condition)
    var position: Int?
    if let identifier = details.identifier,
      let answer = try? channel.ask(
        "FetchErrorDetails", session.details(of: identifier), seconds: 2
      ).answer
    {
      let report = SparkErrorReport(answer)
      sentence = report.sentence ?? sentence
      state = report.state ?? state
      condition = report.condition ?? condition
      position = report.position
    }
    return ServerError(spark: sentence, condition: condition, state: state, position: position)
  }
}

/// Whether a query is to be stopped, and since when.
struct SparkStopping {
  private let isCancelled: @Sendable () -> Bool
  /// When it is stopped whatever happens; nil: never.
  private let end: Double?
  /// When the server was asked to stop; nil: not yet.
  private(set) var isAsked: Double?
  /// Whether the time was over, so that whoever asks waits no longer.
  private(set) var hasNoTime = false

  init(isCancelled: @escaping @Sendable () -> Bool, patience: Double?) {
    self.isCancelled = isCancelled
    end = patience.map { monotonicSeconds() + $0 }
  }

  /// Whether the server is to be asked to stop now; true once.
  mutating func look() -> Bool {
    guard isAsked == nil, isCancelled() || end.map({ monotonicSeconds() > $0 }) ?? false else {
      return false
    }
    isAsked = monotonicSeconds()
    hasNoTime = !isCancelled()
    return true
  }

  /// How long ago that was; 0 when it was not.
  var seconds: Double { isAsked.map { monotonicSeconds() - $0 } ?? 0 }

  /// That it was stopped.
  static var error: ServerError {
    var error = ServerError("the query was stopped")
    error.isCancelled = true
    return error
  }
}

/// How long is waited for a server, in seconds.
struct SparkWaits: Sendable {
  /// One that is there answers within that when a session is opened.
  var answering = 30.0
  /// One that has not stopped for so long never will.
  var stopping = 5.0
  /// Nor does one wait longer for it where an answer was wanted at once.
  var hurrying = 0.2
  /// Between tries to take an answer up again.
  var pauses = [0, 0.2, 1, 2]
}
