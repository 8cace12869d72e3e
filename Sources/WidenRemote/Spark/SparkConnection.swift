internal import Glibc
internal import Synchronization

/// A session at a cluster that speaks Spark Connect.
///
/// One query runs at a time; whoever else asks waits. A session that the server has forgotten is made
/// again by the next query.
final class SparkConnection: ServerConnection {
  private let library: LibCurl
  private let address: SparkAddress
  /// What queries mean, set in every session.
  private let settings: [(name: String, value: String)]
  private let waits: SparkWaits
  private let state: Mutex<State>

  /// What there is at the server; pointers as numbers, for pointers are not to be shared.
  private struct State: Sendable {
    var connections = 0
    var session: SparkSession?
  }

  /// What it is called in messages: the address without its parameters.
  var name: String { address.name }

  /// Opens a session at an address such as `sc://host:15002/;token=…`.
  init(
    _ text: String, settings: [(name: String, value: String)] = SparkConnection.plainSettings,
    waits: SparkWaits = SparkWaits(), environment: (String) -> String? = environmentValue
  ) throws(ServerError) {
    address = try SparkAddress(text, environment: environment)
    library = try LibCurl()
    self.settings = settings
    self.waits = waits
    state = Mutex(State(connections: Channel.makeConnections(library)))
    try state.withLock { state throws(ServerError) in
      state.session = try open(try channel(state)) { false }
    }
  }

  deinit {
    let (library, address) = (library, address)
    state.withLock { state in
      if let session = state.session,
        let channel = Channel(library, address, connections: state.connections)
      {
        channel.tell("ReleaseSession", session.ending())
      }
      Channel.close(state.connections, library)
    }
  }

  /// Numbers that overflow are errors, and times are in UTC.
  static let plainSettings = [
    (name: "spark.sql.ansi.enabled", value: "true"),
    (name: "spark.sql.session.timeZone", value: "UTC"),
  ]

  func run(
    _ query: String, _ parameters: [String?], isCancelled: @escaping @Sendable () -> Bool,
    patience: Double?, row: (ServerRow) -> Void
  ) throws(ServerError) {
    try state.withLock { state throws(ServerError) in
      let channel = try channel(state)
      for isLast in [false, true] {
        let session = if let known = state.session { known } else { try open(channel, isCancelled) }
        state.session = session
        var operation = SparkOperation(
          channel, session, name: name, waits: waits,
          stopping: SparkStopping(isCancelled: isCancelled, patience: patience))
        do throws(ServerError) {
          try operation.run(query, parameters, row: row)
          return
        } catch {
          if error.isSessionLost || error.isConnectionLost { state.session = nil }
          // Nothing has been given yet: the same can be asked in a new session.
          guard error.isSessionLost, !operation.hasGivenRows, !isLast else { throw error }
        }
      }
    }
  }

  private func channel(_ state: State) throws(ServerError) -> Channel {
    guard let channel = Channel(library, address, connections: state.connections) else {
      throw ServerError("there is no memory for a connection to \(name)")
    }
    return channel
  }

  /// Makes a session, and sets what queries mean in it.
  private func open(_ channel: Channel, _ isCancelled: () -> Bool) throws(ServerError)
    -> SparkSession
  {
    var session = SparkSession(
      identifier: randomIdentifier(), user: address.user, serverIdentifier: nil)
    let (answer, end) = try channel.ask(
      "Config", session.configuration(settings), seconds: waits.answering, isCancelled)
    guard let end else {
      if isCancelled() { throw SparkStopping.error }
      throw ServerError(
        "\(name) cannot be opened: it has not answered for \(Int(waits.answering)) seconds",
        hint: "a cluster that is stopped takes minutes to start; try again then")
    }
    guard end.isFine else {
      let details = SparkErrorDetails(end.details)
      if details.condition != nil, end.status != GRPCStatus.unknownUser {
        throw ServerError(
          spark: end.message, condition: details.condition, state: details.state)
      }
      if end.status == GRPCStatus.unknownUser, !address.hasToken {
        throw ServerError(
          "\(name) asks for a token",
          hint:
            "it goes into the variable SPARK_CONNECT_AUTHENTICATE_TOKEN, or behind the address, "
            + "';token=…'")
      }
      var error = ServerError(end, from: name)
      if error.isConnectionLost, !error.message.contains(name) {
        error.message = "\(name) cannot be opened: \(error.message)"
      }
      throw error
    }
    session.serverIdentifier = answer.flatMap { try? serverSession(inConfiguration: $0) }
    return session
  }
}

extension Channel {
  /// Asks for one message; no end when it takes longer than that, or nobody waits any more.
  func ask(
    _ method: String, _ message: [UInt8], seconds limit: Double,
    _ isCancelled: () -> Bool = { false }
  ) throws(ServerError) -> (answer: [UInt8]?, end: TransferEnd?) {
    let transfer = try start(method, message)
    let limit = monotonicSeconds() + limit
    var answer: [UInt8]?
    while true {
      wait(50, for: transfer)
      do throws(Malformed) {
        while let message = try transfer.next() { answer = message }
      } catch {
        throw ServerError(error)
      }
      if let end = transfer.end { return (answer, end) }
      if monotonicSeconds() > limit || isCancelled() { return (answer, nil) }
    }
  }

  /// Tells the server something whose answer nobody needs.
  func tell(_ method: String, _ message: [UInt8], seconds limit: Double = tellingSeconds) {
    _ = try? ask(method, message, seconds: limit)
  }
}

extension ServerError {
  /// Bytes from a server that cannot be read.
  init(_ malformed: Malformed) {
    self.init("the server's answer cannot be read: \(malformed.reason)", hint: malformed.hint)
  }
}

/// A name that nobody else has: a UUID by chance.
func randomIdentifier() -> String {
  var generator = SystemRandomNumberGenerator()
  var (high, low) = (generator.next() as UInt64, generator.next() as UInt64)
  high = high & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
  low = low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
  let digits = [high, low].map { number in
    let text = String(number, radix: 16)
    return String(repeating: "0", count: 16 - text.count) + text
  }.joined()
  var identifier = ""
  for (index, digit) in digits.enumerated() {
    if [8, 12, 16, 20].contains(index) { identifier += "-" }
    identifier.append(digit)
  }
  return identifier
}

/// Nobody waits longer for what is only told.
let tellingSeconds = 1.0
