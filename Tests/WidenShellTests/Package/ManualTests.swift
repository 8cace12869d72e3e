import Testing
import WidenLanguage
import WidenShell

@testable import widen

/// The manual page and the completion scripts say what the program takes.
struct ManualTests {
  @Test func thePageHasEveryWord() {
    let page = ManualPage.text.replacing(#"\-"#, with: "-")
    let words =
      stepRecords.filter(\.isAvailable).map(\.word)
      + statementRecords.filter(\.isAvailable).map(\.word)
      + aggregateRecords.map(\.word)
    for word in words { #expect(page.contains(".B \"\(word)"), "\(word)") }
    for function in Function.allCases { #expect(page.contains(".B \"\(function.rawValue)(")) }
    for setting in Vocabulary.settings { #expect(page.contains(".B \"set \(setting.name)")) }
    for script in Vocabulary.libraryScripts {
      #expect(page.contains("widen run \(script.name)\""))
    }
  }

  @Test func manReadsThePage() throws {
    let result = try #require(
      Executable.run(
        "widen manual | man --warnings -E UTF-8 -l -Tutf8 - >page; head -3 page; rm page"))
    if result.messages.contains("command not found") {
      print("the manual page is not read: there is no man")
      return
    }
    #expect(result.messages == "")
    #expect(result.output.contains("WIDEN(1)"))
  }

  /// The argument parser's own script lists what each command takes.
  @Test func theSummaryIsTheCommandLine() throws {
    let parsed = try #require(Executable.run("widen --generate-completion-script bash")).output
    for command in CommandSummary.all where !command.name.isEmpty {
      let name = "_widen_\(command.name)() {"
      guard let start = parsed.firstRange(of: name) else {
        Issue.record("the parser knows no command '\(command.name)'")
        continue
      }
      let body = parsed[start.upperBound...].prefix { $0 != "}" }
      var known: Set<String> = []
      for line in body.split(separator: "\n")
      where line.contains("_flags=(") || line.contains("_options=(") {
        let list = line.split(separator: "(").last?.split(separator: ")").first ?? ""
        known.formUnion(list.split(separator: " ").map(String.init))
      }
      #expect(known == Set(command.options.flatMap(\.names)), "\(command.name)")
    }
    let functions = parsed.split(separator: "\n").compactMap { line in
      line.hasPrefix("_widen_") && line.hasSuffix("() {")
        ? String(line.dropFirst(7).dropLast(4)) : nil
    }
    #expect(Set(functions) == Set(CommandSummary.all.map(\.name)).subtracting([""]))
    // The parser hides the command that has no name.
    for option in CommandSummary.all.filter({ $0.name.isEmpty }).flatMap(\.options) {
      for name in option.names {
        var arguments = [name]
        switch option.operand {
        case .none: break
        case .choice(_, let values): arguments.append(values[0])
        case .file: arguments.append("1.html")
        case .text, .folder, .script, .topic: arguments.append("1")
        }
        #expect(throws: Never.self, "\(name)") { try Invocation(parsing: arguments) }
      }
    }
  }

  @Test func bashCompletes() throws {
    func complete(_ words: String) throws -> [Substring] {
      let result = try #require(
        Executable.run(
          """
          source <(widen completion bash)
          touch mine.widen other.txt; mkdir folder
          set -- \(words)
          COMP_WORDS=(widen "$@"); COMP_CWORD=$#; _widen; printf '%s\\n' "${COMPREPLY[@]}"
          rm -r mine.widen other.txt folder
          """))
      #expect(result.status == 0 && result.messages == "", "\(result)")
      return result.output.split(separator: "\n")
    }
    #expect(try complete("form") == ["format"])
    #expect(try complete("--form") == ["--format"])
    #expect(try complete("--format m") == ["markdown"])
    #expect(try complete("run --da") == ["--data"])
    #expect(try complete("run wres_2") == ["wres_2", "wres_2_publishable"])
    #expect(try complete("check m") == ["moved_on", "mine.widen"])
    #expect(try complete("init f") == ["folder"])
    #expect(try complete("o").contains("other.txt"))
    #expect(try complete("help standar") == ["standardise"])
    #expect(try complete("completion z") == ["zsh"])
  }
}
