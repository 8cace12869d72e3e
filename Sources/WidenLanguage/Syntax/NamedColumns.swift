/// The words of texts that may name a column, in small letters; nil when some statement may show or
/// use columns that nobody names.
///
/// Whoever reads a file for these texts alone can pass over all columns with other names. The texts
/// are run in order, with nothing before or after them. Words of `definitions` count when they may
/// be used. The answer errs on the side of more columns: a word that is no column does no harm.
public func namedColumns(in texts: [String], definitions: Definitions) -> Set<String>? {
  var results = Results()
  // The binder itself looks for the column that `snapshot` makes.
  var words: Set<String> = ["snapshot"]
  for text in texts {
    let parsed = parse(text)
    guard parsed.diagnostics.isEmpty else { return nil }
    for placed in parsed.program.statements where !results.take(placed.statement) { return nil }
    words.formUnion(namesWritten(in: text))
  }
  return definitions.closing(words)
}

/// Follows which tables are results that hold nothing but what was named to make them.
private struct Results {
  /// Their names, in small letters.
  private var names: Set<String> = []

  /// Goes past a statement; false when it may show or use columns that nobody names.
  mutating func take(_ statement: Statement) -> Bool {
    switch statement {
    case .query(let query):
      guard take(query) else { return false }
      if names.contains("last") { names.insert("previous") }
      names.insert("last")
      return true
    case .let(let name, .query(let query)):
      guard take(query) else { return false }
      names.insert(name.text.lowercased())
      return true
    case .load(let load):
      // Without a name of its own the table is called as its file is.
      if let name = load.name { names.remove(name.text.lowercased()) } else { names = [] }
      return true
    case .export(let name, _): return names.contains(name.text.lowercased())
    case .let(_, .value), .param, .define, .set, .quit: return true
    // The card of a script lists the values of columns that the text does not name.
    case .help: return false
    case .run, .compare, .show, .explain, .why, .report, .save, .back: return false
    }
  }

  private mutating func take(_ query: Query) -> Bool {
    var isResult = names.contains(query.table.text.lowercased())
    for placed in query.steps {
      switch placed.step {
      case .count, .summarise, .crosstab, .select, .likelihood, .standardise, .inequality, .funnel,
        .control, .parity:
        isResult = true
      case .distinct(let columns): isResult = isResult || !columns.isEmpty
      case .join(let step):
        isResult = isResult && names.contains(step.table.text.lowercased())
      case .keep(let name):
        guard isResult else { return false }
        names.insert(name.text.lowercased())
      case .describe, .chart, .export: guard isResult else { return false }
      case .compare(let step): if step.through != nil { return false }
      case .protect: return false
      case .where, .derive, .drop, .rename, .recode, .share, .snapshot, .change, .top, .bottom,
        .sort, .take:
        break
      }
    }
    return isResult
  }
}

extension Definitions {
  /// Words and those of all definitions that they may use.
  fileprivate func closing(_ words: Set<String>) -> Set<String> {
    var texts: [(name: String, text: () -> String)] = []
    for column in columns { texts.append((column.name.lowercased(), { print(column.value) })) }
    for measure in measures { texts.append((measure.name.lowercased(), { print(measure.value) })) }
    var words = words
    var rest = texts[...]
    while true {
      let used = rest.filter { words.contains($0.name) }
      guard !used.isEmpty else { return words }
      rest.removeAll { words.contains($0.name) }
      for definition in used { words.formUnion(namesWritten(in: definition.text())) }
    }
  }
}

/// All words and all names in backticks, in small letters.
private func namesWritten(in text: String) -> [String] {
  var lexer = Lexer(text)
  lexer.run()
  return lexer.tokens.filter { $0.kind == .word || $0.kind == .name }.map { $0.text.lowercased() }
}
