internal import WidenLanguage

/// Colours while typing: what each word is, which brackets belong together, and what is wrong.
extension Session {
  /// See `Shell`; a name has one colour, whether it is a column's or another's.
  public func highlight(_ text: String, cursor: Int) -> [HighlightSpan] {
    let seen = inspect(text)
    let spans = seen.highlights.map {
      HighlightSpan($0.range.start..<$0.range.end, $0.kind.span)
    }
    let marks = wrongPlaces(in: text, seen, cursor: cursor) + bracketPlaces(seen, cursor: cursor)
    return marks.isEmpty ? spans : laid(marks, over: spans)
  }

  /// The bracket just typed or under the cursor, and its partner.
  private func bracketPlaces(_ seen: Inspection, cursor: Int) -> [HighlightSpan] {
    func pair(at byte: Int) -> Inspection.Brackets? {
      seen.brackets.first { $0.opening == byte || $0.closing == byte }
    }
    guard let pair = pair(at: cursor - 1) ?? pair(at: cursor) else { return [] }
    return [pair.opening, pair.closing].map { HighlightSpan($0..<($0 + 1), .bracket) }
  }

  private func wrongPlaces(
    in text: String, _ seen: Inspection, cursor: Int
  ) -> [HighlightSpan] {
    let judge = Judge(bytes: Array(text.utf8), cursor: cursor, unclosed: seen.unclosed) { head in
      self.offer(head).completions
    }
    var found = seen.result.diagnostics.filter { !$0.isIncomplete }
    // A step that does not read is not in the tree, and what it would have made is not known.
    if found.isEmpty { found = meaningProblems(seen.result.program, text) }
    return found.filter(judge.isCertain).map { diagnostic in
      let range = diagnostic.range
      return HighlightSpan(
        range.start..<range.end, diagnostic.severity == .error ? .problem : .doubt)
    }
  }

  /// What is wrong with the names and values of the first statement: those after it may use what it
  /// makes.
  private func meaningProblems(_ program: Program, _ text: String) -> [Diagnostic] {
    guard let query = program.statements.first?.statement.query else { return [] }
    var environment = environment(unknownValues: .warning)
    environment.catalogue = CountedCatalogue(dataset: state.dataset, known: knownValues)
    let all =
      switch WidenLanguage.bind(query, in: environment, source: text) {
      case .success(let bound): bound.diagnostics
      case .failure(let problems): problems.diagnostics
      }
    return all.filter { $0.severity != .note }
  }
}

/// Decides whether something wrong will stay wrong, whatever is typed next.
private struct Judge {
  let bytes: [UInt8]
  let cursor: Int
  let unclosed: [SourceRange]
  let completions: (String) -> Completions

  func isCertain(_ diagnostic: Diagnostic) -> Bool {
    let range = diagnostic.range
    guard range.start < range.end, range.end <= bytes.count else { return false }
    // A text is being typed.
    if unclosed.contains(where: { $0.start < cursor && cursor <= $0.end && $0.start < range.end }) {
      return false
    }
    let isLast =
      cursor > range.end
      && bytes[range.end...].allSatisfy { $0 == 0x20 || $0 == 0x0A }
    guard cursor == range.end || isLast else { return true }
    if isClosedText(range) { return true }
    // The word may grow, or the step go on with something that makes it right.
    let offered = completions(String(decoding: bytes[..<range.end], as: UTF8.self))
    guard offered.start == range.start else { return false }
    guard isLast else { return offered.candidates.isEmpty }
    let word = String(decoding: bytes[range.start..<range.end], as: UTF8.self).lowercased()
    return !offered.candidates.contains { $0.text.lowercased() == word }
  }

  private func isClosedText(_ range: SourceRange) -> Bool {
    let first = bytes[range.start]
    return (first == 0x22 || first == 0x27) && range.end - range.start > 1
      && bytes[range.end - 1] == first
  }
}

/// Puts marks over the stretches they cover; where marks overlap, the first one stays.
private func laid(_ marks: [HighlightSpan], over spans: [HighlightSpan]) -> [HighlightSpan] {
  var kept: [HighlightSpan] = []
  for mark in marks {
    kept += pieces(of: mark, without: kept)
  }
  return (spans.flatMap { pieces(of: $0, without: kept) } + kept)
    .sorted { $0.bytes.lowerBound < $1.bytes.lowerBound }
}

/// What is left of a stretch beside others.
private func pieces(of span: HighlightSpan, without others: [HighlightSpan]) -> [HighlightSpan] {
  var left = [span.bytes]
  for other in others {
    left = left.flatMap { range -> [Range<Int>] in
      guard range.overlaps(other.bytes) else { return [range] }
      let before = range.lowerBound..<max(range.lowerBound, other.bytes.lowerBound)
      let after = min(range.upperBound, other.bytes.upperBound)..<range.upperBound
      return [before, after].filter { !$0.isEmpty }
    }
  }
  return left.map { HighlightSpan($0, span.kind) }
}

extension Statement {
  /// The query that it asks, keeps or explains.
  var query: Query? {
    switch self {
    case .query(let query), .explain(let query), .let(_, .query(let query)): query
    case .let, .param, .define, .load, .run, .export, .compare, .set, .show, .why, .report, .save,
      .help, .back, .quit:
      nil
    }
  }
}

extension HighlightKind {
  fileprivate var span: HighlightSpan.Kind {
    switch self {
    case .step: .step
    case .keyword: .keyword
    case .name: .column
    case .table: .table
    case .function: .function
    case .parameter: .parameter
    case .text: .text
    case .number: .number
    case .sign: .sign
    case .comment: .comment
    case .error: .problem
    }
  }
}
