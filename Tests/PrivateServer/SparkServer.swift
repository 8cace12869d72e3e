public import Foundation
internal import Glibc
internal import Synchronization

/// A Spark of the tests' own, with a server of Spark Connect on this machine; gone with the tests.
///
/// It takes a quarter of a minute to start, so that only those tests have it that are asked to:
/// `scripts/oracle --spark` sets `WIDEN_SPARK`, which names Spark.
public final class SparkServer: Sendable {
  /// The server of this run; nil where none is asked for, which is said once.
  public static let shared: SparkServer? = {
    guard isWanted else { return nil }
    do {
      return try SparkServer()
    } catch {
      FileHandle.standardError.write(Data("Spark is not tried: \(error)\n".utf8))
      return nil
    }
  }()

  /// Whether this run is to try Spark; that it does not is said once.
  public static let isWanted: Bool = {
    let isWanted = getenv("WIDEN_SPARK") != nil
    if !isWanted {
      FileHandle.standardError.write(
        Data("Spark is not tried: it takes a minute (scripts/oracle --spark)\n".utf8))
    }
    return isWanted
  }()

  /// Where it is reached, on this machine.
  public let port: Int
  /// Where its data and its log lie.
  public let folder: URL
  private let master: String
  private let settings: [String]
  private let token: String?
  private let script = Mutex<pid_t>(0)

  /// Starts a server, which takes a quarter of a minute.
  ///
  /// `settings` are Spark's, such as `spark.sql.ansi.enabled=true`; with a token it lets nobody in who
  /// does not have it.
  public init(master: String? = nil, settings: [String] = [], token: String? = nil) throws {
    self.master =
      master ?? getenv("WIDEN_SPARK_MASTER").map { String(cString: $0) } ?? "local[2]"
    self.settings = settings
    self.token = token
    port = try freePort()
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "widen-spark-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try start()
    let server = self
    SparkServer.running.withLock { $0.append(server) }
    atexit { SparkServer.stopAll() }
  }

  private static let running = Mutex<[SparkServer]>([])

  private static func stopAll() {
    for server in running.withLock({ $0 }) {
      server.stop()
      try? FileManager.default.removeItem(at: server.folder)
    }
  }

  /// Its address for whoever may speak to it.
  public var address: String { "sc://127.0.0.1:\(port)" }

  /// Starts it, again where it was stopped: with none of its tables.
  public func start() throws {
    try? FileManager.default.removeItem(at: folder.appendingPathComponent("warehouse"))
    let home = getenv("WIDEN_SPARK").map { String(cString: $0) } ?? ""
    var environment = ["SPARK_HOME=\(home)", "HOME=\(folder.path)"]
    if let java = getenv("JAVA_HOME") { environment.append("JAVA_HOME=\(String(cString: java))") }
    if let token { environment.append("SPARK_CONNECT_AUTHENTICATE_TOKEN=\(token)") }
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let command = [
      root.appendingPathComponent("scripts/support/spark-server").path, master, "\(port)",
      folder.path,
    ]
    guard
      let child = spawned(
        command + settings, output: folder.path + "/starter", environment: environment)
    else { throw PrivateServer.Failure(description: "\(command[0]) does not start") }
    script.withLock { $0 = child }
    for _ in 0..<1200 {
      usleep(100_000)
      if let handle = connected(to: .port(port)) {
        close(handle)
        return
      }
      var status: Int32 = 0
      if waitpid(child, &status, WNOHANG) == child {
        let log = (try? String(contentsOfFile: folder.path + "/log", encoding: .utf8)) ?? ""
        throw PrivateServer.Failure(description: "it ended: \(log.suffix(2000))")
      }
    }
    throw PrivateServer.Failure(description: "it did not start within two minutes")
  }

  /// Stops it at once, whatever it does.
  public func stop() {
    let process = (try? String(contentsOfFile: folder.path + "/pid", encoding: .utf8)).flatMap {
      pid_t($0.dropLast())
    }
    if let process { kill(process, SIGKILL) }
    let child = script.withLock { script in
      defer { script = 0 }
      return script
    }
    guard child > 0 else { return }
    kill(child, SIGTERM)
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
  }
}
