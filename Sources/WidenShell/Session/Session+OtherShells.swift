internal import WidenEngine
internal import WidenLanguage
internal import WidenPublish

/// What people type out of habit in psql, SQLite, DuckDB and vi, and a file where a table is due.
extension Session {
  /// What was meant, for the whole text; nil where that cannot be told.
  func habitOfAnotherShell(_ source: String) -> (SourceRange, String)? {
    guard source.utf8.count < 1000 else { return nil }
    let words = source.split { $0.isWhitespace || $0 == ";" }.map(String.init)
    guard let command = words.first?.lowercased() else { return nil }
    let meant = words.count > 3 ? nil : meant(by: command, Array(words.dropFirst()))
    return (meant ?? fileAsTable(source)).map { (SourceRange(0, source.utf8.count), $0) }
  }

  private func meant(by command: String, _ arguments: [String]) -> String? {
    let first = arguments.first
    let table = first.flatMap { state.dataset.entry(named: $0)?.description.name }
    let name = table.map { print(Expression.path(Path([Name($0)]))) }
    switch command {
    case "\\q", ":q", ":q!", ":wq", "q", ".q", ".quit", ".exit", "exit()", "quit()", "logout":
      return arguments.isEmpty ? "quit" : nil
    case "\\?", "\\h", ".help", ".h", "man": return "help" + (first.map { " \($0)" } ?? "")
    case "\\d", "\\d+", "\\dt", "\\dt+", ".tables", ".schema", ".databases", "\\l":
      return name.map { "show columns of \($0)" } ?? "show tables"
    case "\\timing", ".timer": return "set timing \(first == "off" ? "off" : "on")"
    case ".mode", "\\pset":
      guard let format = arguments.last, Format(named: format.lowercased())?.isText == true else {
        return nil
      }
      return "set format \(format.lowercased())"
    case ".read", "\\i": return first.map { "run \(quoted($0))" }
    case ".import", ".open": return first.map { "load \(quoted($0))" }
    case "summarize", "summarise", "desc", "summary", "glimpse", "str":
      return arguments.count == 1 ? name.map { "from \($0) | describe" } : nil
    case "describe":
      // `describe staff.band`
      let path = first?.split(separator: ".").map(String.init) ?? []
      guard arguments.count == 1, path.count == 2,
        let column = state.dataset.entry(named: path[0])?.description.column(named: path[1])
      else { return nil }
      return
        "from \(path[0]) | select \(print(Expression.path(Path([Name(column.name)])))) | describe"
    case "widen":
      return first == "run" && arguments.count == 2 ? "run \(quoted(arguments[1]))" : nil
    case "head", "sample", "browse": return name.map { "from \($0) | take 10" }
    default: return nil
    }
  }

  /// `from "staff.csv" | …`, and the same without quotes: a file is loaded first.
  private func fileAsTable(_ source: String) -> String? {
    let text = source.trimmed
    guard text.lowercased().hasPrefix("from ") else { return nil }
    let rest = text.dropFirst(5).drop { $0 == " " }
    let quote = rest.first.flatMap { $0 == "\"" || $0 == "'" ? $0 : nil }
    let file =
      quote.map { quote in String(rest.dropFirst().prefix { $0 != quote }) }
      ?? String(rest.prefix { !$0.isWhitespace && $0 != "|" && $0 != ";" })
    guard loadableEndings.contains(where: { file.lowercased().hasSuffix("." + $0) }) else {
      return nil
    }
    let after = rest.dropFirst(file.count + (quote == nil ? 0 : 2))
    return "load \(quoted(file)); from \(tableName(of: file))\(after)"
  }

  private func quoted(_ text: String) -> String {
    print(Expression.literal(.text(text), .none))
  }
}
