/// What Spark says of an error, beside its sentence.
struct SparkErrorDetails {
  /// By which more can be asked.
  var identifier: String?
  /// Such as `DIVIDE_BY_ZERO`.
  var condition: String?
  var state: String?

  /// Reads what comes with a status: `google.rpc.Status` with a `google.rpc.ErrorInfo` in it.
  init(_ details: [UInt8]) {
    _ = try? fields(of: ProtobufReader(details), 3) { any in
      try fields(of: any, 2) { information in
        try fields(of: information, 3) { entry in
          var (name, text): (String?, String?)
          var reader = entry
          while let (field, value) = try reader.next() {
            guard case .part(let range) = value else { continue }
            if field == 1 { name = reader.text(range) }
            if field == 2 { text = reader.text(range) }
          }
          switch name {
          case "errorId": identifier = text
          case "errorClass": condition = text
          case "sqlState": state = text
          default: break
          }
        }
      }
    }
  }
}

/// What a server tells when it is asked for all that it knows of an error.
struct SparkErrorReport {
  var sentence: String?
  var state: String?
  var condition: String?
  /// Where in the query, counted in characters from 1.
  var position: Int?

  /// Reads the first error of a report, which is the one that was met.
  init(_ message: [UInt8]) {
    var isFirst = true
    _ = try? fields(of: ProtobufReader(message), 2) { error in
      guard isFirst else { return }
      isFirst = false
      var reader = error
      while let (field, value) = try reader.next() {
        guard case .part(let range) = value else { continue }
        if field == 2 { sentence = reader.text(range) }
        if field == 5 { try read(ProtobufReader(message, range)) }
      }
    }
  }

  private mutating func read(_ thrown: ProtobufReader) throws(Malformed) {
    var reader = thrown
    while let (field, value) = try reader.next() {
      guard case .part(let range) = value else { continue }
      if field == 1 { condition = reader.text(range) }
      if field == 4 { state = reader.text(range) }
      if field == 3, position == nil { position = try start(ProtobufReader(reader.bytes, range)) }
    }
  }

  /// Where the part of the query begins that an error is about.
  private func start(_ context: ProtobufReader) throws(Malformed) -> Int? {
    var reader = context
    var start = 0
    var isQuery = false
    while let (field, value) = try reader.next() {
      switch (field, value) {
      case (3, .number(let number)): start = Int(truncatingIfNeeded: number)
      case (5, .part): isQuery = true
      default: break
      }
    }
    return isQuery && start >= 0 && start < 1 << 32 ? start + 1 : nil
  }
}

/// Reads each message that is under a number.
private func fields(
  of message: ProtobufReader, _ wanted: Int, _ read: (ProtobufReader) throws -> Void
) throws {
  var reader = message
  while let (field, value) = try reader.next() {
    if field == wanted, case .part(let range) = value {
      try read(ProtobufReader(reader.bytes, range))
    }
  }
}

extension ServerError {
  /// What Spark said: its sentence, without what it says of itself around it.
  init(
    spark sentence: String, condition: String?, state: String?, position: Int? = nil
  ) {
    var said = ServerError.firstLine(of: sentence)
    if said.first == "[", let bracket = said.firstIndex(of: "]") {
      said = String(said[said.index(after: bracket)...].drop { $0 == " " })
    }
    if let end = said.firstRange(of: "SQLSTATE:") {
      said = String(said[..<end.lowerBound])
      while let last = said.last, last == " " || last == "." { said.removeLast() }
    }
    // Spark's way out changes what queries mean, and is none here.
    for advice in [". Use 'try_", ". If necessary set"] {
      if let end = said.firstRange(of: advice) { said = String(said[..<end.lowerBound]) }
    }
    self.init(saying: said, state: state ?? "XX000", position: position)
    if state == nil, let condition { message += " (\(condition))" }
    isSessionLost = ServerError.lostSession.contains { condition?.hasPrefix($0) ?? false }
  }

  private static let lostSession = [
    "INVALID_HANDLE.SESSION", "SESSION_CLOSED", "SESSION_NOT_FOUND", "INVALID_HANDLE.OPERATION",
  ]

