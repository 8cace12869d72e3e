import Foundation
import Testing

/// Tables of figures that other people's software computed, beside the repository.
enum CheckFiles {
  /// The folder, or nil where it is absent; then the suites that need it say so and skip.
  static let folder: String? = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let beside = root.deletingLastPathComponent().appending(path: "shared").path()
    let named = ProcessInfo.processInfo.environment["WIDEN_SHARED"]
    let found = [named, beside].compactMap { $0.map { $0 + "/data/checks" } }
      .first { FileManager.default.fileExists(atPath: $0) }
    if found == nil {
      print("SKIPPED: the published figures are not beside the repository; see WIDEN_SHARED")
    }
    return found
  }()

  /// The rows of a file by column, and its number of rows; an empty cell is absent.
  static func rows(_ path: String) throws -> [CheckRow] {
    let text = try String(contentsOfFile: (folder ?? "") + "/" + path, encoding: .utf8)
    let lines = text.replacing("\u{FEFF}", with: "").split(whereSeparator: \.isNewline)
      .map { cells(String($0)) }
    let header = try #require(lines.first)
    return lines.dropFirst().map { line in
      CheckRow(cells: Dictionary(uniqueKeysWithValues: zip(header, line)).filter { $1 != "" })
    }
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
}

/// A row of such a table.
struct CheckRow {
  var cells: [String: String]

  /// The text in a column, "" where there is none.
  func text(_ column: String) -> String { cells[column] ?? "" }

  /// The number in a column, nil where there is none.
  subscript(column: String) -> Double? { cells[column].flatMap { Double($0) } }

  /// The number that a column has to have.
  func number(_ column: String) throws -> Double {
    try #require(self[column], "no number in \(column)")
  }
}
