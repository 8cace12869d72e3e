/// A session at a server: what queries share that belong together.
struct SparkSession: Hashable, Sendable {
  /// A UUID of our own.
  let identifier: String
  let user: String
  /// What the server calls it; another name tells that the server has been started anew.
  var serverIdentifier: String?
}

/// The messages that are sent to Spark Connect.
///
/// The numbers of fields are those of `spark/connect/base.proto`, `relations.proto` and
/// `expressions.proto`.
extension SparkSession {
  /// Asks a query; rows come in a stream that can be taken up again.
  func execution(of query: String, _ parameters: [String?], operation: String) -> [UInt8] {
    var writer = ProtobufWriter()
    writer.text(1, identifier)
    writer.message(2, writeUser)
    writer.message(3) { plan in
      plan.message(1) { relation in
        relation.message(10) { sql in
          sql.text(1, query)
          for (index, value) in parameters.enumerated() {
            sql.message(4) { entry in
              entry.text(1, "p\(index + 1)")
              entry.message(2) { $0.message(1) { $0.writeLiteral(value) } }
            }
          }
        }
      }
    }
    writer.text(4, SparkSession.client)
    writer.message(5) { $0.message(1) { $0.number(1, 1) } }
    writer.text(6, operation)
    writer.text(8, serverIdentifier)
    return writer.bytes
  }

  /// Takes a stream up again behind the response that came last.
  func reattachment(to operation: String, after response: String?) -> [UInt8] {
    var writer = begun(operationField: 3, operation)
    writer.text(5, response)
    writer.text(6, serverIdentifier)
    return writer.bytes
  }

  /// Lets the server forget what it keeps for taking up a stream again.
  func release(of operation: String) -> [UInt8] {
    var writer = begun(operationField: 3, operation)
    writer.message(5) { _ in }
    writer.text(7, serverIdentifier)
    return writer.bytes
  }

  /// Stops the work on a query.
  func interruption(of operation: String) -> [UInt8] {
    var writer = ProtobufWriter()
    writer.text(1, identifier)
    writer.message(2, writeUser)
    writer.text(3, SparkSession.client)
    writer.number(4, 3)
    writer.text(6, operation)
    writer.text(7, serverIdentifier)
    return writer.bytes
  }

  /// Sets what queries of this session mean.
  func configuration(_ settings: [(name: String, value: String)]) -> [UInt8] {
    var writer = begun()
    writer.message(3) { operation in
      operation.message(1) { set in
        for (name, value) in settings {
          set.message(1) { pair in
            pair.text(1, name)
            pair.text(2, value)
          }
        }
      }
    }
    return writer.bytes
  }

  /// Asks for all that is known of an error.
  func details(of error: String) -> [UInt8] {
    var writer = begun()
    writer.text(3, error)
    writer.text(5, serverIdentifier)
    return writer.bytes
  }

  /// Ends the session.
  func ending() -> [UInt8] {
    var writer = ProtobufWriter()
    writer.text(1, identifier)
    writer.message(2, writeUser)
    writer.text(3, SparkSession.client)
    return writer.bytes
  }

  /// The fields that most requests begin with.
  private func begun(operationField: Int? = nil, _ operation: String = "") -> ProtobufWriter {
    var writer = ProtobufWriter()
    writer.text(1, identifier)
    writer.message(2, writeUser)
    if let operationField { writer.text(operationField, operation) }
    writer.text(4, SparkSession.client)
    return writer
  }

  private func writeUser(_ writer: inout ProtobufWriter) {
    writer.text(1, user)
    writer.text(2, user)
  }

  private static let client = "widen"
}

extension ProtobufWriter {
  /// A value as a literal: text, or nothing.
  fileprivate mutating func writeLiteral(_ value: String?) {
    if let value {
      text(13, value)
    } else {
      // Null has a type, too: text.
      message(1) { $0.message(11) { _ in } }
    }
  }
}

/// A part of an answer.
struct SparkResponse {
  /// By which a stream is taken up again behind it.
  var identifier: String?
  var serverSession: String?
  /// Where in the message rows are, as an Arrow stream.
  var rows: Range<Int>?
  /// Whether there is no more.
  var isComplete = false

  init(_ message: [UInt8]) throws(Malformed) {
    var reader = ProtobufReader(message)
    while let (field, value) = try reader.next() {
      guard case .part(let range) = value else { continue }
      switch field {
      case 2: rows = try SparkResponse.rows(message, range)
      case 13: identifier = reader.text(range)
      case 14: isComplete = true
      case 15: serverSession = reader.text(range)
      default: break
      }
    }
  }

  private static func rows(_ message: [UInt8], _ range: Range<Int>) throws(Malformed)
    -> Range<Int>?
  {
    var reader = ProtobufReader(message, range)
    var found: Range<Int>?
    while let (field, value) = try reader.next() {
      if field == 2, case .part(let range) = value { found = range }
    }
    return found
  }
}

/// What the server calls the session, in its answer to a setting.
func serverSession(inConfiguration message: [UInt8]) throws(Malformed) -> String? {
  var reader = ProtobufReader(message)
  var found: String?
  while let (field, value) = try reader.next() {
    if field == 4, case .part(let range) = value { found = reader.text(range) }
  }
  return found
}
