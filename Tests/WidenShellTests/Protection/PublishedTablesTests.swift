import Foundation
import Testing

@testable import WidenShell

/// Tables of people of every shape, asked for in the language and exported under each policy.
///
/// What `suppress` and `hes` write is audited by other people's linear programming, which looks for
/// withheld counts that can be worked out to within 5; what `safe` and `midpoint6` write is compared
/// with their definitions. `WIDEN_TABLES` says how many tables are tried, `WIDEN_TABLES_SEED` which
/// come first.
struct PublishedTablesTests {
  private static let wanted = setting("WIDEN_TABLES") ?? 80
  private static let first = setting("WIDEN_TABLES_SEED") ?? 0
  private static let blocks = Array(0..<8)

  private static func setting(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
  }

  private static func seeds(of block: Int) -> [Int] {
    Array(stride(from: first + block, to: first + wanted, by: blocks.count))
  }

  /// One table, and one way to ask for it.
  private func published(_ people: GeneratedPeople, _ policy: String, seed: Int) throws
    -> PublishedTable?
  {
    let isCrosstab = people.keys.count == 2 && seed % 4 != 0
    let ask =
      isCrosstab
      ? "from people | crosstab \(people.keys[0]) by \(people.keys[1])"
      : "from people | count by \(people.keys.joined(separator: ", "))"
    let session = try Session(options: ShellOptions(source: .files([people.folder])))
    let isSet = seed % 2 == 0
    if isSet { _ = said("set policy \(policy)", in: session) }
    return try PublishedTable(
      ask + (isSet ? "" : " | protect \(policy)"), in: session,
      to: people.folder + "/\(policy).csv", isCrosstab: isCrosstab)
  }

  private func said(_ text: String, in session: Session) -> String {
    var messages = ""
    _ = session.run(
      text, mode: .script(name: "test", parameters: []),
      to: Sinks(output: { _ in }, messages: { messages += $0 }))
    return messages
  }

  @Test(arguments: blocks) func cellsFollowTheirDefinition(block: Int) throws {
    for seed in Self.seeds(of: block) {
      let people = try GeneratedPeople(seed: seed)
      defer { Repository.remove(people.folder) }
      for policy in ["safe", "midpoint6"] {
        let table = try #require(try published(people, policy, seed: seed), "table \(seed)")
        let problems = people.problems(of: table, policy)
        #expect(problems == [], "table \(seed) under \(policy)")
      }
    }
  }

  @Test(.enabled(if: CheckData.folder != nil), arguments: blocks)
  func nothingCanBeWorkedOut(block: Int) throws {
    let folder = try Repository.temporaryFolder()
    defer { Repository.remove(folder) }
    var tables = 0
    for seed in Self.seeds(of: block) {
      let people = try GeneratedPeople(seed: seed)
      defer { Repository.remove(people.folder) }
      for policy in ["suppress", "hes"] {
        guard let table = try published(people, policy, seed: seed) else {
          Issue.record("table \(seed) was not exported under \(policy)")
          continue
        }
        // Sums of published cells are no true totals; the definition of `safe` holds for them.
        if table.messages.contains("so that safe was followed") {
          #expect(people.problems(of: table, "safe") == [], "table \(seed) under hes")
          continue
        }
        #expect(people.showsNoFew(table), "table \(seed) under \(policy)")
        try people.audited(table).write(
          toFile: folder + "/\(seed)-\(policy).csv", atomically: true, encoding: .utf8)
        tables += 1
      }
    }
    guard
      let said = try Readers.python(
        Self.program, [(CheckData.folder ?? "") + "/checks/sdc", folder],
        needs: ["numpy", "scipy.optimize"])
    else { return }
    #expect(said.output == "audited \(tables) tables\n")
  }

  private static let program = """
    import contextlib, io, os, sys
    sys.path.insert(0, sys.argv[1])
    sys.dont_write_bytecode = True
    import audit
    folder = sys.argv[2]
    names = sorted(os.listdir(folder))
    for name in names:
      said = io.StringIO()
      arguments = [os.path.join(folder, name), "--long", "--width", "5", "--threshold", "8"]
      if "-hes" in name: arguments += ["--round", "5"]
      with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = audit.main(arguments)
      found = [line for line in said.getvalue().splitlines() if not line.strip().startswith("ok")]
      if status: print(name, *found, open(arguments[0]).read(), sep="\\n")
    print("audited", len(names), "tables")
    """
}

extension GeneratedPeople {
  /// The cells, totals included, that a table shows against the definition of a policy.
  func problems(of table: PublishedTable, _ policy: String) -> [String] {
    var problems: [String] = []
    for (labels, shown) in shown(in: table) where !labels.contains(nil) {
      let cell = cells[labels.compactMap { $0 }] ?? Cell()
      if shown != expected(cell, policy, isThere: table.cells[labels] != nil, table) {
        problems.append("\(labels): \(shown) of \(cell.people) people")
      }
    }
    for (labels, shown) in table.cells where labels.contains(nil) {
      let inner = table.cells.filter { other in
        !other.key.contains(nil)
          && zip(labels, other.key).allSatisfy { $0 == nil || $0 == $1 }
      }
      let sum = inner.values.compactMap { Int($0) }.reduce(0, +)
      let isNothing = sum == 0 && inner.values.contains("[c]")
      if shown != (isNothing ? "[c]" : "\(sum)") { problems.append("total \(labels): \(shown)") }
    }
    return problems.sorted()
  }

  private func expected(_ cell: Cell, _ policy: String, isThere: Bool, _ table: PublishedTable)
    -> String
  {
    if !isThere, table.leavesOutFew, cell.people < 8 { return "left out" }
    if cell.rows == 0 { return "0" }
    if policy == "midpoint6" { return "\((cell.rows + 5) / 6 * 6 - 3)" }
    return cell.people < 8 ? "[c]" : "\(Int((Double(cell.rows) / 5).rounded()) * 5)"
  }

  /// What is shown of every combination of labels: nothing is 0, unless it may have been left out.
  private func shown(in table: PublishedTable) -> [[String?]: String] {
    var shown = table.cells
    for labels in combinations(of: Array(keys.indices)) where shown[labels] == nil {
      shown[labels] = table.leavesOutFew ? "left out" : "0"
    }
    return shown
  }

  /// Whether no count of one to seven people is shown, nor the total of some.
  func showsNoFew(_ table: PublishedTable) -> Bool {
    table.cells.allSatisfy { labels, shown in
      let known = labels.indices.filter { labels[$0] != nil }
      let people = cells(by: known)[known.compactMap { labels[$0] }]?.people ?? 0
      return shown == "[c]" || people == 0 || people > 7
    }
  }

  /// A table as the auditor reads it: every cell by name, those that nobody is in as 0.
  func audited(_ table: PublishedTable) -> String {
    var text = keys.joined(separator: ",") + ",n\n"
    for (labels, shown) in shown(in: table) {
      let names = zip(keys.indices, labels).map { key, label in
        label.flatMap { levels[key].firstIndex(of: $0) }.map { "level\($0)" } ?? "Total"
      }
      let isKnown = shown != "left out" || cells[labels.compactMap { $0 }] != nil
      if isKnown {
        text += names.joined(separator: ",") + ",\(shown == "left out" ? "[c]" : shown)\n"
      }
    }
    return text
  }
}
