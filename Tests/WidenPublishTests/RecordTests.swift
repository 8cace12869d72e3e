import Foundation
import Testing
import WidenEngine

@testable import WidenPublish

/// What manifests keep of results, and what is found to have moved.
@Suite struct RecordTests {
  private func figures(_ columns: [TableColumn], _ format: Format = .csv) -> RecordedFigures {
    RecordedFigures(answer(columns), format: format)
  }

  private func moved(_ old: [TableColumn], _ new: [TableColumn]) -> [String] {
    let moved = MovedFigures(from: figures(old), to: figures(new))
    return moved.figures.map {
      "\($0.row) | \($0.column): \($0.was ?? "-") → \($0.now ?? "-") \($0.change ?? "")"
    } + moved.sentences
  }

  @Test func cellsThatMoved() {
    let bands = texts("band", ["2", "3", nil])
    #expect(
      moved([bands, integers("n", [5, 6, 7])], [bands, integers("n", [5, 9, 6])]) == [
        "3 | n: 6 → 9 +3", "band (missing) | n: 7 → 6 -1",
      ])
    #expect(
      moved(
        [bands, decimals("share", [0.1, 0.2, 0.3])], [bands, decimals("share", [0.1, 0.25, 0.3])])
        == ["3 | share: 0.2 → 0.25 +0.05"])
    // What moved far behind the point is to be seen.
    #expect(
      moved([bands, decimals("x", [1, 2, 3])], [bands, decimals("x", [1, 2, 3.000000001])])
        == ["band (missing) | x: 3.0 → 3.000000001 +0.000000001"])
  }

  @Test func rowsThatCameAndWent() {
    #expect(
      moved(
        [texts("band", ["2", "3"]), integers("n", [5, 6])],
        [texts("band", ["3", "4"]), integers("n", [6, 7])])
        == ["4 | n: - → 7 ", "2 | n: 5 → - "])
    #expect(
      moved(
        [texts("band", ["2", "3"]), integers("n", [5, 6])],
        [texts("band", ["3", "2"]), integers("n", [6, 5])])
        == ["the rows are in another order"])
    // Equal labels are told apart by their order, whole numbers may be labels, too.
    #expect(
      moved(
        [texts("a", ["x", "x"]), decimals("n", [1, 2])],
        [texts("a", ["x", "x"]), decimals("n", [1, 3])])
        == ["x (2) | n: 2.0 → 3.0 +1.0"])
    #expect(
      moved(
        [integers("age", [30, 31]), integers("n", [1, 2])],
        [integers("age", [30, 31]), integers("n", [1, 3])])
        == ["age 31 | n: 2 → 3 +1"])
  }

  @Test func columnsThatCameAndWent() {
    let bands = texts("band", ["2"])
    #expect(
      moved([bands, integers("n", [5])], [bands, integers("m", [5])])
        == ["there is no column n any more", "m is a new column"])
  }

  @Test func longResultsKeepHashes() {
    let count = RecordedFigures.mostCells / 2 + 1
    let labels = integers("k", Array(0..<count))
    let old = figures([labels, integers("n", [Int](repeating: 1, count: count))])
    #expect(old.rows == nil && old.columnHashes.count == 2)
    var numbers = [Int](repeating: 1, count: count)
    numbers[7] = 2
    let sentences = MovedFigures(from: old, to: figures([labels, integers("n", numbers)])).sentences
    #expect(sentences.first == "figures of n moved")
    #expect(MovedFigures(from: old, to: old).isSame)
  }

  /// What is told may withhold more than what is compared.
  @Test func whatIsToldMayBeWithheld() {
    let bands = texts("band", ["2", "3"])
    let moved = MovedFigures(
      from: figures([bands, integers("n", [5, 6])]), to: figures([bands, integers("n", [5, 7])]),
      telling: figures([texts("band", ["2"]), integers("n", [5])]))
    #expect(moved.figures == [.init(row: "3", column: "n", was: "6", now: "[c]", change: nil)])
  }

  @Test func manifestsAreReadBack() throws {
    try inFolder { folder in
      let path = folder + "/a.csv"
      var context = Samples.context
      var recipe = Recipe(script: "from \"x\"\n", source: .files(["data/a.csv", "b"]))
      recipe.policy = "safe"
      recipe.definitions = [.init(name: "a.b", content: "define a.b as \"é\"")]
      recipe.columns = [.init(name: "t.c", content: "0123")]
      recipe.keyName = "k"
      context.recipe = recipe
      _ = try export(Samples.shares, to: path, format: .csv, context: context)
      for name in [path, path + ".manifest.json"] {
        let read = try RecordedExport(at: name)
        #expect(read.path == path && read.isUntouched == true && read.format == .csv)
        #expect(read.results.count == 1)
        #expect(read.results.first?.recipe == recipe)
        #expect(read.results.first?.figures == RecordedFigures(Samples.shares, format: .csv))
      }
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/link.csv", withDestinationPath: "a.csv")
      #expect(try RecordedExport(at: folder + "/link.csv").isUntouched == true)
      try "changed".write(toFile: path, atomically: false, encoding: .utf8)
      #expect(try RecordedExport(at: path).isUntouched == false)
      try FileManager.default.removeItem(atPath: path)
      #expect(try RecordedExport(at: path + ".manifest.json").isUntouched == nil)
    }
  }

  /// Whatever a manifest has become, reading it ends, and says what is wrong.
  @Test func damagedManifests() throws {
    try inFolder { folder in
      let path = folder + "/a.csv"
      var context = Samples.context
      context.recipe = Recipe(script: "from a", source: .sample(posts: 5))
      _ = try export(Samples.shares, to: path, format: .csv, context: context)
      let manifest = Array(try Data(contentsOf: URL(filePath: path + ".manifest.json")))
      func problem(_ bytes: [UInt8]) throws -> String? {
        try Data(bytes).write(to: URL(filePath: path + ".manifest.json"))
        do throws(ManifestProblem) {
          _ = try RecordedExport(at: path)
          return nil
        } catch {
          return error.message
        }
      }
      for length in stride(from: 0, to: manifest.count - 2, by: 7) {
        let message = try problem(Array(manifest.prefix(length)))
        #expect(
          message?.contains("is damaged at byte") == true, "\(length): \(message ?? "nothing")")
      }
      let text = String(decoding: manifest, as: UTF8.self)
      for (part, other, expected) in [
        ("\"rows\": [", "\"rows\": [[],", "\"rows\" is not as widen writes it"),
        ("\"labels\": 1", "\"labels\": 99", "\"labels\" is not as widen writes it"),
        ("\"labels\": 1", "\"labels\": \"1\"", "\"labels\" is not as widen writes it"),
        ("\"manifest\": 2", "\"manifest\": 1", "another version of widen"),
        ("\"recipe\"", "\"receipt\"", "does not say how the result was made"),
        ("\"results\"", "\"result\"", "\"results\" is not as widen writes it"),
        ("\"format\": \"csv\"", "\"format\": \"doc\"", "\"format\" is not as widen writes it"),
      ] {
        #expect(text.contains(part), "\(part)")
        let message = try problem(Array(text.replacingOccurrences(of: part, with: other).utf8))
        #expect(message?.contains(expected) == true, "\(part): \(message ?? "nothing")")
      }
      #expect(try problem(manifest) == nil)
      try FileManager.default.removeItem(atPath: path + ".manifest.json")
      #expect(throws: ManifestProblem.self) { try RecordedExport(at: path) }
      #expect(throws: ManifestProblem.self) { try RecordedExport(at: folder) }
    }
  }
}
