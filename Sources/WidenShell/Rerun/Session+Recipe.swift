internal import WidenEngine
internal import WidenLanguage
internal import WidenPublish
internal import WidenRemote
internal import WidenStatistics

extension Session {
  /// What it takes to make the result of the query that runs again, up to its next `export`.
  func recipeOfExport() -> Recipe {
    guard var query = runningQuery else { return Recipe(source: recordedSource) }
    let places = query.steps.indices.filter {
      if case .export = query.steps[$0].step { true } else { false }
    }
    if exportsDone < places.count { query.steps.removeSubrange(places[exportsDone]...) }
    exportsDone += 1
    return recipe(for: query)
  }

  /// What it takes to make a query's result again: statements that need nothing before them, and what
  /// they find.
  func recipe(for query: Query) -> Recipe {
    var whole = sinceTable(query)
    whole.steps.removeAll { $0.step.isAction }
    let isAfterLast = query.table.text.lowercased() == "last"
    let last = isAfterLast ? state.last : nil
    let text = print(whole)
    let needed = statements(before: text, among: last?.named ?? state.named)
    let parameters = parameters(
      namedIn: needed.map(\.text) + [text], among: last?.parameters ?? state.parameters)
    let script = (parameters.map { print(.param($0)) } + needed.map(\.text) + [text])
      .joined(separator: "\n")
    var recipe = Recipe(script: script, source: recordedSource)
    recipe.server = options.server.map(addressWithoutSecrets)
    recipe.policy = state.settings.policy.name
    recipe.policyReason = state.settings.policyReason
    let key = FingerprintKey(folder: options.stateFolder)
    describe(&recipe, script, made: Set(needed.map(\.name)), key)
    recipe.seal = key?.print(of: recipe.sealedText)
    if withoutIdentifiers(script) != script {
      recipe.script = nil
      recipe.obstacle =
        "its query names single people, and a manifest does not tell whom"
    }
    return recipe
  }

  /// What a script finds: the definitions that it uses, and the columns that it may read.
  private func describe(
    _ recipe: inout Recipe, _ script: String, made: Set<String>, _ key: FingerprintKey?
  ) {
    let used = UsedNames(script, in: state.dataset, state.definitions)
    recipe.definitions = used.definitions
    if let name = used.results.first(where: { !made.contains($0) }) {
      recipe.script = nil
      recipe.obstacle = "it builds on '\(name)', a result that no statement named"
    }
    let words = namedColumns(in: [script], definitions: state.definitions)
    for entry in used.tables {
      let description = entry.description
      let needsKey = description.isAboutPeople && !description.isSynthetic
      if needsKey { recipe.keyName = key?.name }
      let own = [
        description.key, description.person, description.span?.start, description.span?.end,
      ]
      for (index, column) in entry.table.columns.enumerated() {
        let name = column.description.name
        guard words?.contains(name.lowercased()) ?? true || own.contains(name),
          !entry.table.unreadColumns.contains(index)
        else { continue }
        let text =
          "\(description.name)\n\(name)\n\(column.data.count)\n\(column.data.fingerprint)"
        let print = needsKey ? key?.print(of: text) : String(hash(of: Array(text.utf8)).prefix(16))
        if let print {
          recipe.columns.append(.init(name: "\(description.name).\(name)", content: print))
        }
      }
    }
  }

  private var recordedSource: Recipe.Source {
    switch options.source {
    case .sample(let posts): .sample(posts: posts ?? Sample.usualPosts)
    case .empty: .empty
    // Whoever reads a record is not to have the password as well.
    case .files(let paths):
      .files(paths.map { isDatabaseAddress($0) ? addressWithoutSecrets($0) : $0 })
    }
  }

