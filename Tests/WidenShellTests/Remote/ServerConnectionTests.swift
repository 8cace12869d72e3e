import Foundation
import PrivateServer
import Testing

@testable import WidenShell

/// A connection to a database that is cut, slow or silent is told of, and nothing is left half done.
@Suite(.serialized) struct ServerConnectionTests {
  /// A way to a database with a table of many rows.
  private func way() throws -> (proxy: FaultyProxy, session: Session)? {
    guard let server = PrivateServer.shared else { return nil }
    let database = try server.makeDatabase()
    try server.execute(
      """
      create table many (id int primary key, name text);
      insert into many select g, repeat('x', 20) || g from generate_series(1, 4000) g;
      """, in: database)
    let proxy = try FaultyProxy(to: .socket(server.folder.path + "/.s.PGSQL.5432"))
    let address =
      "postgresql://widen@127.0.0.1:\(proxy.port)/\(database)?sslmode=disable&gssencmode=disable"
    return (proxy, try Session(options: ShellOptions(source: .files([address]))))
  }

  @Test func tellsThatItWasCutAndExportsNothing() throws {
    guard let (proxy, session) = try way() else { return }
    defer { proxy.close() }
    let file = try Repository.temporaryFolder() + "/names.csv"
    proxy.cut(after: 60_000)
    let said = session.said("from many | count by name | export to \"\(file)\"")
    #expect(said.status == .failed)
    #expect(said.text.contains("the server ended the connection"), "\(said.text)")
    #expect(!FileManager.default.fileExists(atPath: file))
    let again = session.said("from many | count by name | export to \"\(file)\"")
    #expect(again.status == .done, "\(again.text)")
    #expect(try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").count > 4000)
  }

  /// What was exported from a database is made again from it, and its record keeps no password.
  @Test func makesAnExportAgain() throws {
    guard let server = PrivateServer.shared else { return }
    let database = try server.makeDatabase()
    try server.execute(
      "create table few (id int primary key, kind text); insert into few values (1, 'a'), (2, 'b')",
      in: database)
    let address = server.address(database, user: "widen:secret")
    let made = "widen '\(address)' -c 'from few | count by kind' --output kinds.csv && cat kinds.*"
    let result = try #require(Executable.run("\(made) && widen rerun kinds.csv"))
    #expect(result.status == 0, "\(result.messages)")
    #expect(result.output.contains("\"files\""), "\(result.output)")
    #expect(!(result.output + result.messages).contains("secret"))
  }

  @Test func waitsForASlowServer() throws {
    guard let (proxy, session) = try way() else { return }
    defer { proxy.close() }
    proxy.delay(0.2)
    let said = session.said("from many | count")
    #expect(said.status == .done)
    #expect(said.text.contains("4,000"), "\(said.text)")
  }

  @Test func stopsWaitingForASilentServer() throws {
    guard let (proxy, session) = try way() else { return }
    defer { proxy.close() }
    proxy.fallSilent()
    let started = Date()
    let said = session.said("from many | count") { Date().timeIntervalSince(started) > 0.3 }
    #expect(said.status == .interrupted, "\(said.text)")
    #expect(Date().timeIntervalSince(started) < 20)
    proxy.fallSilent(false)
    #expect(session.said("from many | count").status == .done)
  }
}
