import Glibc
import Testing
import WidenLanguage

@testable import WidenEngine

/// Calls `body` with a folder that holds these files and is removed afterwards.
func withFolder<Result>(
  _ files: [String: [UInt8]], _ body: (String) throws -> Result
) throws -> Result {
  var template = Array("/tmp/widen-test-XXXXXX".utf8CString)
  guard mkdtemp(&template) != nil else { throw DatasetError("no temporary folder") }
  let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  defer {
    for name in files.keys { unlink("\(folder)/\(name)") }
    rmdir(folder)
  }
  for (name, bytes) in files {
    guard let file = fopen("\(folder)/\(name)", "w") else { throw DatasetError("no file") }
    let written = fwrite(bytes, 1, bytes.count, file)
    guard fclose(file) == 0, written == bytes.count else { throw DatasetError("disk full") }
  }
  return try body(folder)
}

/// Opens a package of these files, given as text.
func open(_ description: String, _ files: [String: String]) throws -> OpenedPackage {
  var all = files.mapValues { Array($0.utf8) }
  all["datapackage.json"] = Array(description.utf8)
  return try withFolder(all) { try openPackage(path: "\($0)/datapackage.json") }
}

/// A description of one table, `t` in `t.csv`.
func package(fields: String, schema: String = "", resource: String = "") -> String {
  """
  {"resources": [{"name": "t", "path": "t.csv"\(resource),
    "schema": {"fields": [\(fields)]\(schema)}}]}
  """
}

/// The message and the way out of the error with which a package is refused.
func refusal(_ description: String, _ files: [String: String]) -> String {
  do {
    let opened = try open(description, files)
    return "opened: \(opened.dataset.entries.map(\.description))"
  } catch let error as DatasetError {
    return error.message + (error.hint.map { "\n  = \($0)" } ?? "")
  } catch {
    return "\(error)"
  }
}

extension OpenedPackage {
  /// The cells of a column of the table `t`, as in `1 2 .`, and its type before them.
  func column(_ name: String) -> String {
    guard let column = dataset.entry(named: "t")?.table.column(named: name) else { return "none" }
    let cells = (0..<column.data.count).map { written(column.data[$0]) }
    return ([column.description.type.rawValue + ":"] + cells).joined(separator: " ")
  }
}
