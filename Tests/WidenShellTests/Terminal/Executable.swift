import Foundation
import Glibc

/// The program that the build put beside the tests.
enum Executable {
  /// Nil when it has not been built.
  static let path: String? = {
    var places = CommandLine.arguments.filter { $0.contains(".xctest") }
    if let own = realpath("/proc/self/exe", nil) {
      places.append(String(cString: own))
      free(own)
    }
    for place in places {
      // The tests may be one file, or a file deep in a bundle.
      var folder = place[...]
      while let slash = folder.lastIndex(of: "/"), slash > folder.startIndex {
        folder = folder[..<slash]
        let candidate = folder + "/widen"
        var status = stat()
        if stat(String(candidate), &status) == 0, status.st_mode & S_IFMT == S_IFREG,
          access(String(candidate), X_OK) == 0
        {
          return String(candidate)
        }
      }
    }
    return nil
  }()

  /// A new folder outside the repository.
  static func temporaryFolder() -> String {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/var/tmp"
    var template = Array("\(parent)/widen-test-XXXXXX".utf8CString)
    return template.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress, mkdtemp(base) != nil else { return parent }
      return String(cString: base)
    }
  }

  /// Starts a program in a session of its own, with a terminal as its three streams.
  static func spawn(_ command: [String], _ environment: [String], terminal: String) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // Opened by the leader of a session without a terminal, it becomes that session's.
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, terminal, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDERR_FILENO)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // The threads of a test hold signals back; the program must not.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    // 0x80 is POSIX_SPAWN_SETSID, which the Glibc module does not show.
    posix_spawnattr_setflags(&attributes, 0x80 | Int16(POSIX_SPAWN_SETSIGMASK))
    return start(command, environment, &actions, &attributes)
  }

  private static func start(
    _ command: [String], _ environment: [String],
    _ actions: inout posix_spawn_file_actions_t, _ attributes: inout posix_spawnattr_t
  ) -> pid_t {
    var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var process: pid_t = 0
    let status = posix_spawn(
      &process, command[0], &actions, &attributes, &arguments, &variables)
    return status == 0 ? process : -1
  }

  /// What a run of the program gave.
  struct Result: Equatable {
    var status: CInt
    var output: String
    var messages: String
  }

  /// Runs the program to its end, by way of a shell that redirects its streams.
  ///
  /// In the command `widen` is the program.
  static func run(_ command: String) -> Result? {
    guard let path else { return nil }
    let folder = temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let script = "widen() { '\(path)' \"$@\"; }; cd '\(folder)'; { \(command); } >out 2>err"
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    let process = start(
      ["/bin/bash", "-c", script], ["PATH=/usr/bin:/bin", "HOME=\(folder)", "LC_ALL=C.UTF-8"],
      &actions, &attributes)
    var status: CInt = 0
    guard process > 0, waitpid(process, &status, 0) == process else { return nil }
    return Result(
      status: status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F),
      output: text(folder + "/out"), messages: text(folder + "/err"))
  }

  private static func text(_ path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while case let byte = fgetc(file), byte >= 0 { bytes.append(UInt8(byte)) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
