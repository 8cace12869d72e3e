internal import ArgumentParser
internal import WidenShell

/// A sub-command that says what it asks for.
protocol Invoking {
  func invocation() throws -> Invocation
}

/// The program's command line; what it means is in `Invocation`.
struct Widen: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "widen",
    abstract: "A shell for questions about workforce data.",
    subcommands: [
      Open.self, Run.self, Check.self, Format.self, Init.self, Pipe.self, Rerun.self,
      Help.self,
      Completion.self, Manual.self,
    ],
    defaultSubcommand: Open.self,
    // Help is written by hand: `widen run SCRIPT --help` is the script's own.
    helpNames: [])

  /// Everything without a sub-command: the shell, `-c`, and a script on standard input.
  struct Open: ParsableCommand, Invoking {
    static let configuration = CommandConfiguration(commandName: "open-shell", shouldDisplay: false)

    @Option(
      name: .customShort("c"), parsing: .unconditionalSingleValue,
      help: ArgumentHelp("Runs a query and leaves.", valueName: "query"))
    var queries: [String] = []
    @OptionGroup var data: DataOptions
    @OptionGroup var result: ResultOptions
    @Flag(name: [.customShort("h"), .long], help: "Explains the command line.") var help = false
    @Flag(help: "Says which version this is.") var version = false
    @Argument(completion: .file()) var datasets: [String] = []

    func invocation() throws -> Invocation {
      if help { return .text(HelpText.program) }
      if version { return .text("widen \(Version.number)\n") }
      let setting = try result.setting(data, datasets)
      return queries.isEmpty ? .shell(setting) : .queries(queries, setting)
    }
  }

  /// A saved script.
  struct Run: ParsableCommand, Invoking {
    static let configuration = CommandConfiguration(abstract: "Runs a saved script.")

    @Option(
      name: .customShort("p"), parsing: .unconditionalSingleValue,
      help: ArgumentHelp("A parameter of the script.", valueName: "name=value"))
    var parameters: [String] = []
    @Option(
      name: .customLong("data"), help: ArgumentHelp("A dataset.", valueName: "dataset"),
      completion: .file())
    var datasets: [String] = []
    @OptionGroup var data: DataOptions
    @OptionGroup var result: ResultOptions
    @Flag(name: [.customShort("h"), .long], help: "Explains the command line.") var help = false
    @Argument(completion: .file(extensions: ["widen"])) var script: String?

    func invocation() throws -> Invocation {
      guard let script else {
        if help { return .text(HelpText.run) }
        throw UsageError("a script is due", hint: "widen run SCRIPT")
      }
      let setting = try result.setting(data, datasets)
      if help { return .card(script, setting) }
      let given = try parameters.map { text throws(UsageError) in
        guard let sign = text.firstIndex(of: "="), sign > text.startIndex else {
          throw UsageError("'\(text)' is no parameter", hint: "-p name=value")
        }
        return ParameterText(
          name: String(text[..<sign]), value: String(text[text.index(after: sign)...]))
      }
      return .script(script, parameters: given, setting)
    }
  }

  /// Scripts that are only looked at.
  struct Check: ParsableCommand, Invoking {
    static let configuration = CommandConfiguration(
      abstract: "Checks scripts without running them.")

    @Option(
      name: .customLong("data"), help: ArgumentHelp("A dataset.", valueName: "dataset"),
      completion: .file())
    var datasets: [String] = []
    @OptionGroup var data: DataOptions
    @OptionGroup var colour: ColourOption
    @Flag(name: [.customShort("h"), .long], help: "Explains the command line.") var help = false
    @Argument(completion: .file(extensions: ["widen"])) var scripts: [String] = []

    func invocation() throws -> Invocation {
      if help { return .text(HelpText.check) }
      if scripts.isEmpty { throw UsageError("a script is due", hint: "widen check SCRIPT …") }
      return .check(
        scripts,
        Invocation.Setting(
          source: try data.source(datasets), colour: try colour.wish(), usesCache: !data.noCache))
    }
  }

  /// Scripts in their one layout.
  struct Format: ParsableCommand, Invoking {
    static let configuration = CommandConfiguration(
      abstract: "Lays scripts out, comments kept.")

    @Flag(name: .customLong("check"), help: "Only names those that it would change.")
    var isCheck = false
    @Flag(name: [.customShort("h"), .long], help: "Explains the command line.") var help = false
    @Argument(completion: .file(extensions: ["widen"])) var scripts: [String] = []

    func invocation() throws -> Invocation {
      if help { return .text(HelpText.format) }
      if scripts.isEmpty { throw UsageError("a script is due", hint: "widen format SCRIPT …") }
      return .format(scripts, isCheck: isCheck)
    }
  }

  /// The sample as a folder.
  struct Init: ParsableCommand, Invoking {
    static let configuration = CommandConfiguration(
      abstract: "Writes the sample as a template for a dataset of one's own.")

    @Option var sample: Int?
    @Flag(name: [.customShort("h"), .long]) var help = false
    @Argument(completion: .directory) var folder: String?

    func invocation() throws -> Invocation {
      if help { return .text(HelpText.initialise) }
      guard let folder else { throw UsageError("a folder is due", hint: "widen init FOLDER") }
      if let sample, sample < 1 {
        throw UsageError("--sample takes a number of posts, 1 or more")
      }
      return .initialise(folder, posts: sample)
    }
  }

  /// Requests and answers for programs.
  struct Pipe: ParsableCommand, Invoking {
    static let configuration = CommandConfiguration(
      abstract: "Answers queries from a program, one a line, in JSON.")

    @OptionGroup var data: DataOptions
    @Flag(name: [.customShort("h"), .long], help: "Explains the command line.") var help = false
    @Argument(completion: .file()) var datasets: [String] = []

    func invocation() throws -> Invocation {
      if help { return .text(HelpText.pipe) }
      return .pipe(
        Invocation.Setting(
          source: try data.source(datasets), colour: .never, usesCache: !data.noCache))
    }
  }

  /// An export that is made again.
  struct Rerun: ParsableCommand, Invoking {
    static let configuration = CommandConfiguration(
      abstract: "Makes an export again and tells what moved.")

    @Option(
      name: .customLong("data"), help: ArgumentHelp("A dataset.", valueName: "dataset"),
      completion: .file())
    var datasets: [String] = []
    @OptionGroup var colour: ColourOption
    @Flag(name: .customLong("no-cache"), help: "Reads large files anew, and keeps nothing of them.")
    var noCache = false
    @Flag(name: [.customShort("h"), .long], help: "Explains the command line.") var help = false
    @Argument(completion: .file()) var file: String?

    func invocation() throws -> Invocation {
      if help { return .text(HelpText.rerun) }
      guard let file, !file.isEmpty else {
        throw UsageError("an export is due", hint: "widen rerun FILE")
      }
      let source = datasets.isEmpty ? .empty : try Wishes().source(datasets)
      return .rerun(
        file, Invocation.Setting(source: source, colour: try colour.wish(), usesCache: !noCache))
    }
  }

  /// The language's own help.
  struct Help: ParsableCommand, Invoking {
    static let configuration = CommandConfiguration(
      commandName: "help", abstract: "Explains a step, a function or a topic.")

    @Argument var words: [String] = []

    func invocation() throws -> Invocation {
      words.isEmpty ? .text(HelpText.program) : .topic(words.joined(separator: " "))
    }
  }

  /// Completion of the command line.
  struct Completion: ParsableCommand, Invoking {
    static let configuration = CommandConfiguration(
      commandName: "completion", abstract: "Prints a completion script for bash, zsh or fish.")

    @Flag(name: [.customShort("h"), .long], help: "Explains the command line.") var help = false
    @Argument var shell: String?

    func invocation() throws -> Invocation {
      if help { return .text(HelpText.completion) }
      let known = CompletionScript.shells.joined(separator: "|")
      guard let shell else { throw UsageError("a shell is due", hint: "widen completion \(known)") }
      guard let text = CompletionScript.text(for: shell) else {
        throw UsageError("there is no completion for '\(shell)'", hint: "widen completion \(known)")
      }
      return .text(text)
    }
  }

  /// The manual page, as `man` reads it.
  struct Manual: ParsableCommand, Invoking {
    static let configuration = CommandConfiguration(
      commandName: "manual", abstract: "Prints the manual page.")

    @Flag(name: [.customShort("h"), .long], help: "Explains the command line.") var help = false

    func invocation() throws -> Invocation {
      .text(help ? HelpText.manual : ManualPage.text)
    }
  }
}
