internal import WidenEngine
internal import WidenLanguage
internal import WidenPublish

extension Session {
  /// See `Shell`; only what would still parse is offered.
  public func completions(_ text: String, at byteOffset: Int) -> Completions {
    let head = String(decoding: text.utf8.prefix(byteOffset), as: UTF8.self)
    return offer(head).completions
  }

  /// What may stand at the end of a text, and what the language says of that place.
  func offer(_ head: String) -> Offer {
    let context = keywordCompletions(head)
    let place = CompletionPlace(head, context)
    var found: [Completions.Candidate] = []
    for name in context.names { found += candidates(for: name, place) }
    if context.opening == nil { found += context.keywords.map { keyword($0, context) } }
    var seen: Set<String> = []
    return Offer(
      context: context,
      completions: Completions(
        start: context.replaced.start, candidates: found.filter { seen.insert($0.text).inserted }))
  }

  private func keyword(_ word: String, _ context: CompletionContext) -> Completions.Candidate {
    // `count` is a step behind a bar and an aggregate behind `summarise`.
    if context.mayStartStep, let step = stepRecords.first(where: { $0.word == word }) {
      return .init(word, detail: step.summary, signature: step.signature, kind: .step)
    }
    if context.mayStartStatement,
      let statement = statementRecords.first(where: { $0.word == word })
    {
      return .init(word, detail: statement.summary, signature: statement.signature, kind: .step)
    }
    if context.names.contains(.aggregate),
      let aggregate = aggregateRecords.first(where: { $0.word == word })
    {
      return .init(
        word, detail: aggregate.summary, signature: aggregate.signature, kind: .function)
    }
    return .init(word, kind: .keyword)
  }

  private func candidates(for due: DueName, _ place: CompletionPlace) -> [Completions.Candidate] {
    switch due {
    case .table: return place.fitting(tables(place), .table)
    case .column(let names): return columns(after: names, place)
    case .function: return functions(place)
    case .aggregate:
      return place.fitting(state.definitions.measures.map { ($0.name, "measure") }, .function)
    case .parameter: return parameters(place)
    case .value(let path):
      if let path { return place.fitting(values: valueCounts(of: path, place), maySayCounts) }
      return place.fitting(values: scriptValues(place) ?? [], maySayCounts)
    case .groupValue: return place.fitting(values: groupValues(place), maySayCounts)
    case .setting: return place.fitting(SettingRecord.all.map { ($0.name, $0.summary) }, .setting)
    case .settingValue(let name):
      return place.fitting((SettingRecord.named(name)?.values ?? []).map { ($0, nil) }, .setting)
    case .policy:
      return place.fitting(disclosurePolicyNames.map { ($0, nil) }, .setting)
    case .file: return files(place)
    case .newName, .text: return []
    }
  }

  private func tables(_ place: CompletionPlace) -> [(String, String?)] {
    var entries = state.dataset.entries.map(\.description)
    if place.isAboutRelatedRows, let query = place.query {
      // Only rows that point here can be asked about.
      let own = query.table.text.lowercased()
      entries = entries.filter { table in
        table.relationships.contains { $0.table.lowercased() == own }
      }
    }
    return entries.map { ($0.name, maySayCounts ? counted($0.rowCount, "row") : nil) }
  }

  private func functions(_ place: CompletionPlace) -> [Completions.Candidate] {
    let own = Function.allCases.map { ($0.rawValue, $0.record.signature, $0.record.summary) }
    let defined = state.definitions.columns.filter { $0.table == nil && !$0.arguments.isEmpty }
      .map { definition in
        let arguments = definition.arguments.map(\.text).joined(separator: ", ")
        return (definition.name, "\(definition.name)(\(arguments))", "defined here")
      }
    return (own + defined).filter { place.fits($0.0) }.map { name, signature, summary in
      .init(
        place.written(name) + "(", display: signature, detail: summary, signature: signature,
        kind: .function)
    }
  }

  private func parameters(_ place: CompletionPlace) -> [Completions.Candidate] {
    if let script = script(beforeValue: false, place) {
      return place.fitting(
        script.parameters.map { ($0.name.text, "parameter, \($0.kind.withArticle)") }, .parameter)
    }
    return state.parameters.values.map(\.declaration).sorted { $0.name.text < $1.name.text }
      .filter { place.fits($0.name.text) }
      .map { declaration in
        // Where `$` or nothing was typed, the sign belongs to it.
        let isSigned = place.opening == "$" || place.typed.isEmpty
        return .init(
          (isSigned ? "$" : "") + declaration.name.text,
          detail: "parameter, \(declaration.kind.withArticle)", kind: .parameter)
      }
  }

  private func files(_ place: CompletionPlace) -> [Completions.Candidate] {
    let quote = place.opening == "'" ? "'" : "\""
    var found: [Completions.Candidate] = []
    let isRun = place.lastWord == "run"
    if isRun {
      found += LibraryScript.all.filter { $0.name.hasPrefix(place.typed.lowercased()) }
        .map { .init(quote + $0.name + quote, detail: $0.summary, kind: .file) }
    }
    let endings = isRun ? ["widen"] : place.lastWord == "load" ? loadableEndings : nil
    return found
      + fileNames(startingWith: place.typed, endings: endings).map { file in
        // A folder's quote stays open: more follows.
        .init(
          quote + file.path + (file.isFolder ? "" : quote), display: file.path,
          detail: file.isFolder ? "folder" : nil, kind: .file)
      }
  }
}

/// What may stand at the end of a text.
struct Offer {
  var context: CompletionContext
  var completions: Completions
}
