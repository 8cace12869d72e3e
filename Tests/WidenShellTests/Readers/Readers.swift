import Foundation
import Testing

/// Other people's programs, which read what is written here.
///
/// `scripts/readers` fetches them; where one is missing, that is said aloud, and its tests skip.
enum Readers {
  /// How a program ended and what it printed.
  struct Result {
    var status: Int32
    var output: String
  }

  private static let folder = Repository.root.appending(path: ".build/readers").path()

  /// Runs a program in Python; nil where one of the modules that it imports is missing.
  static func python(
    _ program: String, _ arguments: [String] = [], needs modules: [String]
  ) throws -> Result? {
    let own = folder + "/bin/python3"
    let python = access(own, X_OK) == 0 ? own : "python3"
    let names = modules.joined(separator: ", ")
    guard try run(python, ["-c", "import \(names)"]).status == 0 else {
      print("SKIPPED: python3 has no \(names); scripts/readers fetches them")
      return nil
    }
    return try run(python, ["-c", program] + arguments)
  }

  /// Runs a program by its name; nil where there is none.
  static func program(_ name: String, _ arguments: [String]) throws -> Result? {
    let result = try run(name, arguments)
    guard result.status != 127 else {
      print("SKIPPED: there is no \(name); scripts/readers fetches it")
      return nil
    }
    return result
  }

  /// The text of axe, which finds what keeps people from reading a page; nil where it is missing.
  static let axe: String? = {
    let libraries = (try? FileManager.default.contentsOfDirectory(atPath: folder + "/lib")) ?? []
    let places = libraries.map {
      "\(folder)/lib/\($0)/site-packages/axe_playwright_python/axe.min.js"
    }
    guard
      let place = places.first(where: { access($0, R_OK) == 0 }),
      let text = try? String(contentsOfFile: place, encoding: .utf8)
    else {
      print("SKIPPED: there is no axe; scripts/readers fetches it")
      return nil
    }
    return text
  }()

  /// Programs get three minutes: what waits for ever is ended, and fails its test.
  private static func run(_ program: String, _ arguments: [String]) throws -> Result {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["timeout", "180", program] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, output: String(decoding: text, as: UTF8.self))
  }
}
