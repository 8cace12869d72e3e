/// A script in its one layout: a statement a paragraph or a line, a step a line where a query is
/// long, one kind of spacing, all comments kept.
///
/// Blank lines between statements stay, several become one. A statement with a comment inside stays
/// as it is written, but for space at the ends of its lines. Formatting twice changes nothing more.
///
///     format("from staff|count   by band  # heads").text   // "from staff | count by band  # heads\n"
///
/// - Returns: the text, or what is wrong with the script and its text unchanged.
public func format(_ source: String) -> (text: String, diagnostics: [Diagnostic]) {
  let parsed = parse(source)
  guard parsed.diagnostics.isEmpty else { return (source, parsed.diagnostics) }
  let formatter = Formatter(source, parsed.program)
  let text = formatter.text(separatingAll: false)
  if isSame(parse(text), parsed) { return (text, []) }
  // An empty line always ends a statement, so this layout can only mean what was written.
  let separated = formatter.text(separatingAll: true)
  return (isSame(parse(separated), parsed) ? separated : source, [])
}

/// Whether two texts read as the same statements, wherever they stand.
private func isSame(_ one: ParseResult, _ other: ParseResult) -> Bool {
  one.diagnostics.isEmpty && one.program.help == other.program.help
    && one.program.statements.map { print($0.statement) }
      == other.program.statements.map { print($0.statement) }
}

private struct Formatter {
  /// A statement or a comment, and where it stood.
  private struct Item {
    var range: SourceRange
    var text: String
    var isComment: Bool
  }

  private let bytes: [UInt8]
  private var items: [Item] = []

  init(_ source: String, _ program: Program) {
    bytes = Array(source.utf8)
    let comments = Parser(source).comments
    let ranges = program.statements.map(\.place.range)
    for (placed, range) in zip(program.statements, ranges) {
      let holdsComment = comments.contains { range.start < $0.start && $0.end <= range.end }
      let text =
        holdsComment ? written(range) : print(placed.statement, width: width(placed.statement))
      items.append(Item(range: range, text: text, isComment: false))
    }
    for comment in comments
    where !ranges.contains(where: { $0.start < comment.start && comment.end <= $0.end }) {
      items.append(Item(range: comment, text: written(comment), isComment: true))
    }
    items.sort { $0.range.start < $1.range.start }
  }

  /// Short queries stand on one line, as they would be typed; longer ones have a step a line.
  private func width(_ statement: Statement) -> Int {
    if case .query(let query) = statement, query.steps.count > 2 { return 0 }
    return 80
  }

  /// A stretch of the source without space at the ends of its lines.
  private func written(_ range: SourceRange) -> String {
    let text = String(decoding: bytes[range.start..<range.end], as: UTF8.self)
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      var line = line
      while let last = line.last, last == " " || last == "\t" || last == "\r" { line.removeLast() }
      return String(line)
    }.joined(separator: "\n")
  }

  func text(separatingAll: Bool) -> String {
    var text = ""
    for (index, item) in items.enumerated() {
      if index > 0 {
        let before = items[index - 1]
        text += gap(before, item, separatingAll)
      }
      text += item.text
    }
    return text.isEmpty ? "" : text + "\n"
  }

  /// What stands between two items: a comment stays on the line of the statement before it.
  private func gap(_ before: Item, _ item: Item, _ separatingAll: Bool) -> String {
    let from = min(before.range.end, item.range.start)
    let lines = bytes[from..<item.range.start].count { $0 == 0x0A }
    if lines == 0, item.isComment { return "  " }
    if lines > 1 || separatingAll && !before.isComment { return "\n\n" }
    return "\n"
  }
}
