internal import WidenLanguage

/// The place that is completed: what was typed of a name, and what stands before it.
struct CompletionPlace {
  /// The text before the unfinished word.
  let base: String
  /// The unfinished word, without its quote, backtick or `$`.
  let typed: String
  let opening: Character?
  /// The query being written, with the steps before this one.
  let query: Query?
  /// The last word before the unfinished one, in small letters.
  let lastWord: String
  private let start: String

  init(_ head: String, _ context: CompletionContext) {
    base = String(decoding: head.utf8.prefix(context.replaced.start), as: UTF8.self)
    typed = context.typed
    opening = context.opening
    query = context.query
    start = context.typed.lowercased()
    let words = base.utf8.reversed().drop { $0 == 0x20 || $0 == 0x0A }.prefix { byte in
      byte == 0x5F || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
    }
    lastWord = String(decoding: words.reversed(), as: UTF8.self).lowercased()
  }

  /// Whether this is the place behind `any` or `count` where a table makes a question of it.
  var isAboutRelatedRows: Bool { lastWord == "any" || lastWord == "count" }

  /// Whether a name goes on from what was typed.
  func fits(_ name: String) -> Bool { start.isEmpty || name.lowercased().hasPrefix(start) }

  /// A name as it must be typed: in backticks where it is no plain word.
  func written(_ name: String) -> String {
    print(Expression.path(Path([Name(name)])))
  }

  /// The names that fit, with what the menu says of them.
  func fitting(
    _ names: [(String, String?)], _ kind: HighlightSpan.Kind
  ) -> [Completions.Candidate] {
    names.filter { fits($0.0) }.map { .init(written($0.0), detail: $0.1, kind: kind) }
  }

  /// The values that fit, with their quotes closed; those that only hold what was typed when none
  /// starts with it.
  func fitting(values: [ValueCount], _ maySayCounts: Bool) -> [Completions.Candidate] {
    let quote = opening == "'" ? "'" : "\""
    let starting = values.filter { fits($0.value) }
    let shown =
      starting.isEmpty && start.utf8.count > 1
      ? values.filter { $0.value.lowercased().contains(start) } : starting
    return shown.map { value in
      let escaped = value.value.split(separator: quote, omittingEmptySubsequences: false)
        .joined(separator: quote + quote)
      return .init(
        quote + escaped + quote,
        detail: maySayCounts && value.rows > 0 ? counted(value.rows, "row") : nil, kind: .text)
    }
  }
}
