/// From a typed statement back to the parts that the printer lays out by the signature.
extension Statement {
  /// The statement's first word, as the language writes it.
  public var keyword: String { fields.word.rawValue }

  /// The parts; none for queries and definitions, which have their own forms.
  var fields: (word: StatementWord, parts: Parts) {
    switch self {
    case .query: (.query, [:])
    case .let(let name, let value): (.let, ["name": .name(name), "value": .letValue(value)])
    case .param(let statement): (.param, statement.parts)
    case .define: (.define, [:])
    case .load(let statement): (.load, statement.parts)
    case .run(let file, let values, let place):
      (.run, ["file": .text(file, place), "values": part(values, Part.options)])
    case .export(let name, let target):
      (.export, target.parts.adding("name", .name(name)))
    case .compare(let name, let other):
      (.compare, ["name": .name(name), "other": .name(other)])
    case .set(let statement): (.set, statement.parts)
    case .show(let topic): (.show, topic.parts)
    case .explain(let query): (.explain, ["query": .query(query)])
    case .why(let row, let column):
      (.why, ["row": .whole(row), "column": .text(column, .none)])
    case .report(let title): (.report, ["title": .text(title, .none)])
    case .save(let file, let place): (.save, ["file": .text(file, place)])
    case .help(let words): (.help, ["topic": part(words, Part.words)])
    case .back: (.back, [:])
    case .quit: (.quit, [:])
    }
  }
}

extension Parts {
  fileprivate func adding(_ field: String, _ part: Part) -> Parts {
    var parts = self
    parts[field] = part
    return parts
  }
}

extension ParamStatement {
  fileprivate var parts: Parts {
    [
      "name": .name(name), "type": .word(kind.rawValue), "list": flag(isList),
      "from": source.map(Part.path), "default": defaultValue.map(Part.members),
    ]
  }
}

extension LoadStatement {
  fileprivate var parts: Parts {
    [
      "file": .text(file, place), "sheet": sheet.map { .text($0, .none) },
      "skip": skip.map(Part.count), "name": name.map(Part.name), "person": person.map(Part.path),
      "options": part(options, Part.options),
    ]
  }
}

extension SetStatement {
  fileprivate var parts: Parts {
    [
      "name": .name(name), "value": .settingValue(value),
      "reason": reason.map { .text($0, .none) },
    ]
  }
}

extension Topic {
  fileprivate var parts: Parts {
    switch self {
    case .columns(let table): ["columns": .name(table)]
    case .values(let path): ["values": .path(path)]
    case .load(let table): ["load": .name(table)]
    case .general(.columns): [:]
    case .general(let general): ["topic": .word(general.rawValue)]
    }
  }
}
