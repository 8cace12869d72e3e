import Foundation
import PrivateServer
import Synchronization
import Testing

@testable import WidenRemote

/// What a cluster answers, well or badly, is told; a server that a test has written down stands in.
@Suite(.serialized) struct SparkClientTests {
  private typealias Reply = FakeCluster.Reply

  /// What comes of a query: its rows, or the error.
  private func asked(_ connection: SparkConnection, patience: Double? = nil) -> String {
    var rows: [String] = []
    do throws(ServerError) {
      try connection.run("select", [], patience: patience) { row in
        rows.append("\(row.text(0) ?? "null"), \(row.text(1) ?? "null")")
      }
      return rows.joined(separator: "\n")
    } catch {
      return (rows + [Self.told(error)]).joined(separator: "\n")
    }
  }

  /// Nobody waits for long.
  private static let short = SparkWaits(answering: 1, stopping: 0.5, pauses: [0, 0, 0.01, 0.02])

  /// An environment that names trusted certificates, and nothing else.
  private static func trusting(_ path: String?) -> (String) -> String? {
    { $0 == "SSL_CERT_FILE" ? path : nil }
  }

  private func connected(_ port: Int) throws -> SparkConnection {
    try SparkConnection("sc://127.0.0.1:\(port)", waits: Self.short)
  }

  private static func told(_ error: ServerError) -> String {
    error.message + (error.hint.map { "\n(\($0))" } ?? "")
  }

  /// What opening says; nil when there is nothing to say.
  private func opening(_ address: String, certificates: String? = nil) -> String? {
    do throws(ServerError) {
      _ = try SparkConnection(
        address, waits: Self.short, environment: Self.trusting(certificates))
      return nil
    } catch {
      return Self.told(error)
    }
  }

  private func opening(_ reply: Reply, _ parameters: String = "") throws -> String {
    let cluster = try FakeCluster { _, _ in reply }
    defer { cluster.stop() }
    return try #require(opening("sc://127.0.0.1:\(cluster.port)/\(parameters)"))
      .replacingOccurrences(of: "\(cluster.port)", with: "PORT")
  }

