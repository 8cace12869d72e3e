import Foundation
import PrivateServer
import Testing

@testable import WidenShell

/// What can go wrong with a cluster is told, and the shell goes on; `scripts/oracle --spark` runs
/// these.
@Suite(.serialized) struct SparkFaultTests {
  private func session(_ address: String) throws -> Session {
    try Session(options: ShellOptions(source: .files([address])))
  }

  @Test func tellsOfTablesThatAreGoneAndStopsWhenAsked() throws {
    guard let cluster = SparkCluster.shared else { return }
    try cluster.execute("create database if not exists faults")
    for table in ["gone", "many"] {
      try cluster.execute("drop table if exists faults.\(table)")
      try cluster.execute(
        "create table faults.\(table) using parquet as select id, cast(id as string) as name, "
          + "array(id) as list from range(2000000)")
    }
    let session = try session(cluster.address("faults"))
    #expect(session.said("show columns of gone").text.contains("the server's type is array"))
    try cluster.execute("drop table faults.gone")
    let gone = session.said("from gone | count")
    #expect(gone.status == .failed)
    #expect(gone.text.contains("a table is not in the database any more"), "\(gone.text)")
    let started = Date()
    let stopped = session.said("from many | count by name") {
      Date().timeIntervalSince(started) > 0.5
    }
    #expect(stopped.status == .interrupted, "\(stopped.text)")
    #expect(Date().timeIntervalSince(started) < 8)
    #expect(session.said("from many | count").text.contains("2,000,000"))
  }

  /// The server ends in the middle of a query; nothing is half exported, and it may come back.
  @Test func goesOnAfterTheServerWentAway() throws {
    guard SparkServer.isWanted else { return }
    let server = try SparkServer(master: "local[2]")
    defer { server.stop() }
    let cluster = SparkCluster(server.address)
    func fill() throws {
      try cluster.execute("create database if not exists faults")
      try cluster.execute(
        "create table faults.many using parquet as select id, cast(id as string) as name "
          + "from range(5000000)")
    }
    try fill()
    let session = try session(cluster.address("faults"))
    let file = try Repository.temporaryFolder() + "/names.csv"
    Thread.detachNewThread {
      Thread.sleep(forTimeInterval: 1)
      server.stop()
    }
    let said = session.said("from many | count by name | export to \"\(file)\"")
    #expect(said.status == .failed, "\(said.text)")
    #expect(
      said.text.contains("does not answer any more") || said.text.contains("ended the connection"),
      "\(said.text)")
    #expect(!FileManager.default.fileExists(atPath: file))
    try server.start()
    try fill()
    #expect(session.said("from many | count").text.contains("5,000,000"))
  }
}
