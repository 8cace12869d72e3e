import Foundation
import WidenStatistics

/// People of every kind of label, invented by a seed, as a folder that widen opens.
///
/// A table of them has two to four dimensions: texts, an ordered category, whole numbers, days and
/// yes or no, each with missing values; sizes are as uneven as those of real staff, and some people
/// hold two posts.
struct GeneratedPeople {
  /// A combination of labels: how many people have it, and how many posts they hold.
  struct Cell {
    var rows = 0
    var people = 0
  }

  let folder: String
  /// The columns that make the table's dimensions.
  let keys: [String]
  /// What CSV writes for each level of each key; nothing for the missing one.
  let levels: [[String]]
  /// What there is of each combination of labels that occurs.
  private(set) var cells: [[String]: Cell] = [:]

  private static let labels: [(key: String, labels: [String])] = [
    ("grp", ["", "Allied, other", "Total", "Nursing", "10", "\"Other\""]),
    ("band", ["2", "5", "8a", "", "VSM"]),
    ("age", ["60", "7", "", "30", "100"]),
    ("day", ["2015-03-31", "", "2014-12-01", "1999-01-01"]),
    ("flag", ["yes", "no", ""]),
    ("site", ["RNK", "", "=1+1", "R1K"]),
  ]

  init(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let chosen = Self.labels.shuffled(using: &random).prefix(2 + seed % 3)
    keys = chosen.map { $0.key }
    levels = chosen.map {
      Array($0.labels.prefix(Int.random(in: 2...$0.labels.count, using: &random)))
    }
    let weights = levels.map { $0.map { _ in Double.random(in: 0.02...1, using: &random) } }
    let size = Double([15, 40, 150, 600].randomElement(using: &random) ?? 40)
    let sharesPosts = Int.random(in: 0..<3, using: &random) == 0
    var rows: [String] = []
    var people = 0
    var places = [Int](repeating: 0, count: keys.count)
    repeat {
      let share: Double = zip(weights, places).reduce(1.0) { $0 * $1.0[$1.1] }
      let count = Int(size * share * Double.random(in: 0...2, using: &random))
      let labels = zip(levels, places).map { $0[$1] }
      for _ in 0..<count {
        people += 1
        let posts = sharesPosts && Int.random(in: 0..<10, using: &random) == 0 ? 2 : 1
        let line = "P\(1000 + people)," + labels.map(Self.quoted).joined(separator: ",")
        rows += [String](repeating: line, count: posts)
        cells[labels, default: Cell()].people += 1
        cells[labels, default: Cell()].rows += posts
      }
    } while Self.advance(&places, levels)
    folder = try Repository.temporaryFolder()
    let header = "id," + keys.joined(separator: ",") + "\n"
    try (header + rows.shuffled(using: &random).joined(separator: "\n") + "\n").write(
      toFile: folder + "/people.csv", atomically: true, encoding: .utf8)
    try Self.description(keys).write(
      toFile: folder + "/datapackage.json", atomically: true, encoding: .utf8)
  }

  private static func description(_ keys: [String]) -> String {
    let types = ["age": "integer", "day": "date", "flag": "boolean"]
    let fields = keys.map { key in
      let more =
        switch key {
        case "band":
          #", "categoriesOrdered": true, "categories": ["VSM", "8a", "5", "2"]"#
        case "flag": #", "trueValues": ["yes"], "falseValues": ["no"]"#
        default: ""
        }
      return #"{"name": "\#(key)", "type": "\#(types[key] ?? "string")"\#(more)}"#
    }
    return """
      {"name": "people", "resources": [{"name": "people", "path": "people.csv",
        "widen:person": "id", "schema": {"missingValues": [""], "fields": [
          {"name": "id", "type": "string", "widen:sensitivity": "identifier"},
          \(fields.joined(separator: ",\n"))]}}]}
      """
  }

  private static func quoted(_ label: String) -> String {
    label.contains { $0 == "," || $0 == "\"" }
      ? "\"" + label.replacing("\"", with: "\"\"") + "\"" : label
  }

  private static func advance(_ places: inout [Int], _ levels: [[String]]) -> Bool {
    for number in places.indices.reversed() {
      places[number] += 1
      if places[number] < levels[number].count { return true }
      places[number] = 0
    }
    return false
  }

  /// All combinations of the levels of some keys.
  func combinations(of chosen: [Int]) -> [[String]] {
    chosen.reduce([[]]) { found, key in
      found.flatMap { start in levels[key].map { start + [$0] } }
    }
  }

  /// What there is of each combination of some of the keys.
  func cells(by chosen: [Int]) -> [[String]: Cell] {
    var found: [[String]: Cell] = [:]
    for (labels, cell) in cells {
      let part = chosen.map { labels[$0] }
      found[part, default: Cell()].rows += cell.rows
      found[part, default: Cell()].people += cell.people
    }
    return found
  }
}
