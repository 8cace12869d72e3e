internal import ArgumentParser
internal import WidenShell

/// What the command line asks for.
enum Invocation: Hashable, Sendable {
  /// The shell at a terminal, or the script on standard input.
  case shell(Setting)
  /// `-c`.
  case queries([String], Setting)
  case script(String, parameters: [ParameterText], Setting)
  /// The help of a script.
  case card(String, Setting)
  case check([String], Setting)
  /// `widen format SCRIPT …`; a check writes nothing.
  case format([String], isCheck: Bool)
  case pipe(Setting)
  /// `widen rerun FILE`; the data are those of the export when none are named.
  case rerun(String, Setting)
  /// `widen init FOLDER`.
  case initialise(String, posts: Int?)
  /// `widen help TOPIC`.
  case topic(String)
  /// A text for standard output: help, the version, a completion script.
  case text(String)

  /// What surrounds the work: data, result, colours.
  struct Setting: Hashable, Sendable {
    var source: ShellOptions.Source = .sample(posts: nil)
    /// The database that holds the rows of what the source describes; nil: files beside it do.
    var server: String?
    /// Nil: what the ending of the file asks for, else a table.
    var format: ResultFormat?
    /// The file for results; nil for standard output.
    var output: String?
    var colour: Colour = .auto
    /// Whether the results become one page, or one workbook.
    var isReport = false
    /// Whether exports may replace files that widen did not write.
    var mayOverwrite = false
    /// Whether large files are kept as they were read.
    var usesCache = true
    /// Whether a shell at a terminal runs the user's configuration first.
    var usesConfiguration = true
  }

  /// When to use colours.
  enum Colour: String, Hashable, Sendable, CaseIterable {
    /// At a terminal that can show them, unless `NO_COLOR` is set.
    case auto
    case always
    case never
  }

  /// Reads the arguments behind the program's name.
  init(_ arguments: [String]) throws(UsageError) {
    if let plain = PlainArguments(arguments) {
      self = try plain.invocation()
    } else {
      try self.init(parsing: arguments)
    }
  }

  /// Reads the arguments with the argument parser.
  init(parsing arguments: [String]) throws(UsageError) {
    do {
      var command = try Widen.parseAsRoot(arguments)
      guard let invoking = command as? any Invoking else {
        // Something that the parser made by itself: it prints when it is run.
        try command.run()
        self = .text("")
        return
      }
      self = try invoking.invocation()
    } catch let error as UsageError {
      throw error
    } catch  where Widen.exitCode(for: error).isSuccess {
      self = .text(Widen.fullMessage(for: error))
    } catch {
      throw UsageError(Widen.message(for: error))
    }
  }
}

/// The program was called wrongly.
struct UsageError: Error, Hashable {
  /// Third person, lower case, no full stop.
  var message: String
  var hint: String?

  init(_ message: String, hint: String? = nil) {
    var text = message[...]
    // The argument parser writes sentences; ours start small and end bare.
    if text.last == "." { text.removeLast() }
    self.message = text.prefix(1).lowercased() + text.dropFirst()
    self.hint = hint
  }
}
