public import Foundation
internal import Glibc
internal import Synchronization
public import WidenEngine
internal import WidenLanguage

/// A PostgreSQL server of the tests' own: in a folder of its own, on a socket in that folder, and gone
/// with the tests.
public final class PrivateServer: Sendable {
  /// Why there is none.
  public struct Failure: Error, CustomStringConvertible {
    /// What was tried, and what was said.
    public var description: String
  }

  /// The server of this run; nil where PostgreSQL is not installed, which is said once.
  public static let shared: PrivateServer? = {
    do {
      return try PrivateServer()
    } catch {
      FileHandle.standardError.write(
        Data("PostgreSQL is not tried: \(error) (apt-get install postgresql)\n".utf8))
      return nil
    }
  }()

  /// Where the data and the socket lie.
  public let folder: URL
  private let programs: String
  private let number = Mutex(0)

  /// Starts a server, which takes a second or two.
  ///
  /// - Throws: `Failure` when PostgreSQL is not installed or does not start.
  public init() throws {
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql"))
    guard let version = versions?.compactMap({ Int($0) }).max() else {
      throw Failure(description: "it is not installed")
    }
    programs = "/usr/lib/postgresql/\(version)/bin"
    let name = "widen-server-\(ProcessInfo.processInfo.processIdentifier)"
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(name)
    try? FileManager.default.removeItem(at: folder)
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    if getuid() == 0 {
      try PrivateServer.run(["/bin/chown", "postgres", folder.path])
    }
    let data = folder.path + "/data"
    try asOwner([
      "\(programs)/initdb", "-D", data, "-U", "widen", "-A", "trust", "--no-sync",
      "--locale=C.UTF-8", "-E", "UTF8",
    ])
    // Its database `locked` asks for passwords.
    let rules = "local locked all scram-sha-256\nlocal all all trust\n"
    try rules.write(toFile: data + "/pg_hba.conf", atomically: false, encoding: .utf8)
    try start()
    let stop = self
    PrivateServer.stopping.withLock { $0.append(stop) }
    atexit { PrivateServer.stopAll() }
  }

  private static let stopping = Mutex<[PrivateServer]>([])

  private static func stopAll() {
    for server in stopping.withLock({ $0 }) {
      try? server.stop()
      try? FileManager.default.removeItem(at: server.folder)
    }
  }

  /// Starts it, again where it was stopped.
  public func start() throws {
    let options = [
      "-c listen_addresses=", "-c unix_socket_directories=\(folder.path)", "-c fsync=off",
      "-c synchronous_commit=off", "-c full_page_writes=off", "-c shared_buffers=32MB",
    ]
    try asOwner([
      "\(programs)/pg_ctl", "-D", folder.path + "/data", "-w", "-t", "30", "-l",
      folder.path + "/log", "-o", options.joined(separator: " "), "start",
    ])
  }

  /// Stops it at once, whatever it does.
  public func stop() throws {
    try asOwner([
      "\(programs)/pg_ctl", "-D", folder.path + "/data", "-m", "immediate", "-w", "stop",
    ])
  }

  /// The address of one of its databases.
  public func address(_ database: String, user: String = "widen") -> String {
    let host = folder.path.replacingOccurrences(of: "/", with: "%2F")
    return "postgresql://\(user)@\(host)/\(database)"
  }

  /// A new database, and its name.
  public func makeDatabase() throws -> String {
    let number = number.withLock { number in
      number += 1
      return number
    }
    let name = "t\(number)"
    try execute("create database \(name)", in: "postgres")
    return name
  }

  /// Runs SQL, as a file that `psql` reads; gives what it writes, cells parted by `|`.
  @discardableResult
  public func execute(_ text: String, in database: String) throws -> String {
    try PrivateServer.run(
      ["\(programs)/psql", "-qAtX", "-v", "ON_ERROR_STOP=1", address(database)], input: text)
  }

  private func asOwner(_ command: [String]) throws {
    try PrivateServer.run(
      (getuid() == 0 ? ["/sbin/runuser", "-u", "postgres", "--"] : []) + command)
  }

  @discardableResult
  private static func run(_ command: [String], input: String = "") throws -> String {
    // Files, not pipes, and no Process of Foundation's: a server that goes on running would hold the
    // ends of pipes, and be waited for.
    let base = FileManager.default.temporaryDirectory.path + "/widen-\(UUID().uuidString)"
    defer { for end in ["in", "out"] { unlink("\(base).\(end)") } }
    try Data(input.utf8).write(to: URL(fileURLWithPath: base + ".in"))
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, base + ".in", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, base + ".out", O_WRONLY | O_CREAT, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    var words = command.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var environment: [UnsafeMutablePointer<CChar>?] = [
      strdup("PATH=/usr/bin:/bin"), strdup("LC_ALL=C.UTF-8"), nil,
    ]
    defer { for word in environment { free(word) } }
    var child: pid_t = 0
    guard posix_spawn(&child, command[0], &actions, nil, &words, &environment) == 0 else {
      throw Failure(description: "\(command[0]) does not start")
    }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    let said = (try? String(contentsOfFile: base + ".out", encoding: .utf8)) ?? ""
    guard status == 0 else {
      throw Failure(description: "\(command[0]): \(said.prefix(2000))")
    }
    return said
  }
}

extension PrivateServer {
  /// Creates a table with these columns and rows, and a key `rn` that keeps their order; else with
  /// the table's own key.
  ///
  /// Months and periods are text there, as databases have them.
  public func fill(_ entry: Dataset.Entry, in database: String, keepsOrder: Bool = true) throws {
    let table = entry.table
    let name = quoted(entry.description.name)
    let columns = table.columns.map { column in
      "\(quoted(column.description.name)) \(PrivateServer.type(of: column))"
    }
    var text = "drop table if exists \(name);\n"
    let key = entry.description.key.map { ["primary key (\(quoted($0)))"] } ?? []
    let all = columns + (keepsOrder ? ["rn bigint primary key"] : key)
    text += "create table \(name) (\(all.joined(separator: ", ")));\n"
    text += "copy \(name) from stdin;\n"
    for row in 0..<table.rowCount {
      let cells = table.columns.map { PrivateServer.cell($0.data[row]) }
      text += (cells + (keepsOrder ? ["\(row)"] : [])).joined(separator: "\t") + "\n"
    }
    text += "\\.\n"
    try execute(text, in: database)
  }

  private func quoted(_ name: String) -> String {
    "\"" + name.replacingOccurrences(of: "\"", with: "\"\"") + "\""
  }

  private static func type(of column: TableColumn) -> String {
    if case .coded(let coded) = column.data, case .decimal(_, let places) = coded.domain {
      return "numeric(14, \(places))"
    }
    switch column.description.type {
    case .text, .category, .month, .period: return "text"
    case .integer: return "bigint"
    case .decimal: return "float8"
    case .boolean: return "boolean"
    case .date: return "date"
    }
  }

  private static func cell(_ value: Value) -> String {
    switch value {
    case .missing: return "\\N"
    case .boolean(let flag): return flag ? "t" : "f"
    case .integer(let number): return "\(number)"
    case .decimal(let number): return "\(number)"
    case .text(let text):
      return text.replacingOccurrences(of: "\\", with: "\\\\")
        .replacingOccurrences(of: "\t", with: "\\t")
        .replacingOccurrences(of: "\n", with: "\\n")
    case .date(let day): return "\(day)"
    case .month(let month): return "\(month)"
    case .period(let period): return "\(period)"
    }
  }
}
