internal import WidenPublish

/// The log of what was released: a line for each, and in each the hash of the line before.
///
/// It holds the shape of a query and how many figures there were, never values, names or counts of
/// people. Whoever changes a line breaks the chain from there on.
struct AuditLog {
  /// A release.
  struct Entry {
    var time: String
    var version: String
    /// `file` or `output`.
    var target: String
    /// What was asked, without values.
    var query: String
    var policy: String
    var reason: String?
    var figures: Int
    var withheld: Int
    var isAuditPassed: Bool?
  }

  let path: String

  /// Adds a line.
  func append(_ entry: Entry) throws(Failure) {
    let last = try lastLine().map(hash(of:)) ?? String(repeating: "0", count: 64)
    var line: [UInt8] = []
    func member(_ name: String, _ value: String?) {
      line += (line.isEmpty ? "{" : ",").utf8
      appendJSON(name, to: &line)
      line += ":".utf8
      if let value { appendJSON(value, to: &line) } else { line += "null".utf8 }
    }
    member("before", last)
    member("time", entry.time)
    member("widen", entry.version)
    member("target", entry.target)
    member("query", entry.query)
    member("policy", entry.policy)
    member("reason", entry.reason)
    member("figures", String(entry.figures))
    member("withheld", String(entry.withheld))
    member("audit", entry.isAuditPassed.map { $0 ? "passed" : "undecided" })
    try appendPrivate(line + Array("}\n".utf8), to: path)
  }

  /// The line from which on the chain is broken, numbered from 1; nil when it is whole.
  func firstBrokenLine() throws(Failure) -> Int? {
    var last = String(repeating: "0", count: 64)
    for (index, line) in try lines().enumerated() {
      guard line.hasPrefix("{\"before\":\"\(last)\"") else { return index + 1 }
      last = hash(of: Array(line.utf8))
    }
    return nil
  }

  /// The line that the next one goes on from: of a long log only the end is read.
  private func lastLine() throws(Failure) -> [UInt8]? {
    let newline = UInt8(ascii: "\n")
    for length in [1 << 16, Int.max] {
      guard let end = try readPrivate(path, atMost: length) else { return nil }
      let lines = end.split(separator: newline)
      // A first line may have been cut.
      if lines.count > 1 || end.count < length { return lines.last.map(Array.init) }
    }
    return nil
  }

  private func lines() throws(Failure) -> [String] {
    guard let bytes = try readPrivate(path) else { return [] }
    return bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
  }
}