  /// Why a request came to nothing, as far as the connection goes.
  init(_ end: TransferEnd, from name: String) {
    if let status = end.status {
      self = ServerError.words(for: status, end.message, name)
    } else if end.httpStatus != 0, end.httpStatus != 200 || !end.isGRPC {
      self = ServerError.words(forHTTP: end, name)
    } else {
      self = ServerError.words(forCurl: end, name)
    }
  }

  private static func words(for status: Int, _ said: String, _ name: String) -> ServerError {
    let said = said.isEmpty ? "nothing" : firstLine(of: said)
    switch status {
    case GRPCStatus.unknownUser: return refused(name, said)
    case GRPCStatus.notPermitted:
      return ServerError(
        "\(name) does not let this user in: \(said)", hint: "somebody who may has to grant it")
    case GRPCStatus.unknownMethod:
      return ServerError(
        "\(name) does not know what it is asked: \(said)",
        hint: "Spark 3.5 or later, or a Databricks cluster of version 13.3 or later, is needed")
    case GRPCStatus.noRoom:
      return ServerError(
        "the server has no room for this query: \(said)",
        hint: "group by less, or ask for fewer rows")
    case GRPCStatus.unavailable: return lost(said)
    default: return ServerError("the server says: \(said)")
    }
  }

  private static func words(forHTTP end: TransferEnd, _ name: String) -> ServerError {
    switch end.httpStatus {
    case 401, 403: return refused(name, "status \(end.httpStatus)")
    case 502, 503, 504: return lost("status \(end.httpStatus)")
    default:
      return ServerError(
        "\(name) answers, but not as Spark Connect does (status \(end.httpStatus))",
        hint: "is it the right port? 15002 for a server of one's own, 443 for Databricks")
    }
  }

  private static func refused(_ name: String, _ said: String) -> ServerError {
    ServerError(
      "\(name) does not accept the token: \(said)",
      hint: "it may have expired; a new one goes into the variable "
        + "SPARK_CONNECT_AUTHENTICATE_TOKEN, or behind the address, ';token=…'")
  }

  /// The connection broke, or was never made.
  static func lost(_ said: String) -> ServerError {
    var error = ServerError(saying: said, state: "08006")
    error.isConnectionLost = true
    return error
  }

  private static func words(forCurl end: TransferEnd, _ name: String) -> ServerError {
    func opening(_ message: String, _ hint: String?) -> ServerError {
      var error = ServerError("\(name) cannot be opened: \(message)", hint: hint)
      error.isConnectionLost = true
      return error
    }
    switch end.result {
    case CurlResult.noHost, CurlResult.noConnection:
      return opening(
        "nobody answers there", "the address is sc://host:port; is the server running?")
    case CurlResult.noProxy:
      return opening("the proxy is not found", "the variable https_proxy names it")
    case CurlResult.wrongCertificate:
      return opening(
        "its certificate is not what was expected: \(end.cause.lowercasedFirst)",
        end.cause.contains("subject name")
          ? "the address has to name the server as its certificate does"
          : "the variable SSL_CERT_FILE names the file with the certificate that it is signed with")
    case CurlResult.noCertificates:
      return opening(
        "the file of certificates cannot be read: \(end.cause.lowercasedFirst)",
        "the variable SSL_CERT_FILE names it")
    case CurlResult.noSecureConnection:
      return opening(
        "there is no secure connection: \(end.cause.lowercasedFirst)",
        "does the server speak TLS there? without it, leave ';use_ssl=true' out")
    case CurlResult.late where end.httpStatus == 0:
      return opening("it has not answered for 10 seconds", "is there a firewall between?")
    default:
      return lost(end.cause.isEmpty ? "it ended in the middle of an answer" : end.cause)
    }
  }
}

extension String {
  /// The same with a small first letter, unless the first word has capitals within.
  fileprivate var lowercasedFirst: String {
    guard let first, !prefix(while: { $0 != " " }).dropFirst().contains(where: \.isUppercase) else {
      return self
    }
    return first.lowercased() + dropFirst()
  }
}