  @Test func givesRowsAsTheyCome() throws {
    let cluster = try FakeCluster { request, _ in
      request == .execution ? Self.whole() : Reply([Self.session])
    }
    defer { cluster.stop() }
    do {
      let connection = try connected(cluster.port)
      #expect(
        asked(connection) == "Band 5, 12\nnaïve ✓, -9223372036854775807\nnull, null")
    }
    #expect(cluster.requests == [.configuration, .execution, .release, .ending])
  }

  /// A load balancer ends streams that are quiet; the rest is fetched behind what has come.
  @Test func takesAnAnswerUpAgain() throws {
    let tries = Mutex(0)
    let cluster = try FakeCluster { request, message in
      switch request {
      case .execution:
        var reply = Reply([Self.rows(identifier: "first")])
        reply.isCut = true
        return reply
      case .reattachment:
        #expect(String(decoding: message, as: UTF8.self).contains("first"))
        // The first stream ends well before the answer does.
        return tries.withLock {
          $0 += 1; return $0
        } == 1 ? Reply() : Reply([Self.complete])
      case .configuration, .release, .interruption, .details, .ending: return Reply([Self.session])
      }
    }
    defer { cluster.stop() }
    let connection = try connected(cluster.port)
    #expect(asked(connection).hasPrefix("Band 5, 12\nnaïve ✓"))
    #expect(
      cluster.requests == [
        .configuration, .execution, .reattachment, .reattachment, .release,
      ])
  }

  @Test func tellsThatAnAnswerIsNotWhole() throws {
    for (index, change) in Self.brokenEnds.enumerated() {
      let cluster = try FakeCluster { request, _ in
        guard request == .execution || request == .reattachment else {
          return Reply([Self.session])
        }
        var reply = Self.whole(isComplete: false)
        change(&reply)
        return reply
      }
      defer { cluster.stop() }
      let said = asked(try connected(cluster.port))
      #expect(said.contains("the server ended the connection: "), "\(index): \(said)")
      #expect(said.hasSuffix("(the next query connects again)"), "\(index): \(said)")
      #expect(cluster.requests.filter { $0 == .reattachment }.count == 4, "\(index)")
    }
  }

  private static let brokenEnds: [@Sendable (inout Reply) -> Void] = [
    {
      $0.missingBytes = 3
      $0.messages = [Array(repeating: 0, count: 9)]
      $0.status = nil
    },
    {
      $0.messages = []; $0.status = nil
    },
    {
      $0.messages = []; $0.isCut = true
    },
    {
      $0.messages = []; $0.status = 14; $0.message = "try%20later"
    },
  ]

  @Test func makesASessionAgainThatIsForgotten() throws {
    let sessions = Mutex(0)
    let cluster = try FakeCluster { request, _ in
      switch request {
      case .configuration:
        sessions.withLock { $0 += 1 }
        return Reply([Self.session])
      case .execution:
        guard sessions.withLock({ $0 }) < 2 else { return Self.whole() }
        return Self.failure("[INVALID_HANDLE.SESSION_CHANGED] x", "INVALID_HANDLE.SESSION_CHANGED")
      case .reattachment, .release, .interruption, .details, .ending: return Reply()
      }
    }
    defer { cluster.stop() }
    let connection = try connected(cluster.port)
    #expect(asked(connection).hasPrefix("Band 5, 12"))
    #expect(sessions.withLock { $0 } == 2)
  }

  @Test func stopsTheWork() throws {
    let cluster = try FakeCluster { request, _ in
      var reply = Reply([Self.session])
      reply.isEndless = request == .execution
      return reply
    }
    defer { cluster.stop() }
    let connection = try connected(cluster.port)
    let started = Date()
    #expect(asked(connection, patience: 0.2) == "the query was stopped")
    #expect(Date().timeIntervalSince(started) < 10)
    #expect(cluster.requests.contains(.interruption))
  }

  @Test func tellsWhatTheServerSays() throws {
    let words: [(String, String, String, String)] = [
      (
        "[TABLE_OR_VIEW_NOT_FOUND] The table or view `staff` cannot be found. Verify it. "
          + "SQLSTATE: 42P01; line 1 pos 14", "TABLE_OR_VIEW_NOT_FOUND", "42P01",
        """
        a table is not in the database any more: The table or view `staff` cannot be found. Verify it
        (open the database again to see what it holds)
        """
      ),
      (
        "[ARITHMETIC_OVERFLOW] long overflow.", "ARITHMETIC_OVERFLOW", "22003",
        """
        a number became too large at the server: long overflow.
        (whole numbers have 64 bits there)
        """
      ),
      ("[SOMETHING] is wrong", "SOMETHING", "", "the server says: is wrong (SOMETHING)"),
    ]
    for (sentence, condition, state, told) in words {
      let cluster = try FakeCluster { request, _ in
        request == .execution ? Self.failure(sentence, condition, state) : Reply([Self.session])
      }
      defer { cluster.stop() }
      #expect(asked(try connected(cluster.port)) == told)
    }
  }

  @Test func tellsOfAnswersThatAreNone() throws {
    for bytes in [[0x0A, 200], [UInt8](repeating: 0xFF, count: 40)] as [[UInt8]] {
      let cluster = try FakeCluster { request, _ in
        Reply([request == .execution ? bytes : Self.session])
      }
      defer { cluster.stop() }
      let said = asked(try connected(cluster.port))
      #expect(said.hasPrefix("the server's answer cannot be read: a message "), "\(said)")
    }
  }

  @Test func tellsWhyNothingIsOpened() throws {
    #expect(
      opening("sc://127.0.0.1:1") == """
        sc://127.0.0.1:1 cannot be opened: nobody answers there
        (the address is sc://host:port; is the server running?)
        """)
    var reply = Reply()
    reply.status = 16
    reply.message = "Invalid%20token"
    #expect(
      try opening(reply) == """
        sc://127.0.0.1:PORT asks for a token
        (it goes into the variable SPARK_CONNECT_AUTHENTICATE_TOKEN, or behind the address, \
        ';token=…')
        """)
    #expect(
      try opening(reply, ";token=wrong") == """
        sc://127.0.0.1:PORT does not accept the token: Invalid token
        (it may have expired; a new one goes into the variable SPARK_CONNECT_AUTHENTICATE_TOKEN, or \
        behind the address, ';token=…')
        """)
    reply.status = 12
    #expect(try opening(reply).hasPrefix("sc://127.0.0.1:PORT does not know what it is asked"))
    reply.status = 7
    #expect(try opening(reply).hasPrefix("sc://127.0.0.1:PORT does not let this user in"))
    reply.contentType = "text/html"
    reply.status = nil
    reply.httpStatus = 404
    #expect(
      try opening(reply) == """
        sc://127.0.0.1:PORT answers, but not as Spark Connect does (status 404)
        (is it the right port? 15002 for a server of one's own, 443 for Databricks)
        """)
    reply.httpStatus = 403
    #expect(try opening(reply).contains("does not accept the token: status 403"))
    reply.isEndless = true
    #expect(try opening(reply).contains("cannot be opened: it has not answered for 1 seconds"))
  }

  @Test func readsWhatTheServerEncrypts() throws {
    let cluster = try FakeCluster { request, _ in
      request == .execution ? Self.whole() : Reply([Self.session])
    }
    defer { cluster.stop() }
    guard let proxy = TLSProxy(to: cluster.port),
      let other = TLSProxy(to: cluster.port, name: "else")
    else { return }
    let address = "sc://localhost:\(proxy.port)/;use_ssl=true;token=secret"
    #expect(
      opening(address) == """
        sc://localhost:\(proxy.port) cannot be opened: its certificate is not what was expected: SSL \
        certificate problem: self-signed certificate
        (the variable SSL_CERT_FILE names the file with the certificate that it is signed with)
        """)
    let connection = try SparkConnection(
      address, waits: Self.short, environment: Self.trusting(proxy.certificate.path))
    for _ in 0..<3 { #expect(asked(connection).hasPrefix("Band 5, 12")) }
    let said = opening(
      "sc://localhost:\(other.port)/;use_ssl=true", certificates: other.certificate.path)
    #expect(said?.contains("its certificate is not what was expected") ?? false)
    #expect(
      said?.hasSuffix("(the address has to name the server as its certificate does)") ?? false)
    #expect(
      opening(address, certificates: "/nowhere/at/all.pem")?.contains(
        "the file of certificates cannot be read") ?? false)
    #expect(
      opening("sc://localhost:\(cluster.port)/;use_ssl=true")?.contains(
        "there is no secure connection") ?? false)
  }

  /// A server that is cut off in the middle is asked for the rest, on a connection of its own.
  @Test func survivesACutConnection() throws {
    let cluster = try FakeCluster { request, _ in
      request == .execution || request == .reattachment ? Self.whole() : Reply([Self.session])
    }
    defer { cluster.stop() }
    let proxy = try FaultyProxy(to: .port(cluster.port))
    defer { proxy.close() }
    let connection = try connected(proxy.port)
    proxy.cut(after: 900)
    #expect(asked(connection).hasPrefix("Band 5, 12"))
    proxy.delay(0.05)
    #expect(asked(connection).hasPrefix("Band 5, 12"))
    proxy.fallSilent()
    #expect(asked(connection, patience: 0.3) == "the query was stopped")
    proxy.close()
    proxy.cut(after: 0)
    let said = asked(connection)
    #expect(
      said.contains("nobody answers there") || said.contains("ended the connection"), "\(said)")
  }
}

