import Foundation
import PrivateServer
import Synchronization
import Testing

@testable import WidenShell

/// What can go wrong with a database is told, and the shell goes on.
@Suite(.serialized) struct ServerFaultTests {
  /// A database with a small table, and one that takes its time.
  private func database(_ server: PrivateServer) throws -> String {
    let database = try server.makeDatabase()
    try server.execute(
      """
      create table small (id int primary key, name text, note jsonb, at interval);
      insert into small values (1, 'a', '{}', '1 day'), (2, 'b', null, null);
      create table slow (id int primary key, name text);
      insert into slow select g, 'x' from generate_series(1, 200) g;
      create function wait(int) returns int language sql volatile
        as 'select $1 from pg_sleep(0.2)';
      create view slowly as select wait(id) as number from slow;
      create function writes() returns int language sql volatile
        as 'insert into public.small values (9, null, null, null); select 1';
      create view changing as select writes() as number;
      """, in: database)
    return database
  }

  private func session(_ address: String) throws -> Session {
    try Session(options: ShellOptions(source: .files([address])))
  }

  /// What opening an address says.
  private func opening(_ address: String) -> String {
    do {
      _ = try session(address)
      return "opened"
    } catch let error as OpeningError {
      return error.message
    } catch {
      return "\(error)"
    }
  }

  @Test func saysWhyNothingIsOpened() throws {
    guard let server = PrivateServer.shared else { return }
    #expect(opening("postgresql://widen@127.0.0.1:1/x").contains("nobody answers there"))
    #expect(opening(server.address("none")).contains("there is no such database"))
    #expect(
      opening(server.address("postgres", user: "nobody")).contains("role \"nobody\" does not exist")
    )
    #expect(opening(server.address("postgres")).contains("no table that this user may read"))
    try server.execute(
      "create role clerk login password 'right'; create database locked", in: "postgres")
    #expect(
      opening(server.address("locked", user: "clerk:wrong")).contains(
        "the user or the password is wrong"))
    #expect(opening(server.address("locked", user: "clerk")).contains("it asks for a password"))
    #expect(!opening(server.address("locked", user: "clerk:wrong")).contains("clerk:wrong"))
  }

  @Test func readsTypesThatItDoesNotKnow() throws {
    guard let server = PrivateServer.shared else { return }
    let session = try session(server.address(try database(server)))
    let said = session.said("from small | sort id").text
    #expect(said.contains("{}") && said.contains("1 day"), "\(said)")
    #expect(
      session.said("show columns of small").text.contains("as text; the server's type is jsonb"))
  }

  @Test func tellsOfATableThatIsGone() throws {
    guard let server = PrivateServer.shared else { return }
    let database = try database(server)
    let session = try session(server.address(database))
    try server.execute("drop table small cascade", in: database)
    let said = session.said("from small | count")
    #expect(said.status == .failed)
    #expect(said.text.contains("a table is not in the database any more"), "\(said.text)")
    #expect(session.said("from slow | count").status == .done)
  }

  @Test func goesOnAfterTheServerWentAway() throws {
    guard let server = PrivateServer.shared else { return }
    let database = try database(server)
    let session = try session(server.address(database))
    let killer = Thread {
      Thread.sleep(forTimeInterval: 0.5)
      _ = try? server.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '\(database)'"
          + " and application_name = 'widen'", in: "postgres")
    }
    killer.start()
    let said = session.said("from slowly | count by number")
    #expect(said.status == .failed)
    #expect(said.text.contains("the server ended the connection"), "\(said.text)")
    #expect(session.said("from small | count").status == .done)
  }

  /// Ctrl-C stops the server's work, not only the waiting for it.
  @Test func stopsTheServersWork() throws {
    guard let server = PrivateServer.shared else { return }
    let database = try database(server)
    let session = try session(server.address(database))
    let started = Date()
    let said = session.said("from slowly | count by number") {
      Date().timeIntervalSince(started) > 0.5
    }
    #expect(said.status == .interrupted)
    #expect(Date().timeIntervalSince(started) < 5)
    let active = try server.execute(
      "select count(*) from pg_stat_activity where datname = '\(database)' and state = 'active'",
      in: "postgres")
    #expect(active == "0\n")
    #expect(session.said("from small | count").status == .done)
  }

  @Test func tellsOfALimitOfTime() throws {
    guard let server = PrivateServer.shared else { return }
    let address = server.address(try database(server))
    let session = try session(address + "?options=-c%20statement_timeout%3D300")
    let said = session.said("from slowly | count by number")
    #expect(said.status == .failed)
    #expect(said.text.contains("it took longer than its statement_timeout"), "\(said.text)")
  }

  @Test func changesNothing() throws {
    guard let server = PrivateServer.shared else { return }
    let database = try database(server)
    let session = try session(server.address(database))
    let said = session.said("from changing | count by number")
    #expect(said.status == .failed)
    #expect(said.text.contains("the query would change the database"), "\(said.text)")
    #expect(try server.execute("select count(*) from small", in: database) == "2\n")
  }
}
