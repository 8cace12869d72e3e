internal import Glibc
internal import WidenShell

/// What the program finds around it: its streams and the environment.
struct Surroundings: Sendable {
  var inputIsTerminal = isatty(STDIN_FILENO) != 0
  var outputIsTerminal = isatty(STDOUT_FILENO) != 0
  var messagesAreOnTerminal = isatty(STDERR_FILENO) != 0
  var environment: @Sendable (String) -> String? = { name in
    getenv(name).map { String(cString: $0) }
  }

  /// Whether a user types queries here; readline draws on both streams.
  var isInteractive: Bool { inputIsTerminal && outputIsTerminal }

  /// Whether colours may go to a stream; not by themselves where a program asks the questions.
  func hasColours(_ wish: Invocation.Colour, terminal: Bool) -> Bool {
    switch wish {
    case .always: return true
    case .never: return false
    case .auto:
      let isRefused = environment("NO_COLOR").map { !$0.isEmpty } ?? false
      return terminal && inputIsTerminal && !isRefused && environment("TERM") != "dumb"
    }
  }

  /// What a session is opened with for this setting.
  func options(_ setting: Invocation.Setting, isInteractive: Bool) -> ShellOptions {
    let isOnTerminal = outputIsTerminal && setting.output == nil
    var options = ShellOptions(
      source: setting.source,
      format: format(setting),
      isInteractive: isInteractive,
      colourInOutput: setting.output == nil
        && hasColours(setting.colour, terminal: outputIsTerminal),
      colourInMessages: hasColours(setting.colour, terminal: messagesAreOnTerminal),
      isAccessible: environment("ACCESSIBLE").map { !$0.isEmpty } ?? false,
      width: { isOnTerminal ? Surroundings.terminalWidth() : nil })
    if isInteractive { options.height = { Surroundings.terminalHeight() } }
    options.server = setting.server
    options.isReport = setting.isReport
    options.mayOverwrite = setting.mayOverwrite
    options.stateFolder = stateFolder
    options.keepsRecords = setting.output != nil
    if setting.usesCache {
      options.cacheFolder = cacheFolder
      options.build = Version.number
    }
    return options
  }

  /// The form of results: as asked for, as the ending of their file says, else a table.
  func format(_ setting: Invocation.Setting) -> ResultFormat {
    setting.format ?? setting.output.flatMap { ResultFormat(fileName: $0) } ?? .table
  }

  /// Where what was released is remembered; nil when there is no home.
  var stateFolder: String? {
    if let folder = environment("XDG_STATE_HOME"), folder.hasPrefix("/") {
      return folder + "/widen"
    }
    guard let home = environment("HOME"), home.hasPrefix("/") else { return nil }
    return home + "/.local/state/widen"
  }

  /// Where large files are kept as they were read; nil when there is no home, or nobody wants it.
  var cacheFolder: String? {
    if let refusal = environment("WIDEN_NO_CACHE"), !refusal.isEmpty { return nil }
    // Only paths from the root count, as the XDG rules ask.
    if let folder = environment("XDG_CACHE_HOME"), folder.hasPrefix("/") {
      return folder + "/widen"
    }
    guard let home = environment("HOME"), home.hasPrefix("/") else { return nil }
    return home + "/.cache/widen"
  }

  /// The user's own settings, definitions and names; nil when there is no home.
  var configurationFile: String? {
    if let folder = environment("XDG_CONFIG_HOME"), folder.hasPrefix("/") {
      return folder + "/widen/config.widen"
    }
    guard let home = environment("HOME"), home.hasPrefix("/") else { return nil }
    return home + "/.config/widen/config.widen"
  }

  /// The columns of the terminal on standard output, 80 when it does not say.
  static func terminalWidth() -> Int {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// The lines of the terminal on standard output; nil when it does not say.
  static func terminalHeight() -> Int? {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0 else { return nil }
    return Int(size.ws_row)
  }
}
