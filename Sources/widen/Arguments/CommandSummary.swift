internal import WidenShell

/// The command line described once, for completion scripts and the manual page; a test holds it beside
/// what the argument parser takes.
struct CommandSummary {
  /// What may stand behind an option or a command.
  enum Operand: Hashable {
    case none
    case text(String)
    case choice(String, [String])
    case file(String)
    case folder(String)
    /// A file of the language, or one of the library.
    case script(String)
    case topic(String)

    /// Its name in a synopsis; empty where nothing follows.
    var name: String {
      switch self {
      case .none: ""
      case .text(let name), .choice(let name, _), .file(let name), .folder(let name),
        .script(let name), .topic(let name):
        name
      }
    }
  }

  struct Option {
    let names: [String]
    var operand = Operand.none
    let summary: String
  }

  /// The word behind `widen`; empty for what needs none.
  let name: String
  let operand: Operand
  let summary: String
  let options: [Option]

  static let all: [CommandSummary] = [
    CommandSummary(
      name: "", operand: .file("DATASET …"),
      summary: "the shell; with -c, or a script on standard input, runs and leaves",
      options: [
        Option(names: ["-c"], operand: .text("QUERY"), summary: "run a query and leave")
      ] + result + data + [version, help]),
    CommandSummary(
      name: "run", operand: .script("SCRIPT"), summary: "run a saved script",
      options: [
        Option(names: ["-p"], operand: .text("NAME=VALUE"), summary: "a parameter of the script"),
        dataset,
      ] + result + data + [help]),
    CommandSummary(
      name: "check", operand: .script("SCRIPT …"), summary: "look for mistakes in scripts",
      options: [dataset, colour] + data + [help]),
    CommandSummary(
      name: "format", operand: .script("SCRIPT …"), summary: "lay scripts out, comments kept",
      options: [Option(names: ["--check"], summary: "only name those that would change"), help]),
    CommandSummary(
      name: "init", operand: .folder("FOLDER"), summary: "write the sample as a template",
      options: [sample, help]),
    CommandSummary(
      name: "pipe", operand: .file("DATASET …"), summary: "answer queries from a program, in JSON",
      options: data + [help]),
    CommandSummary(
      name: "rerun", operand: .file("FILE"),
      summary: "make an export again, and tell what moved since and why",
      options: [dataset, colour, cache, help]),
    CommandSummary(
      name: "help", operand: .topic("TOPIC"), summary: "explain a step, a function or a topic",
      options: []),
    CommandSummary(
      name: "completion", operand: .choice("SHELL", CompletionScript.shells),
      summary: "print a completion script for bash, zsh or fish", options: [help]),
    CommandSummary(
      name: "manual", operand: .none, summary: "print the manual page", options: [help]),
  ]

  private static let result = [
    Option(
      names: ["--format"], operand: .choice("FORMAT", ResultFormat.allCases.map(\.rawValue)),
      summary: "the form of results"),
    Option(names: ["--output"], operand: .file("FILE"), summary: "write results to FILE"),
    report, overwrite, colour,
  ]
  private static let report = Option(
    names: ["--report"], operand: .file("FILE"), summary: "write the results as pages of a report")
  private static let overwrite = Option(
    names: ["--overwrite"], summary: "let exports replace files that widen did not write")
  private static let colour = Option(
    names: ["--color", "--colour"],
    operand: .choice("WHEN", Invocation.Colour.allCases.map(\.rawValue)),
    summary: "when to use colours")
  private static let sample = Option(
    names: ["--sample"], operand: .text("N"), summary: "the sample with N posts now filled")
  private static let dataset = Option(
    names: ["--data"], operand: .file("DATASET"), summary: "a folder, a package or a data file")
  private static let data = [
    sample, Option(names: ["--empty"], summary: "no dataset"),
    Option(
      names: ["--source"], operand: .choice("ADDRESS", ["postgresql://", "sc://"]),
      summary: "the database that holds the rows of what DATASET describes"),
    cache,
    Option(names: ["--no-config"], summary: "leave the user's configuration unread"),
  ]
  private static let cache = Option(
    names: ["--no-cache"], summary: "read large files anew, and keep nothing of them")
  private static let version = Option(names: ["--version"], summary: "say which version this is")
  private static let help = Option(names: ["-h", "--help"], summary: "explain the command line")
}
