internal import WidenEngine
internal import WidenLanguage

extension Session {
  /// The problems of a text, with the repairs that only the data can tell: `staff group`, written as
  /// two words, for a column that there is.
  func improved(_ problems: [Diagnostic], source: String) -> [Diagnostic] {
    problems.map { problem in
      guard problem.fix == nil, let (range, column) = columnOfTwoWords(at: problem.range, source)
      else { return problem }
      var better = problem
      better.hint = "did you mean '\(column)'?"
      better.fix = Diagnostic.Fix(range, column)
      return better
    }
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
