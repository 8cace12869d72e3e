internal import Glibc
internal import WidenLanguage
internal import WidenShell

/// Stands in for the session until there is one: it echoes, so that the terminal can be tried.
final class ProvisionalShell: Shell {
  let prompt = "widen› "
  let historyName = "sample"
  let greeting: String
  var history: History?

  private static let steps = ["where", "derive", "select", "count", "share", "summarise", "sort"]
  private static let columns = ["band", "ethnicity", "organisation", "staff_group", "start_date"]
  private static let regions = ["North East", "North West", "London", "South East", "South West"]

  init(_ options: ShellOptions) {
    greeting = "widen echoes what you type (\(options.source)); Ctrl-D leaves"
  }

  func isComplete(_ text: String) -> Bool {
    let quotes = text.utf8.filter { $0 == 34 }.count
    return text.last { $0 != " " } != "|" && quotes.isMultiple(of: 2)
  }

  func completions(_ text: String, at byteOffset: Int) -> Completions {
    let head = Array(text.utf8.prefix(byteOffset))
    if head.filter({ $0 == 34 }).count % 2 == 1, let quote = head.lastIndex(of: 34) {
      let typed = String(decoding: head[(quote + 1)...], as: UTF8.self).lowercased()
      let found = Self.regions.filter { $0.lowercased().hasPrefix(typed) }
      return Completions(
        start: quote,
        candidates: found.enumerated().map {
          .init("\"\($1)\"", display: $1, detail: "\(1234 * ($0 + 1)) rows", kind: .text)
        })
    }
    var start = head.count
    while start > 0, head[start - 1] == 95 || Character(Unicode.Scalar(head[start - 1])).isLetter {
      start -= 1
    }
    let typed = String(decoding: head[start...], as: UTF8.self)
    let before = String(decoding: head[..<start], as: UTF8.self)
    let isStep = before.last { $0 != " " && $0 != "\n" } == "|"
    let words = isStep ? Self.steps : Self.columns
    return Completions(
      start: start,
      candidates: words.filter { $0.hasPrefix(typed) }.map {
        .init($0, detail: isStep ? nil : "text", kind: isStep ? .step : .column)
      })
  }

  func highlight(_ text: String) -> [HighlightSpan] {
    var spans: [HighlightSpan] = []
    let bytes = Array(text.utf8)
    var start = 0
    while start < bytes.count {
      var end = start + 1
      func isWord(_ byte: UInt8) -> Bool {
        byte >= 128 || byte == 95 || Character(Unicode.Scalar(byte)).isLetter
      }
      if bytes[start] == 34 {
        while end < bytes.count, bytes[end] != 34 { end += 1 }
        end = min(end + 1, bytes.count)
        spans.append(HighlightSpan(start..<end, .text))
      } else if isWord(bytes[start]) {
        while end < bytes.count, isWord(bytes[end]) { end += 1 }
        let word = String(decoding: bytes[start..<end], as: UTF8.self)
        spans.append(HighlightSpan(start..<end, Self.steps.contains(word) ? .step : .keyword))
      } else if (48...57).contains(bytes[start]) {
        spans.append(HighlightSpan(start..<end, .number))
      }
      start = end
    }
    return spans
  }

  func run(_ text: String, mode: RunMode, to sinks: Sinks) -> Outcome {
    if text == "quit" { return Outcome(wantsToQuit: true) }
    if text == "slow" {
      for _ in 0..<500 {
        if sinks.isCancelled() { return Outcome(.interrupted) }
        usleep(10_000)
      }
    }
    if text.contains("cuont") {
      sinks.messages("error: 'cuont' is not a step\n")
      return Outcome(.failed, proposal: text.split(separator: "cuont").joined(separator: "count"))
    }
    if case .script("-c", _) = mode, text == "many" {
      for row in 0..<1_000_000 { sinks.output("row \(row)\n") }
    }
    sinks.output("=> \(text.debugDescription)\n")
    return Outcome()
  }

  func check(_ text: String, named name: String, to sinks: Sinks) -> Outcome { Outcome() }

  func card(of text: String, named name: String) -> String { "\(name)\n" }

  func libraryScript(named name: String) -> String? { nil }

  func runForPipe(
    _ text: String, parameters: [String: PipeValue], isCancelled: @escaping @Sendable () -> Bool
  ) -> PipeOutcome {
    .answer(
      PipeAnswer(columns: [.init("query", .text)], rowCount: 1) { _, _ in .text(text) })
  }
}
