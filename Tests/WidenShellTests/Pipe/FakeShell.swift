import WidenLanguage
import WidenShell

/// A shell that answers what a test tells it to, and keeps what it was asked.
final class FakeShell: Shell {
  let greeting = "hello"
  let prompt = "widen› "
  let historyName = "fake"
  var history: History?
  var asked: [(query: String, parameters: [String: PipeValue])] = []
  var answers: (String) -> PipeOutcome = { _ in .answer(PipeAnswer()) }

  func withoutIdentifiers(_ text: String) -> String { text }
  func awaited(_ text: String) -> String? { nil }
  func isComplete(_ text: String) -> Bool { !text.hasSuffix("|") }
  func completions(_ text: String, at byteOffset: Int) -> Completions {
    Completions(start: byteOffset, candidates: [])
  }
  func highlight(_ text: String, cursor: Int) -> [HighlightSpan] { [] }
  func following(_ text: String, at byteOffset: Int) -> String? { nil }
  func countedPart(of text: String) -> String? { nil }
  func hint(_ part: String, isAbandoned: @escaping @Sendable () -> Bool) -> String? { nil }
  let theme = ShellTheme.auto
  func run(_ text: String, mode: RunMode, to sinks: Sinks) -> Outcome { Outcome() }
  func check(_ text: String, named name: String, to sinks: Sinks) -> Outcome { Outcome() }
  func card(of text: String, named name: String) -> String { text }
  func libraryScript(named name: String) -> String? { nil }

  func runForPipe(
    _ text: String, parameters: [String: PipeValue], isCancelled: @escaping @Sendable () -> Bool
  ) -> PipeOutcome {
    asked.append((text, parameters))
    return answers(text)
  }
}
