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

extension LoadReport {
  /// A report with the notes that follow from its columns.
  init(rows: Int, columns: [Column]) {
    self.init(rows: rows, columns: columns, notes: [])
    for column in columns {
      let shorthand = column.missing.filter { !$0.value.isEmpty }
      if !shorthand.isEmpty {
        let counts = shorthand.map { "\(shown($0.value)) in \(counted($0.rows, "cell"))" }
        notes.append(
          Answer.Note(
            .note, "column \(shown(column.name)): \(list(counts)) was read as missing"))
      }
      for oddity in column.oddities {
        notes.append(Answer.Note(.note, "column \(shown(column.name)): \(oddity)"))
      }
    }
  }
}

/// Items joined by commas and a last `and`.
private func list(_ items: [String]) -> String {
  guard let last = items.last, items.count > 1 else { return items.first ?? "" }
  return items.dropLast().joined(separator: ", ") + " and " + last
}
