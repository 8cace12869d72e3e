internal import ArgumentParser
internal import WidenShell

/// Which data, besides the names of files.
struct DataOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The sample with that many posts now filled.", valueName: "n"))
  var sample: Int?
  @Flag(help: "No dataset.")
  var empty = false
  @Flag(name: .customLong("no-cache"), help: "Reads large files anew, and keeps nothing of them.")
  var noCache = false

  /// The source that these options and the named files make.
  func source(_ files: [String]) throws(UsageError) -> ShellOptions.Source {
    if let sample, sample < 1 {
      throw UsageError("--sample takes a number of posts, 1 or more")
    }
    if empty && sample != nil { throw UsageError("--empty and --sample exclude each other") }
    if !files.isEmpty && (empty || sample != nil) {
      let option = empty ? "--empty" : "--sample"
      throw UsageError("\(option) and a dataset exclude each other", hint: "leave one of them out")
    }
    if files.contains("") { throw UsageError("the name of a dataset is empty") }
    if !files.isEmpty { return .files(files) }
    return empty ? .empty : .sample(posts: sample)
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
    guard let wish = Invocation.Colour(rawValue: colour) else {
      throw UsageError("--color does not know '\(colour)'", hint: "it takes auto, always or never")
    }
    return wish
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
  @OptionGroup var colour: ColourOption

  /// The setting that these options, those of the data and the named files make.
  func setting(_ data: DataOptions, _ files: [String]) throws(UsageError) -> Invocation.Setting {
    let source = try data.source(files)
    let known = ResultFormat.allCases.map(\.rawValue).joined(separator: ", ")
    let chosen = try format.map { name throws(UsageError) in
      guard let format = ResultFormat(rawValue: name.lowercased()) else {
        throw UsageError("there is no format '\(name)'", hint: "the formats are \(known)")
      }
      return format
    }
    if let output, chosen == nil, output.lowercased().hasSuffix(".xlsx") {
      throw UsageError(
        "--output does not write workbooks", hint: "end the query with | export to \"\(output)\"")
    }
    return Invocation.Setting(
      source: source, format: chosen, output: output, colour: try colour.wish(),
      usesCache: !data.noCache)
  }
}
