public import ArgumentParser
public import WidenShell

/// Which data, besides the names of files.
struct DataOptions: ParsableArguments {
  @Option var sample: Int?
  @Flag var empty = false

  /// The source that these options and the named files make.
  func source(_ files: [String]) throws(UsageError) -> ShellOptions.Source {
    if let sample, sample < 1 {
      throw UsageError("--sample takes a number of people, 1 or more")
    }
    if empty && sample != nil { throw UsageError("--empty and --sample exclude each other") }
    if !files.isEmpty && (empty || sample != nil) {
      let option = empty ? "--empty" : "--sample"
      throw UsageError("\(option) and a dataset exclude each other", hint: "leave one of them out")
    }
    if files.contains("") {
      throw UsageError("the name of a dataset is empty")
    }
    if !files.isEmpty { return .files(files) }
    return empty ? .empty : .sample(people: sample)
  }
}

/// When to use colours.
struct ColourOption: ParsableArguments {
  @Option(name: [.customLong("color"), .customLong("colour")]) var color: Invocation.Colour = .auto
}

/// How and where results are written.
struct ResultOptions: ParsableArguments {
  @Option var format: ResultFormat?
  @Option(completion: .file()) var output: String?
  @OptionGroup var colour: ColourOption

  /// The setting that these options and a source make.
  func setting(source: ShellOptions.Source) throws(UsageError) -> Invocation.Setting {
    if let output, format == nil, output.lowercased().hasSuffix(".xlsx") {
      throw UsageError(
        "--output does not write workbooks", hint: "end the query with | export to \"\(output)\"")
    }
    return Invocation.Setting(
      source: source, format: format, output: output, colour: colour.color)
  }
}

extension ResultFormat: ExpressibleByArgument {}
extension Invocation.Colour: ExpressibleByArgument {}
