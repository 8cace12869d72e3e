internal import WidenEngine
internal import WidenLanguage

extension Session {
  /// The problems of a text, with the repairs that only the data can tell: `staff group`, written as
  /// two words, for a column that there is.
  func improved(_ problems: [Diagnostic], source: String) -> [Diagnostic] {
    problems.map { problem in
      guard
        let (range, text) = habitOfAnotherShell(source) ?? tableAlone(source) ?? tableAfterStep(
          problem, source)
          ?? (problem.fix == nil ? columnOfTwoWords(at: problem.range, source) : nil)
      else { return problem }
      var better = problem
      better.hint = "did you mean '\(text)'?"
      better.fix = Diagnostic.Fix(range, text)
      return better
    }
  }

  /// What was meant by `staff`, `count staff` and `show staff`.
  private func tableAlone(_ source: String) -> (SourceRange, String)? {
    let words = source.split(whereSeparator: \.isWhitespace).map { $0.lowercased() }
    guard let last = words.last, words.count <= 2,
      let table = state.dataset.entry(named: last)?.description.name
    else { return nil }
    let name = print(Expression.path(Path([Name(table)])))
    let whole = SourceRange(0, source.utf8.count)
    if words.count == 1 { return (whole, "from \(name)") }
    switch words[0] {
    case "show": return (whole, "show columns of \(name)")
    case "select", "use", "open", "view", "list": return (whole, "from \(name) | take 10")
    case "count", "describe", "chart": return (whole, "from \(name) | \(words[0])")
    default: return nil
    }
  }

  /// What was meant by `count staff by band`.
  private func tableAfterStep(
    _ problem: Diagnostic, _ source: String
  ) -> (SourceRange, String)? {
    let words = WidenLanguage.highlight(source).filter {
      $0.range.start >= problem.range.start && $0.kind != .comment
    }.prefix(3)
    let bytes = Array(source.utf8)
    let texts = words.map { part in
      String(decoding: bytes[part.range.start..<part.range.end], as: UTF8.self)
    }
    guard let first = words.first, first.range == problem.range, words.count == 3,
      texts[2] != "|", texts[2] != ".",
      stepRecords.contains(where: { $0.word == texts[0].lowercased() }),
      let table = state.dataset.entry(named: texts[1])?.description.name,
      parse(source).program.statements.allSatisfy({ $0.place.range.end <= first.range.start })
    else { return nil }
    let name = print(Expression.path(Path([Name(table)])))
    return (first.range.joined(words[words.startIndex + 1].range), "from \(name) | \(texts[0])")
  }

  /// The column whose name is the word at this place and the one before it.
  private func columnOfTwoWords(at place: SourceRange, _ source: String) -> (SourceRange, String)? {
    let words = WidenLanguage.highlight(source).filter { $0.range.end <= place.end }.suffix(3)
    guard let second = words.last, second.range.start == place.start, words.count >= 2 else {
      return nil
    }
    let bytes = Array(source.utf8)
    func text(_ part: Highlight) -> String {
      String(decoding: bytes[part.range.start..<part.range.end], as: UTF8.self).lowercased()
    }
    // Two words, or three: `is not known` comes as three.
    for count in 2...max(2, words.count) {
      let parts = words.suffix(count)
      guard let first = parts.first else { continue }
      let wanted = parts.map(text)
      for entry in state.dataset.entries {
        for column in entry.description.columns where !column.isHidden {
          let name = column.name.lowercased()
          guard name == wanted.joined(separator: "_") || name == wanted.joined(separator: " ")
          else { continue }
          return (
            first.range.joined(second.range), print(Expression.path(Path([Name(column.name)])))
          )
        }
      }
    }
    return nil
  }
}
