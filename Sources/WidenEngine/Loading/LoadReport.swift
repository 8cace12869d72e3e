public import WidenLanguage

/// What was noticed while a file was read.
public struct LoadReport: Sendable {
  /// What was noticed of one column.
  public struct Column: Hashable, Sendable {
    /// Its name, tidied.
    public var name: String
    /// The type that all its values have.
    public var type: ValueType
    /// How many cells were read as missing, by what stood in them.
    ///
    /// Empty cells under `""`, then the shorthand of published tables; only what occurs is listed.
    public var missing: [ValueCount]
    /// Plain sentences: leading zeros, a mixture of numbers and text, a name that was trimmed.
    public var oddities: [String]

    /// What was noticed of a column.
    public init(
      name: String, type: ValueType, missing: [ValueCount] = [], oddities: [String] = []
    ) {
      self.name = name
      self.type = type
      self.missing = missing
      self.oddities = oddities
    }

    /// How many cells are missing in all.
    public var missingCount: Int { missing.reduce(0) { $0 + $1.rows } }
  }

  /// How many rows there are.
  public var rows: Int
  /// In the order of the file.
  public var columns: [Column]
  /// What the user must be told: shorthand that was read as missing, and the oddities.
  public var notes: [Answer.Note]

  /// A report with these notes.
  public init(rows: Int, columns: [Column], notes: [Answer.Note]) {
    self.rows = rows
    self.columns = columns
    self.notes = notes
  }
}

/// Gathers what is to be said of the columns.
struct ReportMaker {
  private var columns: [LoadReport.Column] = []
  private var notes: [Answer.Note] = []
  /// The columns that got a name here.
  var nameless: [String] = []

  /// Adds a column, of which more may be said.
  mutating func add(_ column: LoadReport.Column) { columns.append(column) }

  /// Adds a sentence about the column added last.
  mutating func add(_ sentence: String, isRoutine: Bool = false) {
    guard let column = columns.indices.last else { return }
    columns[column].oddities.append(sentence)
    if !isRoutine {
      notes.append(Answer.Note(.note, "column \(shown(columns[column].name)): \(sentence)"))
    }
  }

  /// The whole report.
  func report(rows: Int) -> LoadReport {
    var all: [Answer.Note] = []
    if !nameless.isEmpty {
      let names = list(nameless.map { shown($0) })
      all.append(
        Answer.Note(
          .note,
          nameless.count == 1
            ? "a column has no name in the header and is called \(names)"
            : "\(nameless.count) columns have no name in the header and are called \(names)"))
    }
    return LoadReport(rows: rows, columns: columns, notes: all + missingNotes + notes)
  }

  private var missingNotes: [Answer.Note] {
    let found = columns.compactMap { column -> (name: String, shorthand: [ValueCount])? in
      let shorthand = column.missing.filter { !$0.value.isEmpty }
      return shorthand.isEmpty ? nil : (column.name, shorthand)
    }
    if found.count <= 3 {
      return found.map { name, shorthand in
        Answer.Note(.note, "column \(shown(name)): \(sentence(shorthand)) was read as missing")
      }
    }
    var sums: [ValueCount] = []
    for count in found.flatMap(\.shorthand) {
      if let index = sums.firstIndex(where: { $0.value == count.value }) {
        sums[index].rows += count.rows
      } else {
        sums.append(count)
      }
    }
    let order = Shorthand.all
    sums.sort { order.firstIndex(of: $0.value) ?? 0 < order.firstIndex(of: $1.value) ?? 0 }
    return [
      Answer.Note(
        .note,
        "\(found.count) columns: \(sentence(sums)) was read as missing; 'show load' tells where")
    ]
  }

  private func sentence(_ counts: [ValueCount]) -> String {
    list(counts.map { "\(shown($0.value)) in \(counted($0.rows, "cell"))" })
  }
}

/// Items joined by commas and a last `and`.
func list(_ items: [String]) -> String {
  guard let last = items.last, items.count > 1 else { return items.first ?? "" }
  return items.dropLast().joined(separator: ", ") + " and " + last
}
