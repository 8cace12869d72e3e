import Foundation
import PrivateServer
import Testing

@testable import WidenRemote

/// What goes wrong between here and a real server of Spark; `scripts/oracle --spark` runs these.
@Suite(.serialized) struct SparkServerTests {
  private func asked(
    _ connection: SparkConnection, _ query: String, _ parameters: [String?] = [],
    patience: Double? = nil
  ) -> String {
    var rows: [String] = []
    do throws(ServerError) {
      try connection.run(query, parameters, patience: patience) { row in
        rows.append((0..<3).map { row.text($0) ?? "null" }.joined(separator: "|"))
      }
      return rows.count > 5 ? "\(rows.count) rows" : rows.joined(separator: "\n")
    } catch {
      return error.message
    }
  }

  /// A query that takes minutes, and gives rows when it is done.
  private let slow =
    "select sum(hash(a.id * b.id)) from range(300000) a cross join range(300000) b"

  @Test func bindsValues() throws {
    guard let server = SparkServer.shared else { return }
    let connection = try SparkConnection(server.address)
    for hostile in [
      "it's", "'; drop table x; --", ":p2", "\\' \u{1}\u{7F}\n\"`${x}", "naïve ✓🙂", "",
    ] {
      #expect(asked(connection, "select :p1, :p2, 3", [hostile, nil]) == "\(hostile)|null|3")
    }
  }

  @Test func stopsTheServersWork() throws {
    guard let server = SparkServer.shared else { return }
    let connection = try SparkConnection(server.address)
    let log = server.folder.path + "/log"
    func canceled() throws -> Int {
      try String(contentsOfFile: log, encoding: .utf8).components(
        separatedBy: "OPERATION_CANCELED"
      ).count
    }
    #expect(asked(connection, "select 1, 2, 3") == "1|2|3")
    let before = try canceled()
    let started = Date()
    #expect(asked(connection, slow, patience: 2) == "the query was stopped")
    #expect(Date().timeIntervalSince(started) < 6)
    #expect(try canceled() > before)
    // Nothing keeps the two processors busy.
    let next = Date()
    #expect(asked(connection, "select count(*), 2, 3 from range(1000000)") == "1000000|2|3")
    #expect(Date().timeIntervalSince(next) < 30)
  }

  /// Servers end streams that last long; here each lasts a second or a few thousand bytes.
  @Test func takesAnAnswerUpAgain() throws {
    guard SparkServer.isWanted else { return }
    let server = try SparkServer(
      master: "local[2]",
      settings: [
        "spark.connect.execute.reattachable.senderMaxStreamDuration=1s",
        "spark.connect.execute.reattachable.senderMaxStreamSize=100k",
      ], token: "right")
    defer { server.stop() }
    let address = server.address + "/;token=right"
    let connection = try SparkConnection(address)
    #expect(
      asked(connection, "select id, 'x', repeat('y', 50) from range(200000)") == "200000 rows")
    // Several seconds without a row.
    let wait =
      "select count(*), 2, 3 from range(0, 4, 1, 1) where java_method('java.lang.Thread', "
      + "'sleep', 1000L) is null"
    #expect(asked(connection, wait).hasSuffix("|2|3"))
    // A way that is cut in the middle of the answer.
    let proxy = try FaultyProxy(to: .port(server.port))
    defer { proxy.close() }
    let cut = try SparkConnection("sc://127.0.0.1:\(proxy.port)/;token=right")
    proxy.cut(after: 1_000_000)
    #expect(asked(cut, "select id, 'x', repeat('y', 50) from range(200000)") == "200000 rows")
    proxy.delay(0.05)
    #expect(asked(cut, "select 1, 2, 3") == "1|2|3")
    try tellsOfTokens(server)
    try survivesAServerThatIsKilled(server, connection)
  }

  private func tellsOfTokens(_ server: SparkServer) throws {
    for address in [server.address, server.address + "/;token=wrong"] {
      let failure = #expect(throws: ServerError.self) {
        try SparkConnection(address, environment: { _ in nil })
      }
      let told = failure?.message ?? ""
      #expect(
        told == "\(server.address) asks for a token"
          || told.hasPrefix("\(server.address) does not accept the token: "), "\(told)")
      #expect(!told.contains("wrong"))
    }
    guard let proxy = TLSProxy(to: server.port) else { return }
    func connected(_ token: String) throws(ServerError) -> SparkConnection {
      try SparkConnection(
        "sc://localhost:\(proxy.port)/;use_ssl=true;token=\(token)",
        environment: { $0 == "SSL_CERT_FILE" ? proxy.certificate.path : nil })
    }
    let connection = try connected("right")
    for _ in 0..<3 { #expect(asked(connection, "select 1, 2, 3") == "1|2|3") }
    #expect(asked(connection, slow, patience: 1) == "the query was stopped")
    #expect(asked(connection, "select 1, 2, 3") == "1|2|3")
    let failure = #expect(throws: ServerError.self) { try connected("expired") }
    #expect(failure?.message.contains("does not accept the token") ?? false)
  }

  private func survivesAServerThatIsKilled(_ server: SparkServer, _ connection: SparkConnection)
    throws
  {
    Thread.detachNewThread {
      Thread.sleep(forTimeInterval: 2)
      server.stop()
    }
    let said = asked(connection, slow)
    #expect(said.contains("does not answer any more"), "\(said)")
    #expect(asked(connection, "select 1, 2, 3").contains("nobody answers there"))
    try server.start()
    #expect(asked(connection, "select 1, 2, 3") == "1|2|3")
    // The settings of a session are made again with it.
    #expect(asked(connection, "select current_timezone(), 2, 3") == "UTC|2|3")
  }
}
