internal import WidenEngine
internal import WidenLanguage
internal import WidenPublish

extension Session {
  /// Declares a loaded table's rows to be about people: `load … personal by COLUMN`.
  ///
  /// The column becomes an identifier, and characteristics that the law protects are known by
  /// their names.
  func declarePersonal(_ entry: inout Dataset.Entry, by path: Path, _ run: Run) throws(Failure) {
    let names = entry.description.columns.map(\.name)
    guard path.names.count == 1, let column = entry.description.column(named: path.text),
      let index = entry.description.columns.firstIndex(where: { $0.name == column.name })
    else {
      let near = nearest(path.text, in: names)
      throw .at(
        path.place, "'\(visible(entry.description.name))' has no column '\(path.text)'",
        hint: near.map { "did you mean '\($0)'?" } ?? "its columns are \(quoted(names))",
        fix: near, run)
    }
    entry.description.person = column.name
    entry.description.isPersonal = true
    entry.describe(index) { $0.sensitivity = .identifier }
    for (index, name) in names.enumerated() {
      if let sensitivity = Characteristic.sensitivity(of: name) {
        entry.describe(index) { $0.sensitivity = $0.sensitivity ?? sensitivity }
      }
    }
  }

  /// Declares a table that is loaded again as it was declared before; what is to be said of it.
  func stillPersonal(_ entry: inout Dataset.Entry, as before: TableDescription) -> Answer.Note {
    entry.description.isPersonal = true
    for (index, column) in entry.description.columns.enumerated() {
      if let sensitivity = before.column(named: column.name)?.sensitivity {
        entry.describe(index) { $0.sensitivity = sensitivity }
      }
    }
    guard let person = before.person else {
      return Answer.Note(.note, "its rows are about people, as before")
    }
    guard entry.description.column(named: person) != nil else {
      return Answer.Note(
        .warning,
        "its rows are about people, as before, but there is no column '\(person)': each row counts "
          + "as one person")
    }
    entry.description.person = person
    return Answer.Note(.note, "its rows are about people, told apart by \(person), as before")
  }

  /// How many people the rows are about: `; 950 people by staff_id, 2 rows name nobody`.
  func peopleCounted(in entry: Dataset.Entry, _ run: Run) throws(Failure) -> String {
    guard let person = entry.description.person else { return "" }
    let name = Name(entry.description.name)
    let column = Path([Name(person)])
    let distinct = PlacedStep(.count(CountStep(distinct: column)))
    let counts = try evaluate(Query(table: name, steps: [distinct]), for: .session, run)
      .answer.table
    guard case .integer(let people)? = counts.columns.first.map({ $0.data[0] }) else { return "" }
    let nobody =
      entry.description.rowCount
      - (state.dataset.recordedRows(of: .init(table: name.text, column: person)) ?? 0)
    let rest =
      nobody == 0 ? "" : ", \(counted(nobody, "row")) \(nobody == 1 ? "names" : "name") nobody"
    return "; \(counted(people, "person", plural: "people")) by \(visible(person))\(rest)"
  }

}

/// What a table that was read without a description may hold about people, as a sentence with the
/// line that declares it; nil when nothing points to people.
///
/// A column that is different in every row beside two or more characteristics that repeat looks
/// like a list of people.
func personalProposal(_ entry: Dataset.Entry, file: String) -> String? {
  guard entry.description.person == nil, entry.table.rowCount > 1 else { return nil }
  let identifier = entry.table.columns.first { column in
    guard case .coded(let coded) = column.data, coded.isUnique else { return false }
    switch coded.domain {
    case .text, .identifier, .integer: return true
    case .decimal, .boolean, .date, .month, .period: return false
    }
  }
  guard let identifier = identifier?.description.name else { return nil }
  let read = entry.table.columns.indices.filter { !entry.table.unreadColumns.contains($0) }
  let characteristics = read.map { entry.table.columns[$0] }.filter { column in
    guard case .coded(let coded) = column.data, !coded.isUnique else { return false }
    return Characteristic.sensitivity(of: column.description.name) != nil
  }
  guard characteristics.count > 1 else { return nil }
  let statement = LoadStatement(
    file: file, name: Name(entry.description.name), person: Path([Name(identifier)]))
  let names = characteristics.prefix(3).map(\.description.name)
  return "\(quoted(names)) look like characteristics of people, and '\(identifier)' is"
    + " different in every row; to declare it: \(print(.load(statement)))"
}

/// Characteristics of people, known by the names that columns usually have.
enum Characteristic {
  /// How a column of this name bears on personal data; nil when its name does not tell.
  static func sensitivity(of name: String) -> ColumnDescription.Sensitivity? {
    let words = name.lowercased().split { !$0.isLetter }
    func has(_ stems: [String]) -> Bool {
      words.contains { word in stems.contains { word.hasPrefix($0) } }
    }
    if has(["ethnic", "race", "disab", "religio", "belief", "orientation", "union"]) {
      return .special
    }
    if has(["birth", "dob", "sex", "gender", "nationalit", "marital", "pregnan", "postcode"])
      || words.contains("age")
    {
      return .quasi
    }
    return nil
  }
}

extension Dataset.Entry {
  /// Changes what is known of a column, in the description and in the table alike.
  fileprivate mutating func describe(
    _ index: Int, _ change: (inout ColumnDescription) -> Void
  ) {
    change(&description.columns[index])
    change(&table.columns[index].description)
  }
}

/// Names in single quotes, as many as a line can take.
private func quoted(_ names: [String]) -> String {
  list(names.prefix(12).map { "'\(visible($0))'" })
}
