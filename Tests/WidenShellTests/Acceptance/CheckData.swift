import Foundation
import Testing
import WidenLanguage
import WidenShell

/// Published data and answers that other people's software computed, beside the repository.
enum CheckData {
  /// The folder, or nil where it is absent; then the suites that need it say so and skip.
  static let folder: String? = {
    let named = ProcessInfo.processInfo.environment["WIDEN_SHARED"].map { $0 + "/data" }
    let beside = Repository.root.deletingLastPathComponent().appending(path: "shared/data").path()
    let found = [named, beside].compactMap { $0 }
      .first { FileManager.default.fileExists(atPath: $0) }
    if found == nil {
      print("SKIPPED: the acceptance tests need the check data beside the repository")
    }
    return found
  }()

  /// The rows of a CSV of answers, by column, cells as text; it has no quoted line ends.
  static func answers(_ name: String) throws -> [[String: String]] {
    try rows(of: "checks/answers/\(name)")
  }

  /// The rows of a published CSV file, read without the program.
  static func published(_ name: String) throws -> [[String: String]] {
    try rows(of: "real/\(name)")
  }

  private static func rows(of file: String) throws -> [[String: String]] {
    let text = try String(contentsOfFile: (folder ?? "") + "/\(file)", encoding: .utf8)
    let lines = text.split(whereSeparator: \.isNewline).map { cells(String($0)) }
    guard let header = lines.first else { return [] }
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }

  private static func cells(_ line: String) -> [String] {
    var cells = [""]
    var isQuoted = false
    for character in line {
      if character == "\"" {
        isQuoted.toggle()
      } else if character == ",", !isQuoted {
        cells.append("")
      } else {
        cells[cells.count - 1].append(character)
      }
    }
    return cells
  }

  /// Runs a script in an empty session and gives its last result as rows by column.
  static func result(of script: String) throws -> (rows: [[String: Value]], notes: [String]) {
    let session = try unprotected(ShellOptions(source: .empty))
    let text = script.replacing("DATA", with: (folder ?? "") + "/real")
    switch session.runForPipe(text, parameters: [:], isCancelled: { false }) {
    case .answer(let answer):
      let rows = (0..<answer.rowCount).map { row in
        Dictionary(
          uniqueKeysWithValues: answer.columns.enumerated().map { index, column in
            (column.name, answer.value(row, index))
          })
      }
      return (rows, answer.notes)
    case .failure(let problems):
      throw CheckFailure(message: problems.map(\.message).joined(separator: "; "))
    case .cancelled: throw CheckFailure(message: "cancelled")
    }
  }
}

/// Why a check could not be made.
struct CheckFailure: Error {
  var message: String
}

/// Whether a value is this number, to one part in 10¹².
func isClose(_ value: Value?, _ expected: String) -> Bool {
  guard let expected = Double(expected) else { return false }
  switch value {
  case .integer(let number): return Double(number) == expected
  case .decimal(let number): return abs(number - expected) <= 1e-12 * max(1, abs(expected))
  case .missing, .boolean, .text, .date, .month, .period, nil: return false
  }
}
