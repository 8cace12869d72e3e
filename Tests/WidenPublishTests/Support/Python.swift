import Foundation
import Testing

/// Python's modules, which read what is written here with other people's code.
enum Python {
  /// Runs a program and gives back its output; nil, said aloud, where Python or a module is missing.
  static func run(
    _ program: String, _ arguments: [String] = [], needs modules: [String]
  ) throws -> String? {
    let probe = try start(["-c", "import " + modules.joined(separator: ", ")])
    guard probe.status == 0 else {
      print("skipped: python3 has no \(modules.joined(separator: ", "))")
      return nil
    }
    let result = try start(["-c", program] + arguments)
    #expect(result.status == 0, "\(result.errors)")
    return result.output
  }

  /// Runs a script of the check data; nil, said aloud, where there is none.
  static func runCheck(_ name: String, _ arguments: [String], needs module: String) throws
    -> (status: Int32, output: String)?
  {
    let shared =
      ProcessInfo.processInfo.environment["WIDEN_SHARED"].map { URL(filePath: $0) }
      ?? URL(filePath: #filePath).appending(path: "../../../../../shared").standardized
    let script = shared.appending(path: "data/checks/" + name).path()
    guard access(script, R_OK) == 0 else {
      print("skipped: there is no \(name) beside the repository")
      return nil
    }
    guard try start(["-c", "import \(module)"]).status == 0 else {
      print("skipped: python3 has no \(module)")
      return nil
    }
    let result = try start([script] + arguments)
    return (result.status, result.output + result.errors)
  }

  /// The one that `scripts/readers` made, if it did.
  private static let python: String = {
    let own = URL(filePath: #filePath).appending(path: "../../../../.build/readers/bin/python3")
      .standardized.path()
    return access(own, X_OK) == 0 ? own : "python3"
  }()

  private static func start(_ arguments: [String]) throws -> (
    status: Int32, output: String, errors: String
  ) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [python] + arguments
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    do { try process.run() } catch { return (127, "", "\(error)") }
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let said = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (
      process.terminationStatus, String(decoding: text, as: UTF8.self),
      String(decoding: said, as: UTF8.self)
    )
  }
}
