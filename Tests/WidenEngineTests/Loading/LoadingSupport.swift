import Glibc
import WidenLanguage

@testable import WidenEngine

/// Loads a text; tests want blocks so small that every row is its own.
func load(
  _ text: String, name: String = "test.csv", threads: Int = 1, blockBytes: Int = 64 << 10,
  maximumFieldBytes: Int = 1 << 20, skipRows: Int = 0,
  _ change: (inout LoadOptions) -> Void = { _ in }
) throws(LoadError) -> LoadedTable {
  try load(
    Array(text.utf8), name: name, threads: threads, blockBytes: blockBytes,
    maximumFieldBytes: maximumFieldBytes, skipRows: skipRows, change)
}

func load(
  _ bytes: [UInt8], name: String = "test.csv", threads: Int = 1, blockBytes: Int = 64 << 10,
  maximumFieldBytes: Int = 1 << 20, skipRows: Int = 0,
  _ change: (inout LoadOptions) -> Void = { _ in }
) throws(LoadError) -> LoadedTable {
  var options = LoadOptions()
  options.threads = threads
  options.skipRows = skipRows
  options.maximumFieldBytes = maximumFieldBytes
  options.blockBytes = blockBytes
  change(&options)
  return try loadFile(bytes: bytes, name: name, options: options)
}

/// A value as a test writes it: text in quotes, missing as a dot.
func written(_ value: Value) -> String {
  switch value {
  case .missing: "."
  case .boolean(let flag): flag ? "yes" : "no"
  case .integer(let number): String(number)
  case .decimal(let number): String(number)
  case .text(let text): "\"\(text)\""
  case .date(let day): day.description
  case .month(let month): month.description
  case .period(let period): period.description
  }
}

extension LoadedTable {
  /// The cells of a column, as in `1 2 .`.
  func cells(_ column: Int) -> [String] {
    (0..<table.rowCount).map { written(table[$0, column]) }
  }

  /// The notes, in order.
  var notes: [String] { report.notes.map(\.text) }

  /// Names, types and all cells, one row a line: everything that must not depend on how it was read.
  var everything: String {
    let columns = table.columns.map { column -> String in
      guard case .coded(let coded) = column.data else { return column.description.name }
      return "\(column.description.name) \(coded.cardinality) \(coded.isUnique) \(coded.hasMissing)"
    }
    let rows = (0..<table.rowCount).map { row in
      table.columns.indices.map { written(table[row, $0]) }.joined(separator: " ")
    }
    let types = report.columns.map { "\($0.type) \($0.missing.map { "\($0.value) \($0.rows)" })" }
    return (columns + types + report.notes.map(\.text) + rows).joined(separator: "\n")
  }
}

/// The message of the error with which a text is refused, or what it was loaded as.
func refusal(
  _ text: String, name: String = "test.csv", maximumFieldBytes: Int = 1 << 20,
  _ change: (inout LoadOptions) -> Void = { _ in }
) -> String {
  refusal(Array(text.utf8), name: name, maximumFieldBytes: maximumFieldBytes, change)
}

func refusal(
  _ bytes: [UInt8], name: String = "test.csv", maximumFieldBytes: Int = 1 << 20,
  _ change: (inout LoadOptions) -> Void = { _ in }
) -> String {
  do {
    let loaded = try load(bytes, name: name, maximumFieldBytes: maximumFieldBytes, change)
    return "loaded: \(loaded.everything)"
  } catch {
    return error.message
  }
}

/// Calls `body` with the path of a file that holds this text and is removed afterwards.
func withFile(_ text: String, _ body: (String) throws -> Void) throws {
  var template = Array("/tmp/widen-test-XXXXXX".utf8CString)
  let descriptor = mkstemp(&template)
  guard descriptor >= 0 else { throw LoadError("no temporary file") }
  let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  defer {
    close(descriptor)
    unlink(path)
  }
  let bytes = Array(text.utf8)
  guard write(descriptor, bytes, bytes.count) == bytes.count else { throw LoadError("disk full") }
  try body(path)
}
