import Foundation
import Testing

@testable import WidenShell

/// Files of people that give somebody away if they are published as they are, in each format.
@Suite(.enabled(if: CheckData.folder != nil)) struct BadPeopleTests {
  private static let endings = [
    "csv", "tsv", "json", "ndjson", "md", "html", "xlsx", "parquet", "sqlite",
  ]

  /// A session over one of the files, its people told apart by `id`.
  private func session(_ name: String) throws -> Session {
    let session = try Session(options: ShellOptions(source: .empty))
    let file = (CheckData.folder ?? "") + "/checks/badinput/\(name).csv"
    _ = said("load \"\(file)\" as t personal by id", in: session)
    return session
  }

  private func said(_ text: String, in session: Session) -> (
    output: String, messages: String, status: RunStatus
  ) {
    var output = ""
    var messages = ""
    let outcome = session.run(
      text, mode: .script(name: "bad", parameters: []),
      to: Sinks(output: { output += $0 }, messages: { messages += $0 }))
    return (output, messages, outcome.status)
  }

  /// The bytes of every file that a query is exported to, one in each format.
  private func exported(_ query: String, of name: String) throws -> [String: [UInt8]] {
    let folder = try Repository.temporaryFolder()
    defer { Repository.remove(folder) }
    var files: [String: [UInt8]] = [:]
    for ending in Self.endings {
      let path = "\(folder)/x.\(ending)"
      let said = said("from t | \(query) | export to \"\(path)\"", in: try session(name))
      #expect(said.status == .done, "\(said.messages)")
      guard let data = FileManager.default.contents(atPath: path) else { continue }
      files[ending] = [UInt8](data)
    }
    return files
  }

  /// Expects that a query is refused in each format, and that nothing is written.
  private func refuses(_ query: String, of name: String) throws {
    let folder = try Repository.temporaryFolder()
    defer { Repository.remove(folder) }
    for ending in Self.endings {
      let path = "\(folder)/x.\(ending)"
      let said = said("from t | \(query) | export to \"\(path)\"", in: try session(name))
      #expect(said.status == .refused, "\(ending): \(said.messages)")
      #expect(!FileManager.default.fileExists(atPath: path))
    }
  }

  /// The cells of a table, without what is said about it.
  private func figures(_ bytes: [UInt8]?, _ ending: String) -> String {
    let text = text(bytes)
    switch ending {
    case "md": return text.split(separator: "\n").filter { $0.hasPrefix("|") }.joined()
    case "html":
      return text.components(separatedBy: "<td").dropFirst()
        .compactMap { $0.split(separator: ">").dropFirst().first?.split(separator: "<").first }
        .joined(separator: " ")
    default: return text
    }
  }

  private func text(_ bytes: [UInt8]?) -> String { String(decoding: bytes ?? [], as: UTF8.self) }

  /// One person is BME in band 5 at North.
  @Test(arguments: ["count by site, ethnicity", "crosstab site by ethnicity"])
  func oneOfAGroup(query: String) throws {
    let files = try exported(query, of: "sdc_unique_person")
    #expect(files.count == Self.endings.count)
    let csv = text(files["csv"])
    #expect(csv.contains("[c]"), "\(csv)")
    for ending in ["csv", "tsv", "json", "ndjson", "md", "html"] {
      let words = figures(files[ending], ending).split { !$0.isLetter && !$0.isNumber }
      #expect(!words.contains("1") && !words.contains("41"), "\(ending): \(text(files[ending]))")
    }
  }

  @Test func aFilterThatLeavesOneOut() throws {
    for (first, second) in [
      ("where band != 7 | count", "count"), ("count", "where band != 7 | count"),
    ] {
      let session = try session("sdc_differencing")
      let one = said("from t | \(first)", in: session).output
      let two = said("from t | \(second)", in: session).output
      #expect(!one.contains("[c]") && two.contains("[c]"), "\(one)\(two)")
    }
  }

  @Test func oneWhoHasNearlyAll() throws {
    let files = try exported(
      "summarise sum pay as pay, mean pay as mean by site", of: "sdc_dominance")
    for ending in ["csv", "tsv", "json", "ndjson", "md", "html"] {
      let words = figures(files[ending], ending).split { !$0.isNumber }
      #expect(!words.contains { $0.hasPrefix("9") }, "\(ending): \(text(files[ending]))")
    }
  }

  @Test(arguments: [
    "summarise min pay", "summarise max pay by site", "summarise percentile 99 of pay",
    "summarise percentile 1 of pay", "sort pay | take 1",
  ]) func theLeastAndTheGreatest(query: String) throws {
    try refuses(query, of: "sdc_min_max")
  }

  @Test func aNameInALabel() throws {
    let files = try exported("count by note", of: "sdc_name_in_label")
    for (ending, bytes) in files {
      #expect(!text(bytes).contains("Example") && !text(bytes).contains("07700"), "\(ending)")
    }
  }
}
