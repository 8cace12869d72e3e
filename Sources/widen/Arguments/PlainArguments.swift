/// Command lines without a sub-command in which every option is written the usual way.
///
/// The argument parser takes 2 ms for any command line, a third of the time of a short query; nearly
/// all that scripts start are of this kind. Whatever else there is, mistakes too, is the parser's.
struct PlainArguments {
  private(set) var wishes = Wishes()
  private(set) var queries: [String] = []
  private(set) var files: [String] = []

  /// What the arguments ask for; nil when it takes the argument parser to tell.
  init?(_ arguments: [String]) {
    if arguments.contains("--") { return nil }
    var seen: Set<String> = []
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      switch argument {
      case "-c":
        guard let query = rest.popFirst() else { return nil }
        queries.append(query)
        continue
      case "--empty": wishes.isEmpty = true
      case "--overwrite": wishes.mayOverwrite = true
      case "--no-cache": wishes.refusesCache = true
      case "--no-config": wishes.refusesConfiguration = true
      case "--sample":
        guard let value = PlainArguments.value(&rest), let posts = Int(value) else { return nil }
        wishes.sample = posts
      case "--source":
        guard let value = PlainArguments.value(&rest) else { return nil }
        wishes.server = value
      case "--format":
        guard let value = PlainArguments.value(&rest) else { return nil }
        wishes.format = value
      case "--output":
        guard let value = PlainArguments.value(&rest) else { return nil }
        wishes.output = value
      case "--color":
        guard let value = PlainArguments.value(&rest) else { return nil }
        wishes.colour = value
      default:
        if argument.isEmpty || argument.hasPrefix("-") { return nil }
        if PlainArguments.commands.contains(argument) { return nil }
        files.append(argument)
        continue
      }
      guard seen.insert(argument).inserted else { return nil }
    }
  }

  /// What they mean.
  func invocation() throws(UsageError) -> Invocation {
    let setting = try wishes.setting(files)
    return queries.isEmpty ? .shell(setting) : .queries(queries, setting)
  }

  /// Words that the argument parser may take for a sub-command.
  private static let commands: Set = [
    "open-shell", "run", "check", "format", "init", "pipe", "rerun", "help", "completion", "manual",
    "widen",
  ]

  /// The value behind an option, when it can be nothing else.
  private static func value(_ rest: inout ArraySlice<String>) -> String? {
    guard let first = rest.first, !first.isEmpty, !first.hasPrefix("-"), !commands.contains(first)
    else { return nil }
    return rest.popFirst()
  }
}
