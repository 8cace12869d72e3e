import Foundation
import Testing
import WidenLanguage

@testable import WidenPublish
@testable import WidenShell

/// Exports of which the manifest keeps no cells: what they held is read back from the file itself.
struct RerunOfLongResultsTests {
  private let folder: String

  init() throws { folder = try Repository.temporaryFolder() }

  /// Twenty-six thousand rows of four columns; `change` gives some of them another size.
  private func write(_ change: (Int) -> Int? = { _ in nil }) throws {
    let labels = ["plain", "\"a, b\"", "=1+1", "", "007", "é"]
    var text = "code,label,size,part\n"
    for number in 0..<26_000 {
      let size = change(number).map(String.init) ?? (number % 13 == 0 ? "" : "\(number)")
      text += "C\(number),\(labels[number % 6]),\(size),\(Double(number) / 7)\n"
    }
    try text.write(toFile: folder + "/rows.csv", atomically: true, encoding: .utf8)
  }

  private func session() throws -> Session {
    var options = ShellOptions(source: .empty)
    options.stateFolder = folder + "/state"
    return try Session(options: options)
  }

  private func run(_ script: String) throws {
    var said = ""
    let outcome = try session().run(
      script.replacing("FOLDER", with: folder), mode: .script(name: "test", parameters: []),
      to: Sinks(output: { _ in }, messages: { said += $0 }))
    #expect(outcome.status == .done, "\(said)")
  }

  /// What is said of an export that is made again, a line each, without the lines of the table.
  private func rerun(_ name: String) throws -> [String] {
    var said = ""
    _ = try session().rerun(
      RecordedExport(at: "\(folder)/\(name)"),
      to: Sinks(output: { said += $0 }, messages: { said += $0 }))
    return said.replacing(folder, with: "FOLDER").split(separator: "\n").map { line in
      line.split(separator: " ").joined(separator: " ")
        .replacing(#/\d\d\d\d-\d\d-\d\d/#, with: "DAY")
    }
  }

  @Test func cellsAreNamed() throws {
    defer { Repository.remove(folder) }
    try write()
    let endings = ["csv", "tsv", "json", "ndjson", "sqlite", "xlsx", "parquet"]
    try run(
      "load \"FOLDER/rows.csv\" as rows\n"
        + endings.map { "from rows | export to \"FOLDER/x.\($0)\"\n" }.joined())
    #expect(
      try rerun("x.csv") == [
        "same: 26,000 rows and 52,000 figures are as they were written on DAY"
      ])
    try write { $0 == 123 ? 5 : $0 == 26 ? 7 : nil }
    for ending in endings.dropLast(2) {
      let said = try rerun("x." + ending)
      #expect(said.first == "moved since DAY: 2 figures of 52,000", "\(ending): \(said)")
      #expect(said.contains("C26, =1+1 size (missing) 7 ·"), "\(ending): \(said)")
      #expect(said.contains { $0.hasPrefix("C123,") && $0.hasSuffix("size 123 5 -118") }, "\(said)")
      #expect(said.last == "why: the data have changed: rows.size", "\(said)")
    }
    for ending in endings.suffix(2) {
      let said = try rerun("x." + ending).joined(separator: " ")
      #expect(said.contains("figures of size moved which, nothing tells"), "\(ending): \(said)")
    }
    // A file that was changed is not believed.
    try write { $0 == 123 ? 5 : nil }
    let path = folder + "/x.csv"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try text.replacing("\nC123,", with: "\nC0123,").write(
      toFile: path, atomically: true, encoding: .utf8)
    let said = try rerun("x.csv").joined(separator: " ")
    #expect(said.contains("figures of size moved") && !said.contains("C123"), "\(said)")
  }

  @Test func aThousandAreNamed() throws {
    defer { Repository.remove(folder) }
    try write()
    try run("load \"FOLDER/rows.csv\" as rows\nfrom rows | export to \"FOLDER/x.csv\"")
    try write { $0 < 1500 ? $0 + 1 : nil }
    let said = try rerun("x.csv")
    #expect(said.first == "moved since DAY: 1,500 figures of 52,000")
    #expect(said.contains("the first 1,000 of 1,500 are named"))
    #expect(said.contains { $0.hasPrefix("C999,") } && !said.contains { $0.hasPrefix("C1001,") })
  }

  /// Rows about single people are told of by their columns alone.
  @Test func nobodyIsNamed() throws {
    defer { Repository.remove(folder) }
    try write()
    try run(
      """
      load "FOLDER/rows.csv" as rows personal by code
      set policy none because "a test"
      from rows | export to "FOLDER/x.csv"
      """)
    try write { $0 == 123 ? 5 : nil }
    let said = try rerun("x.csv").joined(separator: " ")
    #expect(said.contains("figures of size moved"), "\(said)")
    #expect(!said.contains("C123") && !said.contains("123 5"), "\(said)")
  }

  /// A process that was killed after its file and before its manifest leaves both whole, and nothing
  /// takes them for one another's.
  @Test func interruptedBetweenFileAndManifest() throws {
    defer { Repository.remove(folder) }
    try write()
    let export = "load \"FOLDER/rows.csv\" as rows\nfrom rows | count by label"
    try run(export + " | export to \"FOLDER/x.csv\"")
    let manifest = try Data(contentsOf: URL(filePath: folder + "/x.csv.manifest.json"))
    try run(export + " | take 3 | export to \"FOLDER/x.csv\"")
    try manifest.write(to: URL(filePath: folder + "/x.csv.manifest.json"))
    #expect(
      try rerun("x.csv").suffix(1) == [
        "warning: the manifest of 'FOLDER/x.csv' is of another version of it: it was changed"
          + " afterwards, or an export that replaced it was interrupted; what is compared is what the"
          + " manifest keeps"
      ])
    var said = ""
    let outcome = try session().run(
      (export + " | export to \"FOLDER/x.csv\"").replacing("FOLDER", with: folder),
      mode: .script(name: "test", parameters: []),
      to: Sinks(output: { _ in }, messages: { said += $0 }))
    #expect(outcome.status == .failed)
    #expect(
      said.contains("was changed since widen wrote it, or its export was interrupted"), "\(said)")
    try run(export + " | export to \"FOLDER/x.csv\" overwrite")
    #expect(try rerun("x.csv").count == 1)
  }
}
