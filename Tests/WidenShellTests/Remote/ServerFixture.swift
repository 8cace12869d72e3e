import Foundation
import PrivateServer
import Testing
import WidenEngine

@testable import WidenShell

/// The sample as a folder, and the same rows in a database.
protocol RemoteFixture {
  /// The folder.
  var folder: String { get }
  /// The database.
  var address: String { get }
}

extension RemoteFixture {
  /// A session over the files, or over the same tables in the database.
  func session(isRemote: Bool, isInteractive: Bool = false) throws -> Session {
    var options = ShellOptions(source: .files([folder]), isInteractive: isInteractive)
    if isRemote { options.server = address }
    return try Session(options: options)
  }

  /// Both sessions are new, so that nothing was released before.
  ///
  /// Of groups of few people more seem to nest by their stand-ins than do, and that is told: they are
  /// withheld in any case.
  func expectSame(_ query: String, isInteractive: Bool = false, tellsFindings: Bool = true) throws {
    func shown(_ text: String) -> [Substring] {
      text.split(separator: "\n").filter {
        tellsFindings || !$0.hasPrefix("note: figures are withheld that, with")
      }
    }
    let here = try session(isRemote: false, isInteractive: isInteractive).said(query)
    let there = try session(isRemote: true, isInteractive: isInteractive).said(query)
    #expect(shown(here.text) == shown(there.text), "\(query)")
    #expect(here.status == there.status, "\(query)")
    #expect(!here.text.isEmpty)
  }
}

extension RemoteFixture {
  /// The same where only some of the tables are in a database: what cannot be mixed says so.
  func expectSame(_ query: String, mixedWith address: String) throws {
    var options = ShellOptions(source: .files([folder]))
    options.server = address
    let there = try Session(options: options).said(query)
    let here = try session(isRemote: false).said(query)
    if there.status == .failed {
      let name = address.prefix { $0 != ":" }
      #expect(there.text.contains("the rows of staff are at \(name)://"), "\(there.text)")
    } else {
      #expect(there.text == here.text, "\(query)")
    }
  }
}

/// The sample, and the same rows in a PostgreSQL database.
struct ServerFixture: RemoteFixture {
  let server: PrivateServer
  let folder: String
  let database: String

  /// Nil where PostgreSQL is not installed.
  static let shared: ServerFixture? = {
    guard let server = PrivateServer.shared else { return nil }
    do {
      return try ServerFixture(server)
    } catch {
      Issue.record("the database of the sample is not there: \(error)")
      return nil
    }
  }()

  private init(_ server: PrivateServer) throws {
    self.server = server
    database = try server.makeDatabase()
    let parent = try Repository.temporaryFolder()
    folder = parent + "/sample"
    _ = try writeTemplate(to: folder, posts: 3000)
    let opened = try openPackage(path: folder + "/datapackage.json")
    for entry in opened.dataset.entries {
      try server.fill(entry, in: database, keepsOrder: false)
    }
    try server.execute("analyze", in: database)
  }

  var address: String { server.address(database) }
}

/// The sample, and the same rows at a Spark cluster.
struct SparkFixture: RemoteFixture {
  let folder: String
  let address: String

  /// Nil where there is no cluster.
  static let shared: SparkFixture? = {
    guard let cluster = SparkCluster.shared else { return nil }
    do {
      return try SparkFixture(cluster)
    } catch {
      Issue.record("the tables of the sample are not at the cluster: \(error)")
      return nil
    }
  }()

  private init(_ cluster: SparkCluster) throws {
    address = cluster.address("sample")
    folder = try Repository.temporaryFolder() + "/sample"
    _ = try writeTemplate(to: folder, posts: 3000)
    let opened = try openPackage(path: folder + "/datapackage.json")
    for entry in opened.dataset.entries {
      try cluster.fill(entry, in: "sample", keepsOrder: false)
    }
  }
}

extension Session {
  /// What a script prints, without what only a database gives reason to say.
  func said(_ text: String, isCancelled: @escaping @Sendable () -> Bool = { false })
    -> (text: String, status: RunStatus)
  {
    var said = ""
    let sinks = Sinks(
      output: { said += $0 }, messages: { said += $0 }, isCancelled: isCancelled)
    let mode: RunMode =
      options.isInteractive ? .terminal : .script(name: "test", parameters: [])
    let outcome = run(text, mode: mode, to: sinks)
    let lines = said.split(separator: "\n", omittingEmptySubsequences: false).filter {
      // A busy machine may take longer to count tables than is waited for.
      !$0.contains("the people stay at the server") && !$0.contains(" counted")
    }
    return (lines.joined(separator: "\n"), outcome.status)
  }
}
