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
    /// Plain sentences: what its cells were read as, leading zeros, a mixture of numbers and text.
    public var oddities: [String]
    /// Those that the user must be told without asking.
    public var surprises: [String] = []

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
  /// What was decided about the file as a whole: its encoding, the rows that were left out.
  public var decisions: [Answer.Note]
  /// Whether the file was not read again, since nothing has changed since it was read before.
  public var isFromSnapshot = false

  /// A report of these parts.
  public init(rows: Int, columns: [Column], decisions: [Answer.Note] = []) {
    self.rows = rows
    self.columns = columns
    self.decisions = decisions
  }

  /// What the user must be told: decisions, shorthand that was read as missing, and surprises.
  public var notes: [Answer.Note] {
    decisions + missingNotes
      + columns.flatMap { column in
        column.surprises.map { Answer.Note(.note, "column \(shown(column.name)): \($0)") }
      }
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