  /// The parameters that texts name, with the values that they have now.
  private func parameters(
    namedIn texts: [String], among known: [String: Parameter]
  ) -> [ParamStatement] {
    let whole = texts.joined(separator: "\n")
    let words = Set(
      whole.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "$") })
    return known.values.sorted { $0.declaration.name.text < $1.declaration.name.text }
      .compactMap { parameter in
        guard words.contains("$" + parameter.declaration.name.text.lowercased()[...]) else {
          return nil
        }
        return parameter.declarationWithValue
      }
  }

  /// Whether the value of a parameter tells who somebody is, in a text that uses it.
  func namesSomebody(_ parameter: Parameter, in text: String) -> Bool {
    let declaration = "\n" + print(.param(parameter.declarationWithValue))
    return !withoutIdentifiers(text + declaration).hasSuffix(declaration)
  }
}

/// The names that a script uses, followed through definitions and relationships.
private struct UsedNames {
  private(set) var definitions: [Recipe.Part] = []
  /// The tables of the dataset.
  private(set) var tables: [Dataset.Entry] = []
  /// The names of results, in small letters.
  private(set) var results: [String] = []

  init(_ script: String, in dataset: Dataset, _ known: Definitions) {
    var names = script.namesInside
    var texts: [String: String] = [:]
    var taken: Set<String> = []
    var count = -1
    while count != names.count + taken.count {
      count = names.count + taken.count
      for entry in dataset.entries where !taken.contains(entry.description.name.lowercased()) {
        let name = entry.description.name.lowercased()
        let isRelated = tables.contains { table in
          table.description.relationships.contains {
            $0.table.lowercased() == name && names.contains($0.column.lowercased())
          }
        }
        guard names.contains(name) || isRelated else { continue }
        taken.insert(name)
        if entry.description.isResult {
          results.append(name)
        } else {
          tables.append(entry)
        }
      }
      for column in known.columns where names.contains(column.name.lowercased()) {
        if let table = column.table, !taken.contains(table.lowercased()) { continue }
        let path = Path([column.table, column.name].compactMap { $0.map { Name($0) } })
        let name = path.names.map(\.text).joined(separator: ".")
        if texts[name] != nil { continue }
        let text = print(
          .define(.column(path, arguments: column.arguments, column.value)), width: 10_000)
        texts[name] = text
        names.formUnion(text.namesInside)
      }
      for measure in known.measures where names.contains(measure.name.lowercased()) {
        if texts[measure.name] != nil { continue }
        let text = print(.define(.measure(Name(measure.name), measure.value)), width: 10_000)
        texts[measure.name] = text
        names.formUnion(text.namesInside)
      }
    }
    definitions = texts.sorted { $0.key < $1.key }.map { .init(name: $0.key, content: $0.value) }
  }
}

extension Parameter {
  /// The declaration that gives it the value that it has.
  fileprivate var declarationWithValue: ParamStatement {
    var declaration = declaration
    declaration.source = nil
    declaration.defaultValue = value.map { $0.map(\.written) }
    return declaration
  }
}

extension TypedMember {
  /// As it is written in the language; a value of a parameter is a constant.
  fileprivate var written: Member {
    switch self {
    case .missing: .value(.literal(.missing, .none))
    case .value(let value): .value(value.writtenConstant)
    case .range(let low, let high): .range(low: low?.writtenConstant, high: high?.writtenConstant)
    }
  }
}

extension TypedExpression {
  fileprivate var writtenConstant: Expression {
    guard case .constant(let value) = node else { return .literal(.missing, .none) }
    switch value {
    case .missing: return .literal(.missing, .none)
    case .boolean(let flag): return .literal(flag ? .yes : .no, .none)
    case .integer(let number): return signed(String(number))
    case .decimal: return signed(plainText(of: value))
    case .text(let text): return .literal(.text(text), .none)
    case .date(let day): return .literal(.date(day), .none)
    case .month(let month): return .literal(.month(month), .none)
    case .period(let period): return .literal(.period(period), .none)
    }
  }

  private func signed(_ digits: String) -> Expression {
    digits.hasPrefix("-")
      ? .negative(.literal(.number(String(digits.dropFirst())), .none), .none)
      : .literal(.number(digits), .none)
  }
}