// MARK: - What a server sends

extension SparkClientTests {
  /// That the session is known.
  private static let session = field(4, Array("server".utf8))

  /// That there is no more.
  private static let complete = field(14, [])

  /// Three rows of many types.
  private static func rows(identifier: String) -> [UInt8] {
    field(13, Array(identifier.utf8))
      + field(2, field(2, base64Decoded(RecordedStream.spark) ?? []))
  }

  private static func whole(isComplete: Bool = true) -> FakeCluster.Reply {
    Reply([rows(identifier: "first")] + (isComplete ? [complete] : []))
  }

  /// An error as Spark writes it.
  private static func failure(_ sentence: String, _ condition: String, _ state: String = "")
    -> FakeCluster.Reply
  {
    func entry(_ name: String, _ value: String) -> [UInt8] {
      field(3, field(1, Array(name.utf8)) + field(2, Array(value.utf8)))
    }
    let information =
      entry("errorClass", condition) + (state.isEmpty ? [] : entry("sqlState", state))
    let details = field(3, field(1, Array("type".utf8)) + field(2, information))
    var reply = Reply()
    reply.status = 13
    reply.message = sentence
    reply.details = Data(details).base64EncodedString()
    return reply
  }

  private static func field(_ number: UInt8, _ content: [UInt8]) -> [UInt8] {
    var head = [number << 3 | 2]
    var count = content.count
    while count > 127 {
      head.append(UInt8(count & 127) | 128)
      count >>= 7
    }
    return head + [UInt8(count)] + content
  }
}
