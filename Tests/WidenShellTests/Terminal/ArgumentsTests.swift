import Testing
import WidenShell

@testable import widen

struct ArgumentsTests {
  private func check(
    _ arguments: String, _ expected: Invocation, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let read = try? Invocation(arguments.split(separator: " ").map(String.init))
    #expect(read == expected, sourceLocation: sourceLocation)
  }

  private func check(
    refuses arguments: String, _ message: String, hint: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(throws: UsageError(message, hint: hint), sourceLocation: sourceLocation) {
      try Invocation(arguments.split(separator: " ").map(String.init))
    }
  }

  @Test func readsDatasets() {
    check("", .shell(.init()))
    check("a.csv b.csv", .shell(.init(source: .files(["a.csv", "b.csv"]))))
    check("--sample 20000", .shell(.init(source: .sample(posts: 20000))))
    check("--empty", .shell(.init(source: .empty)))
    check("-- run", .shell(.init(source: .files(["run"]))))
  }

  @Test func readsQueries() {
    check("-c q", .queries(["q"], .init()))
    check("data -c --help -c r", .queries(["--help", "r"], .init(source: .files(["data"]))))
    check(
      "-c q --format CSV --output o.json --color never",
      .queries(["q"], .init(format: .csv, output: "o.json", colour: .never)))
    check("--colour always", .shell(.init(colour: .always)))
  }

  @Test func readsScripts() {
    check("run s.widen", .script("s.widen", parameters: [], .init()))
    check(
      "run wres2 -p org=RX1 -p note=a=b --data d",
      .script(
        "wres2",
        parameters: [.init(name: "org", value: "RX1"), .init(name: "note", value: "a=b")],
        .init(source: .files(["d"]))))
    check("run wres2 --help", .card("wres2", .init()))
    check("run wres2 -h", .card("wres2", .init()))
    check("run --help", .text(HelpText.run))
    check("check a b", .check(["a", "b"], .init()))
  }

  @Test func readsTheRest() {
    check("pipe d", .pipe(.init(source: .files(["d"]), colour: .never)))
    check("pipe --empty", .pipe(.init(source: .empty, colour: .never)))
    check("help group by", .topic("group by"))
    check("help", .text(HelpText.program))
    check("--help", .text(HelpText.program))
    check("-h", .text(HelpText.program))
    check("pipe -h", .text(HelpText.pipe))
    check("check --help", .text(HelpText.check))
    check("--version", .text("widen \(Version.number)\n"))
  }

  @Test func refusesMisuse() {
    check(refuses: "--bogus", "unknown option '--bogus'")
    check(refuses: "-c", "missing value for '-c <query>'")
    check(refuses: "--sample 0", "--sample takes a number of posts, 1 or more")
    check(refuses: "--empty --sample 5", "--empty and --sample exclude each other")
    check(
      refuses: "--empty a.csv", "--empty and a dataset exclude each other",
      hint: "leave one of them out")
    check(
      refuses: "--format xls", "there is no format 'xls'",
      hint:
        "the formats are table, csv, tsv, json, ndjson, markdown, html, xlsx, parquet, sqlite, svg")
    check(
      refuses: "--color sometimes", "--color does not know 'sometimes'",
      hint: "it takes auto, always or never")
    check(
      refuses: "run s --report a.csv", "--report writes .html and .xlsx files",
      hint: "--report board.html")
    check(
      refuses: "run s --report a.html --output b", "--report excludes --output and --format",
      hint: "leave those out")
    check(refuses: "run", "a script is due", hint: "widen run SCRIPT")
    check(refuses: "run s -p org", "'org' is no parameter", hint: "-p name=value")
    check(refuses: "check", "a script is due", hint: "widen check SCRIPT …")
  }

  @Test(arguments: ["bash", "zsh", "fish"]) func writesCompletionScripts(shell: String) throws {
    guard case .text(let script) = try Invocation(["--generate-completion-script", shell]) else {
      Issue.record("no text")
      return
    }
    #expect(script.contains("pipe") && script.contains("check"))
  }

  @Test func choosesTheFormatByTheFile() {
    let surroundings = Surroundings(
      inputIsTerminal: true, outputIsTerminal: true, messagesAreOnTerminal: true,
      environment: { _ in nil })
    func format(_ setting: Invocation.Setting) -> ResultFormat {
      surroundings.options(setting, isInteractive: false).format
    }
    #expect(format(.init()) == .table)
    #expect(format(.init(output: "a/B.CSV")) == .csv)
    #expect(format(.init(format: .json, output: "a.csv")) == .json)
    #expect(format(.init(output: "plain")) == .table)
  }

  @Test func colourFollowsTheEnvironment() {
    func hasColours(_ wish: Invocation.Colour, _ environment: [String: String]) -> Bool {
      let surroundings = Surroundings(
        inputIsTerminal: true, outputIsTerminal: true, messagesAreOnTerminal: true,
        environment: { environment[$0] })
      return surroundings.hasColours(wish, terminal: true)
    }
    #expect(hasColours(.auto, ["TERM": "xterm"]))
    #expect(!hasColours(.auto, ["NO_COLOR": "1"]))
    #expect(hasColours(.auto, ["NO_COLOR": ""]))
    #expect(!hasColours(.auto, ["TERM": "dumb"]))
    #expect(!hasColours(.never, ["TERM": "xterm"]))
    #expect(hasColours(.always, ["NO_COLOR": "1"]))
  }

  @Test func readsScriptsAsPlainText() throws {
    #expect(try TextFile.decoded(Array("\u{FEFF}a\r\nb\rc\n".utf8), called: "s") == "a\nb\nc\n")
    #expect(throws: UsageError("s is not UTF-8 text", hint: "save it as UTF-8")) {
      try TextFile.decoded([0xFF], called: "s")
    }
  }
}
