import Foundation
import Testing
import WidenLanguage

@testable import WidenPublish
@testable import WidenShell

/// Exports that are made again: the same, or which figures moved and why.
struct RerunTests {
  private let folder: String
  private var state: String { folder + "/state" }

  init() throws { folder = try Repository.temporaryFolder() }

  /// People of two groups, and a table about nobody.
  private func write(_ groups: [(name: String, count: Int)] = [("A", 40), ("B", 30), ("C", 4)])
    throws
  {
    let names = groups.flatMap { [String](repeating: $0.name, count: $0.count) }
    let lines = names.enumerated().map { "P\(1000 + $0.offset),\($0.element),\($0.offset % 2)" }
    try text(["id,grp,half"] + lines, "people.csv")
    try text(
      ["area,sort,size"] + (1...6).map { "N\($0 % 3),\($0 % 2 == 0 ? "x" : "y"),\($0)" },
      "areas.csv")
  }

  private func text(_ lines: [String], _ name: String) throws {
    try (lines.joined(separator: "\n") + "\n").write(
      toFile: folder + "/" + name, atomically: true, encoding: .utf8)
  }

  private func options(_ source: ShellOptions.Source = .empty) -> ShellOptions {
    var options = ShellOptions(source: source)
    options.stateFolder = state
    return options
  }

  /// Runs a script in a session of its own, with the two tables loaded.
  private func run(_ script: String, loads: Bool = true) throws {
    let session = try Session(options: options())
    var said = ""
    let loading =
      "load \"\(folder)/people.csv\" as people personal by id\nload \"\(folder)/areas.csv\" as areas\n"
    let text = (loads ? loading : "") + script.replacingOccurrences(of: "FOLDER", with: folder)
    let outcome = session.run(
      text, mode: .script(name: "test", parameters: []),
      to: Sinks(output: { said += $0 }, messages: { said += $0 }))
    #expect(outcome.status == .done, "\(said)")
  }

  /// What a new session says of an export, with what it ends with.
  private func rerun(_ name: String, state: String? = nil) throws -> String {
    let export = try RecordedExport(at: "\(folder)/\(name)")
    var source = ShellOptions.Source.empty
    if case .sample(let posts)? = export.results.first?.recipe.source {
      source = .sample(posts: posts)
    }
    var options = options(source)
    if let state { options.stateFolder = state }
    let session = try Session(options: options)
    var said = ""
    let outcome = session.rerun(
      export, to: Sinks(output: { said += $0 }, messages: { said += $0 }))
    let day = #/\d\d\d\d-\d\d-\d\d/#
    let lines = said.split(separator: "\n").map { line in
      line.replacing(day, with: "DAY").split(separator: " ", omittingEmptySubsequences: true)
        .filter { !$0.hasPrefix("─") }.joined(separator: " ")
    }
    return (lines.filter { !$0.isEmpty } + ["\(outcome.status.rawValue)"]).joined(separator: "\n")
      .replacingOccurrences(of: folder, with: "FOLDER")
  }

