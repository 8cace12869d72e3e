internal import ArgumentParser
internal import WidenShell

/// Which data, besides the names of files.
struct DataOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The sample with that many posts now filled.", valueName: "n"))
  var sample: Int?
  @Flag(help: "No dataset.")
  var empty = false
  @Option(
    help: ArgumentHelp("The database that holds the rows.", valueName: "address"))
  var source: String?
  @Flag(name: .customLong("no-cache"), help: "Reads large files anew, and keeps nothing of them.")
  var noCache = false
  @Flag(name: .customLong("no-config"), help: "Leaves the user's configuration unread.")
  var noConfiguration = false

  /// The source that these options and the named files make.
  func source(_ files: [String]) throws(UsageError) -> ShellOptions.Source {
    try wishes.source(files)
  }

  /// The same in plain words.
  var wishes: Wishes {
    Wishes(
      sample: sample, isEmpty: empty, server: source, refusesCache: noCache,
      refusesConfiguration: noConfiguration)
  }
}

/// When to use colours.
struct ColourOption: ParsableArguments {
  @Option(
    name: [.customLong("color"), .customLong("colour")],
    help: ArgumentHelp("When to use colours.", valueName: "when"),
    completion: .list(Invocation.Colour.allCases.map(\.rawValue)))
  var colour = "auto"

  /// The wish, if it is one of the known.
  func wish() throws(UsageError) -> Invocation.Colour {
    try Wishes(colour: colour).whenToColour()
  }
}

/// How and where results are written.
struct ResultOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The form of results.", valueName: "format"),
    completion: .list(ResultFormat.allCases.map(\.rawValue)))
  var format: String?
  @Option(help: ArgumentHelp("The file for results.", valueName: "file"), completion: .file())
  var output: String?
  @Option(
    help: ArgumentHelp("The file for a page of all results.", valueName: "file"),
    completion: .file())
  var report: String?
  @Flag(name: .customLong("overwrite"), help: "Exports may replace any file.")
  var mayOverwrite = false
  @OptionGroup var colour: ColourOption

  /// The setting that these options, those of the data and the named files make.
  func setting(_ data: DataOptions, _ files: [String]) throws(UsageError) -> Invocation.Setting {
    var wishes = data.wishes
    (wishes.format, wishes.output, wishes.colour) = (format, output, colour.colour)
    (wishes.mayOverwrite, wishes.report) = (mayOverwrite, report)
    return try wishes.setting(files)
  }
}
