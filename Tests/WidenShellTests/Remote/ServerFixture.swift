import Foundation
import PrivateServer
import Testing
import WidenEngine

@testable import WidenShell

/// The sample as a folder, and the same rows in a database.
struct ServerFixture {
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

  /// A session over the files, or over the same tables in the database.
  func session(isRemote: Bool, isInteractive: Bool = false) throws -> Session {
    var options = ShellOptions(source: .files([folder]), isInteractive: isInteractive)
    if isRemote { options.server = address }
    return try Session(options: options)
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
      !$0.contains("the people stay at the server")
    }
    return (lines.joined(separator: "\n"), outcome.status)
  }
}
