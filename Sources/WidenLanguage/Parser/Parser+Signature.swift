/// Reads the parts of a step or statement as its signature tells.
extension Parser {
  func read(_ items: [SignatureItem], into parts: inout Parts) throws(Stop) {
    for item in items {
      switch item {
      case .word(let word):
        try expect(word, naming: word == "as" ? "a name" : nil)
      case .field(let field, let kind):
        parts[field] = try part(kind, parts)
      case .choice(let field, let words):
        parts[field] = .word(try choice(words))
      case .options(let groups):
        try read(options: groups, into: &parts)
      case .either(let alternatives):
        try read(either: alternatives, into: &parts)
      }
    }
  }

  private func read(options groups: [[SignatureItem]], into parts: inout Parts) throws(Stop) {
    var waiting = groups
    while let index = waiting.firstIndex(where: { $0.first.map(begins) ?? false }) {
      let group = waiting.remove(at: index)
      // After keys, 'as' belongs to the last key.
      if group.first == .word("by") { waiting.removeAll { $0.first == .word("as") } }
      try read(group, into: &parts)
      if let flag = flagName(group) { parts[flag] = .flag }
    }
  }

  private func read(either alternatives: [[SignatureItem]], into parts: inout Parts) throws(Stop) {
    guard let chosen = alternatives.first(where: { $0.first.map(begins) ?? false }) else {
      let near = nearestTried()
      try fail(
        ClauseProblem.alternativeDue(token.shown, expected: tried, suggestion: near),
        fix: replacing(token, with: near))
    }
    try read(chosen, into: &parts)
  }

  /// Whether a part that starts with this item comes now.
  private func begins(_ item: SignatureItem) -> Bool {
    switch item {
    case .word(let word):
      return at(word)
    case .choice(let field, let words):
      // A word after 'chart' can only be a misspelt kind.
      return at(words) || field == "kind" && token.isWord
    case .field(_, .words):
      return isTopicWord
    case .field(_, let kind):
      may(dueName(kind))
      return token.isName && token.keyword != "because"
    case .options, .either:
      return false
    }
  }

  private func dueName(_ kind: PartKind) -> DueName {
    kind == .policy ? .policy : .column(after: [])
  }

  private func choice(_ words: [String]) throws(Stop) -> String {
    if let word = accept(words) { return word }
    var near = token.isWord ? nearest(token.text, in: words) : nil
    if near == nil,
      let own = Habits.steps[token.keyword]?.split(separator: " ").last.map(String.init),
      words.contains(own)
    {
      near = own
    }
    try fail(
      ClauseProblem.choiceDue(token.shown, expected: words, suggestion: near),
      fix: replacing(token, with: near))
  }

  private func part(_ kind: PartKind, _ parts: Parts) throws(Stop) -> Part {
    switch kind {
    case .aggregate: .aggregate(try aggregate())
    case .aggregates: .aggregates(try aggregates())
    case .column: .name(try name("a column", .column(after: [])))
    case .table, .benchmark: .name(try name("a table", .table))
    case .policy: .name(try name("a policy", .policy))
    case .setting: .name(try name("a setting", .setting))
    case .newName: .name(try name("a name", .newName))
    case .condition, .expression: .expression(try expression())
    case .count: .count(try count())
    case .whole: .whole(try whole())
    case .file: .text(try text(.file), previous.place)
    case .text: .text(try text(.text), previous.place)
    case .interval: .interval(try interval())
    case .key: .key(try key())
    case .keys: .keys(try list(key))
    case .literal: .expression(try literal(of: parts.path("column") ?? parts.path("over")))
    case .literals:
      .expressions(
        try list { () throws(Stop) in
          may(.groupValue)
          return try literal(of: nil)
        })
    case .matches: .matches(try list(match))
    case .member: .member(try member())
    case .members: .members(try set())
    case .named: .named(try list(namedExpression))
    case .options: .options(try list(option))
    case .orders: .orders(try orders())
    case .path: .path(try path())
    case .paths: .paths(try paths())
    case .query: .query(try query())
    case .renamings: .renamings(try list(renaming))
    case .rules: .rules(try rules(of: parts.path("column")))
    case .settingValue: .settingValue(try settingValue())
    case .value: .letValue(try letValue())
    case .words: .words(words())
    }
  }

  /// Takes this word or sign.
  ///
  /// `naming` tells what follows it.
  func expect(_ word: String, naming: String? = nil) throws(Stop) {
    if accept(word) { return }
    let isName = token.isWord || token.kind == .name
    if word == "by", token.keyword == "," {
      try fail(
        StepProblem.wordUnexpected(",", suggestion: "by"), fix: replacing(token, with: " by"))
    }
    if word == "as", AggregateWord(previous) != nil, isName {
      try fail(ExpressionProblem.aggregateInRow(previous.text), at: previous)
    }
    if word == "as" { try renamingWithoutAs() }
    if token.isWord, let near = nearest(token.text, in: [word]) {
      try fail(
        StepProblem.wordUnexpected(token.text, suggestion: near),
        fix: replacing(token, with: near))
    }
    let isInsertable = word.first?.isLetter == true && !token.isEnd && token.kind != .sign
    try fail(
      ClauseProblem.wordDue(
        word, naming: naming, found: token.shown, isInsertable: isInsertable, usage: usage),
      fix: isInsertable ? inserting(" " + word, at: previous.range.end) : nil)
  }
}
