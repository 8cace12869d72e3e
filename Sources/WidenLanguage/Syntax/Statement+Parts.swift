/// Statements from their generic parts; nil for a missing part, which the parser rules out.
/// Queries and definitions have their own forms and are read by hand.
extension Statement {
  init?(_ word: StatementWord, _ parts: Parts, place: Place) {
    guard let statement = Statement.read(word, parts, place) else { return nil }
    self = statement
  }

  private static func read(_ word: StatementWord, _ parts: Parts, _ place: Place) -> Statement? {
    switch word {
    case .query, .define: return nil
    case .let:
      guard let name = parts.name("name"), case .letValue(let value)? = parts["value"] else {
        return nil
      }
      return .let(name, value)
    case .param: return ParamStatement(parts).map(Statement.param)
    case .load: return LoadStatement(parts).map(Statement.load)
    case .run:
      return parts.text("file").map {
        .run(file: $0.text, values: parts.options("values"), place: $0.place)
      }
    case .export:
      guard let name = parts.name("name"), let target = ExportTarget(parts) else { return nil }
      return .export(name, target)
    case .compare:
      guard let name = parts.name("name"), let other = parts.name("other") else { return nil }
      return .compare(name, to: other)
    case .set: return SetStatement(parts).map(Statement.set)
    case .show: return .show(Topic(parts))
    case .explain:
      if case .query(let query)? = parts["query"] { return .explain(query) } else { return nil }
    case .why:
      guard let row = parts.whole("row"), let column = parts.text("column") else { return nil }
      return .why(row: row, column: column.text)
    case .report: return parts.text("title").map { .report($0.text) }
    case .save: return parts.text("file").map { .save($0.text, $0.place) }
    case .help:
      if case .words(let words)? = parts["topic"] { return .help(words) } else { return .help([]) }
    case .back: return .back
    case .quit: return .quit
    }
  }
}

extension ParamStatement {
  fileprivate init?(_ parts: Parts) {
    guard let name = parts.name("name"), let kind: Kind = parts.word("type") else { return nil }
    self.init(
      name: name, kind: kind, isList: parts.has("list"), source: parts.path("from"),
      defaultValue: parts.members("default"))
  }
}

extension LoadStatement {
  fileprivate init?(_ parts: Parts) {
    guard let (file, place) = parts.text("file") else { return nil }
    self.init(
      file: file, sheet: parts.text("sheet")?.text, skip: parts.count("skip"),
      name: parts.name("name"), person: parts.path("person"), options: parts.options("options"),
      place: place)
  }
}

extension SetStatement {
  fileprivate init?(_ parts: Parts) {
    guard let name = parts.name("name"), case .settingValue(let value)? = parts["value"] else {
      return nil
    }
    self.init(name: name, value: value, reason: parts.text("reason")?.text)
  }
}

extension Topic {
  fileprivate init(_ parts: Parts) {
    if let table = parts.name("columns") {
      self = .columns(of: table)
    } else if let path = parts.path("values") {
      self = .values(of: path)
    } else if let table = parts.name("load") {
      self = .load(table)
    } else {
      // The one topic whose own word is no choice, because a table may follow it.
      self = .general(parts.word("topic") ?? .columns)
    }
  }
}
