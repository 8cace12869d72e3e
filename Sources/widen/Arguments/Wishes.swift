internal import WidenRemote
internal import WidenShell

/// What was asked for on the command line besides a command, in plain words and numbers.
struct Wishes {
  var sample: Int?
  var isEmpty = false
  /// The address of the database that holds the rows of the tables that the dataset describes.
  var server: String?
  var refusesCache = false
  var refusesConfiguration = false
  var format: String?
  var output: String?
  var colour = "auto"
  var mayOverwrite = false
  var report: String?

  /// The source that these wishes and the named files make.
  func source(_ files: [String]) throws(UsageError) -> ShellOptions.Source {
    if let sample, sample < 1 {
      throw UsageError("--sample takes a number of posts, 1 or more")
    }
    if isEmpty && sample != nil { throw UsageError("--empty and --sample exclude each other") }
    if !files.isEmpty && (isEmpty || sample != nil) {
      let option = isEmpty ? "--empty" : "--sample"
      throw UsageError("\(option) and a dataset exclude each other", hint: "leave one of them out")
    }
    if let server {
      guard isDatabaseAddress(server) else {
        throw UsageError(
          "--source takes the address of a database",
          hint: "such as postgresql://user@host:5432/workforce, or sc://host:15002 for Spark")
      }
      if isEmpty || sample != nil {
        throw UsageError(
          "--source excludes --empty and --sample", hint: "name the folder that describes it")
      }
      if files.isEmpty { return .files([server]) }
    }
    if files.contains("") { throw UsageError("the name of a dataset is empty") }
    if !files.isEmpty { return .files(files) }
    return isEmpty ? .empty : .sample(posts: sample)
  }

  /// The setting that these wishes and the named files make.
  func setting(_ files: [String]) throws(UsageError) -> Invocation.Setting {
    let source = try source(files)
    let known = ResultFormat.allCases.map(\.rawValue).joined(separator: ", ")
    let chosen = try format.map { name throws(UsageError) in
      guard let format = ResultFormat(rawValue: name.lowercased()) else {
        throw UsageError("there is no format '\(name)'", hint: "the formats are \(known)")
      }
      return format
    }
    if let report {
      if output != nil || chosen != nil {
        throw UsageError("--report excludes --output and --format", hint: "leave those out")
      }
      guard let ending = ResultFormat(fileName: report), [.html, .xlsx].contains(ending) else {
        throw UsageError("--report writes .html and .xlsx files", hint: "--report board.html")
      }
    }
    return Invocation.Setting(
      source: source, server: files.isEmpty ? nil : server, format: chosen,
      output: report ?? output, colour: try whenToColour(),
      isReport: report != nil, mayOverwrite: mayOverwrite, usesCache: !refusesCache,
      usesConfiguration: !refusesConfiguration)
  }

  /// When to use colours, if it is one of the known times.
  func whenToColour() throws(UsageError) -> Invocation.Colour {
    guard let wish = Invocation.Colour(rawValue: colour) else {
      throw UsageError("--color does not know '\(colour)'", hint: "it takes auto, always or never")
    }
    return wish
  }
}
