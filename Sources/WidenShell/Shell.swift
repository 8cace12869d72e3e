public import WidenPublish

/// What the terminal, a script and the pipe ask of a session.
///
/// A shell is used from one thread. It writes nowhere itself: all that it has to say goes to the
/// sinks it is given, so that the same session serves a terminal, a file and a test.
public protocol Shell: AnyObject {
  /// The lines that greet a user at a terminal.
  var greeting: String { get }

  /// What stands before the text a user types, without colours: `widen› `.
  var prompt: String { get }

  /// The name of the dataset, which names the history file.
  var historyName: String { get }

  /// What was typed so far; nil where no history is kept.
  var history: History? { get set }

  /// A text with the values replaced that tell who somebody is, as the history keeps it.
  func withoutIdentifiers(_ text: String) -> String

  /// Whether Return runs the text; while it does not, Return starts a new line.
  func isComplete(_ text: String) -> Bool

  /// What a text that is not complete still needs, in one line; nil where its last sign says so.
  func awaited(_ text: String) -> String?

  /// What may stand at a place of the text.
  func completions(_ text: String, at byteOffset: Int) -> Completions

  /// The parts of the text to colour: in order, without overlap, inside the text.
  ///
  /// What may still become right at the cursor, a byte of the text, is not marked as wrong.
  func highlight(_ text: String, cursor: Int) -> [HighlightSpan]

  /// A page on what may follow the text up to this byte; nil where `?` is a sign like any other,
  /// inside a text or a comment.
  func following(_ text: String, at byteOffset: Int) -> String?

  /// The whole steps of a query being typed, as text; nil when there is nothing to count.
  func countedPart(of text: String) -> String?

  /// How many rows each step of a counted part keeps; nil when that takes too long, is not known, or
  /// is not to be told.
  func hint(_ part: String, isAbandoned: @escaping @Sendable () -> Bool) -> String?

  /// The colours that were set.
  var theme: ShellTheme { get }

  /// Runs all statements of a text in order, as far as the first error.
  func run(_ text: String, mode: RunMode, to sinks: Sinks) -> Outcome

  /// Writes the results that wait for their end, such as the sheets of a workbook.
  func finish(to sinks: Sinks) -> Outcome

  /// What the manifest of the program's output file says of the results in it, so far.
  var records: [ResultRecord] { get }

  /// Runs the queries of an export again, and tells what moved since it was written, and why.
  func rerun(_ export: RecordedExport, to sinks: Sinks) -> Outcome

  /// Parses and binds a script without running it.
  func check(_ text: String, named name: String, to sinks: Sinks) -> Outcome

  /// The help of a script: its `##` lines and its parameters with their allowed values.
  func card(of text: String, named name: String) -> String

  /// The text of a script that is installed with the program.
  func libraryScript(named name: String) -> String?

  /// Runs a text and hands over the last result as values, once it is held as a table.
  func runForPipe(
    _ text: String, parameters: [String: PipeValue], isCancelled: @escaping @Sendable () -> Bool
  ) -> PipeOutcome
}

/// Under which rules a text is run.
public enum RunMode: Hashable, Sendable {
  /// Typed at a terminal.
  case terminal
  /// A script, `-c` or standard input. Its messages name the place as `name:LINE:COLUMN`.
  case script(name: String, parameters: [ParameterText])
  /// The user's own settings at the start, from the file of this name: they lower no protection.
  case configuration(name: String)
}

/// A parameter as it was given on the command line: `-p org=RX1`.
public struct ParameterText: Hashable, Sendable {
  /// The name before `=`.
  public var name: String
  /// As typed; its type comes from the script's `param`.
  public var value: String

  /// This value for this name.
  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// Where a run writes, and how it is stopped.
public struct Sinks {
  /// Takes results, as they come.
  public var output: (String) -> Void
  /// Takes results that are no text; nil where only text can go.
  public var bytes: (([UInt8]) -> Void)?
  /// Takes everything else, rendered: warnings, notes, errors, progress.
  public var messages: (String) -> Void
  /// Asked often during long work; true stops it with `RunStatus.interrupted`.
  public var isCancelled: @Sendable () -> Bool
  /// Asks the user for one line; nil where nobody can be asked.
  ///
  /// An answer of nil: none was given.
  public var ask: ((_ question: String) -> String?)?
  /// Takes results that may be longer than the screen; nil where nothing can show them page by page.
  ///
  /// `linesAfter` is how many lines are likely to follow and should stand on the same screen.
  public var page: ((_ text: String, _ linesAfter: Int) -> Void)?

  /// Sinks that nobody stops and where nobody is asked, unless said otherwise.
  public init(
    output: @escaping (String) -> Void, messages: @escaping (String) -> Void,
    isCancelled: @escaping @Sendable () -> Bool = { false },
    ask: ((_ question: String) -> String?)? = nil,
    page: ((_ text: String, _ linesAfter: Int) -> Void)? = nil
  ) {
    self.output = output
    self.messages = messages
    self.isCancelled = isCancelled
    self.ask = ask
    self.page = page
    bytes = nil
  }
}

/// What the program tells its caller when it ends.
public enum RunStatus: Int32, Hashable, Sendable {
  case done = 0
  /// A query or the data was wrong.
  case failed = 1
  /// The program was called wrongly.
  case usage = 2
  /// Disclosure control withheld the result.
  case refused = 3
  /// The user stopped it. Who runs the session says `cancelled`, not the session.
  case interrupted = 130
}

/// How a run ended.
public struct Outcome: Hashable, Sendable {
  /// What the program ends with, if it ends now.
  public var status: RunStatus
  /// A repaired text for the next prompt, when a mistake has exactly one likely fix.
  public var proposal: String?
  /// The user asked to leave.
  public var wantsToQuit: Bool

  /// An end with this status.
  public init(_ status: RunStatus = .done, proposal: String? = nil, wantsToQuit: Bool = false) {
    self.status = status
    self.proposal = proposal
    self.wantsToQuit = wantsToQuit
  }
}

/// Why no session could be opened.
public struct OpeningError: Error, Hashable, Sendable {
  /// Third person, lower case, no full stop.
  public var message: String
  /// A way out.
  public var hint: String?
  /// What the program ends with.
  public var status: RunStatus

  /// A failure with this message.
  public init(_ message: String, hint: String? = nil, status: RunStatus = .failed) {
    self.message = message
    self.hint = hint
    self.status = status
  }
}

extension Shell {
  /// Nothing waits, unless a shell says otherwise.
  public func finish(to sinks: Sinks) -> Outcome { Outcome() }

  /// None are kept, unless a shell says otherwise.
  public var records: [ResultRecord] { [] }

  /// Nothing can be run again, unless a shell says otherwise.
  public func rerun(_ export: RecordedExport, to sinks: Sinks) -> Outcome { Outcome(.failed) }
}