  @Test(arguments: Format.endings) func everyFormat(ending: String) throws {
    defer { Repository.remove(folder) }
    try write()
    try run(
      """
      from people | count by grp | chart | export to "FOLDER/persons\(ending)"
      from areas | summarise sum size by area | chart | export to "FOLDER/places\(ending)"
      """)
    #expect(
      try rerun("persons" + ending)
        == "same: 3 rows and 3 figures are as they were written on DAY\n0")
    #expect(
      try rerun("places" + ending)
        == "same: 3 rows and 3 figures are as they were written on DAY\n0"
    )
    try text(
      ["area,sort,size", "N1,y,1", "N2,x,2", "N0,y,3", "N1,x,9", "N2,y,5", "N0,x,6"], "areas.csv")
    #expect(
      try rerun("places" + ending) == """
        moved since DAY: 1 figure of 3
        row figure was is change
        N1 sum_size 5 10 +5
        why: the data have changed: areas.size
        1
        """)
  }

  @Test func aReportAndAScript() throws {
    defer { Repository.remove(folder) }
    try write()
    try run(
      """
      param least as number default 2
      define big as size >= $least
      let large = from areas | where big
      report "Two"
      from large | count by area
      from people | count by grp | share
      export report to "FOLDER/two.xlsx"
      export report to "FOLDER/two.html"
      export report to "FOLDER/two.sqlite"
      """)
    for ending in ["xlsx", "html", "sqlite"] {
      #expect(try rerun("two." + ending).hasPrefix("same: 2 results, 6 rows and"))
    }
    try write([("A", 40), ("B", 50), ("C", 4)])
    let said = try rerun("two.html")
    #expect(said.contains("Count and share by grp B n 30 50 +20"), "\(said)")
    #expect(said.contains("why: the data have changed: people.id and people.grp"), "\(said)")
    #expect(!said.contains("Count by area"), "\(said)")
  }

  /// Data, definition and version are told apart.
  @Test func whyFiguresMoved() throws {
    defer { Repository.remove(folder) }
    let export = "from staff | count by ethnic_group | export to \"FOLDER/x.csv\""
    let session = try Session(options: options(.sample(posts: 2000)))
    let outcome = session.run(
      export.replacingOccurrences(of: "FOLDER", with: folder),
      mode: .script(name: "test", parameters: []), to: Sinks(output: { _ in }, messages: { _ in }))
    #expect(outcome.status == .done)
    #expect(try rerun("x.csv").hasPrefix("same: "))
    let path = folder + "/x.csv.manifest.json"
    let manifest = try String(contentsOfFile: path, encoding: .utf8)
    func change(_ part: String, _ other: String) throws {
      #expect(manifest.contains(part), "\(part)")
      try manifest.replacingOccurrences(of: part, with: other).write(
        toFile: path, atomically: true, encoding: .utf8)
    }
    let figure = try #require(manifest.firstMatch(of: #/\["White",(\d+)\]/#))
    let written = try #require(manifest.firstMatch(of: #/"sha256": "([0-9a-f]{64})",\s+"labels"/#))
    try change("[\"White\",\(figure.1)]", "[\"White\",5]")
    #expect(try rerun("x.csv").hasPrefix("same: "))
    try change(String(written.1), String(repeating: "0", count: 64))
    #expect(
      try rerun("x.csv") == """
        moved since DAY
        why: not known: data, definitions and version are as they were
        1
        """)
    let moved = manifest.replacingOccurrences(
      of: String(written.1), with: String(repeating: "0", count: 64))
    for (part, other, reason) in [
      (
        "\"widen\": \"\(version)\"", "\"widen\": \"0.0.1\"",
        "widen 0.0.1 wrote them, and this is widen"
      ),
      (
        "(\\\"A\\\", \\\"B\\\", \\\"C\\\")", "(\\\"A\\\")",
        "'staff.ethnic_group' is defined otherwise: it was define"
      ),
      ("\"threshold\": 7", "\"threshold\": 5", "the threshold of policy safe is 7, and was 5"),
    ] {
      #expect(moved.contains(part), "\(part)")
      try moved.replacingOccurrences(of: part, with: other).write(
        toFile: path, atomically: true, encoding: .utf8)
      let said = try rerun("x.csv")
      #expect(said.contains("why: " + reason) && !said.contains("not known"), "\(said)")
    }
  }

  /// Where data and a definition changed, each figure says which of them moved it.
  @Test func dataAndDefinition() throws {
    defer { Repository.remove(folder) }
    try write()
    let large = "define areas.large as size > 2"
    func open(_ definition: String) throws -> Session {
      let session = try Session(options: options())
      session.state.definitions.add(try #require(statement(definition)), isReviewed: true)
      return session
    }
    let session = try open(large)
    let text =
      "load \"\(folder)/areas.csv\" as areas\n"
      + "from areas | summarise count where large as n, sum size as total by area"
      + " | export to \"\(folder)/x.csv\""
    let sinks = Sinks(output: { _ in }, messages: { _ in })
    #expect(
      session.run(text, mode: .script(name: "test", parameters: []), to: sinks).status == .done)
    try text2()
    var said = ""
    let export = try RecordedExport(at: folder + "/x.csv")
    _ = try open("define areas.large as size > 3").rerun(
      export, to: Sinks(output: { said += $0 }, messages: { said += $0 }))
    let lines = said.split(separator: "\n").map {
      $0.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
    }
    #expect(lines.contains("N0 n 2 1 -1 definition"), "\(said)")
    #expect(lines.contains("N1 total 5 14 +9 data"), "\(said)")
    #expect(
      lines.contains(
        "why: 'areas.large' is defined otherwise: it was \(large), and is "
          + "define areas.large as size > 3"), "\(said)")
  }

  /// The second row about N1 is another one.
  private func text2() throws {
    try text(
      ["area,sort,size", "N1,y,1", "N2,x,2", "N0,y,3", "N1,x,13", "N2,y,5", "N0,x,6"], "areas.csv")
  }

  private func statement(_ text: String) -> DefineStatement? {
    guard case .define(let definition)? = parse(text).program.statements.first?.statement else {
      return nil
    }
    return definition
  }

  /// A figure that moves by few people tells no more than a new export would.
  @Test func whatMovedIsProtected() throws {
    defer { Repository.remove(folder) }
    try write([("A", 40), ("B", 30), ("C", 20)])
    try run(
      """
      from people | count by grp | export to "FOLDER/safe.csv"
      set policy suppress
      from people | count by half | export to "FOLDER/suppress.csv"
      """)
    let same = "same: 3 rows and 3 figures are as they were written on DAY"
    #expect(try rerun("safe.csv") == same + "\n0")
    // One person moves from A to B: what was published, 40 and 30, still stands.
    let path = folder + "/people.csv"
    let before = try String(contentsOfFile: path, encoding: .utf8)
    try before.replacingOccurrences(of: "P1003,A,1", with: "P1003,B,0").write(
      toFile: path, atomically: true, encoding: .utf8)
    #expect(
      try rerun("safe.csv")
        == same + "\nnote: the data have changed: people.grp\n0")
    #expect(
      try rerun("suppress.csv") == """
        moved since DAY: 2 figures of 2
        row figure was is change
        half 0 n 45 [c] ·
        half 1 n 45 [c] ·
        why: the data have changed: people.half
        why: [c] stands where the figure beside an earlier export would show few people
        1
        """)
    // Somebody else's manifest proves nothing, and the ledger of whoever runs it holds.
    let manifest = try String(contentsOfFile: folder + "/safe.csv.manifest.json", encoding: .utf8)
    try manifest.replacing(#/"seal": "[0-9a-f]+"/#, with: "\"seal\": \"00\"").write(
      toFile: folder + "/safe.csv.manifest.json", atomically: true, encoding: .utf8)
    #expect(try rerun("safe.csv").contains("A n 40 [c]"))
  }

  @Test func anotherUserCannotTellAboutTheData() throws {
    defer { Repository.remove(folder) }
    try write()
    try run("from people | count by grp | export to \"FOLDER/x.csv\"")
    #expect(try rerun("x.csv", state: folder + "/other").hasPrefix("same: "))
    try write([("A", 60), ("B", 30), ("C", 4)])
    #expect(
      try rerun("x.csv", state: folder + "/other") == """
        moved since DAY: 1 figure of 3
        row figure was is change
        A n 40 60 +20
        why: the data have changed: definitions and version are as they were
        1
        """)
  }

  /// A manifest that somebody made up writes nothing and lowers no protection.
  @Test func whatSomebodyElseWrote() throws {
    defer { Repository.remove(folder) }
    try write()
    try run("from people | count by grp | export to \"FOLDER/x.csv\"")
    let path = folder + "/x.csv.manifest.json"
    let manifest = try String(contentsOfFile: path, encoding: .utf8)
    func rerun(_ part: String, _ other: String) throws -> String {
      #expect(manifest.contains(part), "\(part)")
      try manifest.replacingOccurrences(of: part, with: other).write(
        toFile: path, atomically: true, encoding: .utf8)
      return try self.rerun("x.csv")
    }
    let query = "\\nfrom people | count by grp"
    for other in [
      "\\nsave \\\"\(folder)/evil.widen\\\"" + query,
      "\\nexport people to \\\"\(folder)/evil.csv\\\"" + query,
      "\\nset policy none because \\\"x\\\"" + query,
      query + " | protect none because \\\"x\\\"",
      "\\nlet a = from people | count | protect none because \\\"x\\\"" + query,
      query + "\\nquit",
    ] {
      #expect(
        try rerun(query + "\"", other + "\"").contains("run for its own user alone"), "\(other)")
    }
    let written = " | export to \\\"\(folder)/evil.csv\\\""
    #expect(
      try rerun(query + "\"", "\\nlet a = from people | count" + written + query + written + "\"")
        .hasPrefix("same: "))
    // A reason that was made up lowers nothing: C has four people.
    let recipe = "\"policy\": \"safe\",\n        \"policy_reason\": null,\n        \"def"
    let lowered = "\"policy\": \"none\",\n        \"policy_reason\": \"x\",\n        \"def"
    #expect(try rerun(recipe, lowered).hasPrefix("same: "))
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(!files.contains { $0.hasPrefix("evil") }, "\(files)")
  }

  @Test func whatCannotBeRunAgain() throws {
    defer { Repository.remove(folder) }
    try write()
    try run(
      """
      param who as text default "P1003"
      from people | where id != $who | count by grp | export to "FOLDER/one.csv"
      from people | count by grp | export to "FOLDER/two.csv"
      """)
    #expect(
      try rerun("one.csv") == """
        error: 'FOLDER/one.csv' cannot be run again: its query names single people, and a manifest \
        does not tell whom
        = the query stands in the manifest as far as it may; write it anew
        1
        """)
    let manifest = try String(contentsOfFile: folder + "/one.csv.manifest.json", encoding: .utf8)
    #expect(manifest.contains("\"who\": \"…\"") && !manifest.contains("P1003"))
    try FileManager.default.moveItem(atPath: folder + "/people.csv", toPath: folder + "/p.csv")
    #expect(
      try rerun("two.csv") == """
        error: the file 'FOLDER/people.csv' that 'FOLDER/two.csv' was made from is not where it was
        = start widen rerun in the folder in which its name leads to it
        1
        """)
    // Beside the export it is found by its name.
    try FileManager.default.moveItem(atPath: folder + "/p.csv", toPath: folder + "/people.csv")
    try text(["changed"], "two.csv")
    #expect(
      try rerun("two.csv") == """
        same: 3 rows and 3 figures are as they were written on DAY
        warning: the manifest of 'FOLDER/two.csv' is of another version of it: it was changed \
        afterwards, or an export that replaced it was interrupted; what is compared is what the \
        manifest keeps
        1
        """)
  }
}
