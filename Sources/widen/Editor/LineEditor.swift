internal import CReadline
internal import Glibc
internal import WidenShell

/// Reads queries from a terminal through GNU readline.
///
/// Readline has one line, one history and one set of keys a process, hence one editor. It is fed a
/// key at a time, so that the program and not readline answers signals.
@MainActor final class LineEditor {
  /// What the user did with a line.
  enum Entry {
    case text(String)
    /// Ctrl-C.
    case abandoned
    /// Ctrl-D on an empty line, or the terminal has gone.
    case end
  }

  /// Readline calls back without a context; this is who it means.
  static var current: LineEditor?

  let shell: any Shell
  let hasColours: Bool
  /// What stands before the text, as it is drawn.
  private(set) var prompt = ""
  /// What was last offered, and the bytes at which readline's and the shell's word start.
  var menu: [Completions.Candidate] = []
  var wordStart = 0
  var offeredStart = 0
  /// While the menu is open, the bytes at which the words that it was opened for start.
  var menuStart: Int?
  var menuPlace = 0
  /// What was counted of a text; without a text when that took too long.
  var hint: (part: String, text: String?)?
  /// The text that Return did not run, and what it still needs.
  var awaited: (text: String, line: String)?
  /// Where the text was when something was drawn under it; nil when nothing is there.
  var shownGround: Footer.Ground?
  /// While keys are waiting nothing is drawn, unless it has to be.
  var isDrawingPutOff = false
  var isDrawingDue = false
  /// Whether the keys being handled followed the one before them faster than anybody types.
  var followsAtOnce = false
  /// The length of the text before these keys: readline takes letters that are waiting together.
  var lengthBeforeKeys: CInt = 0
  /// Keys were waiting when the text began: they were typed before, each line for itself.
  var isTypedAhead = false
  /// The colours, while there are any.
  private(set) var theme = Theme.plain
  let environment: (String) -> String?
  /// Where the last move up or down went, and the column it would have liked to reach.
  var lastMove: (point: CInt, column: Int)?
  private var entry: Entry?

  /// An editor for this shell, which must be the only one.
  init(
    shell: any Shell, hasColours: Bool, environment: @escaping (String) -> String?
  ) {
    self.shell = shell
    self.hasColours = hasColours
    self.environment = environment
    LineEditor.current = self
    prepareReadline()
    for entry in shell.history?.entries ?? [] { add_history(entry.text) }
  }

  /// Whether the terminal can draw elsewhere than in its last row.
  private(set) lazy var canMoveUp = rl_get_termcap("up") != nil

  /// What is being edited; nil while it is not whole UTF-8.
  var buffer: String? { String(validatingCString: widen_line()) }

  /// The size of the screen in cells; nil when it is too narrow to reason about.
  var screenSize: (rows: Int, columns: Int)? {
    var rows: CInt = 0
    var columns: CInt = 0
    rl_get_screen_size(&rows, &columns)
    return columns > 4 ? (Int(rows), Int(columns)) : nil
  }

  /// Lets the user edit a text, at first the proposal, until it can be run.
  func read(proposal: String?) -> Entry {
    prompt = shell.prompt
    theme = Theme(shell.theme, environment: environment)
    // The size may have changed while no line was edited.
    rl_reset_screen_size()
    return Interrupts.whileEditing { mask in
      entry = nil
      awaited = nil
      // Without colours: readline draws a prompt with marked codes wrongly after a search.
      rl_callback_handler_install(prompt) { line in
        let text = line.map { String(cString: $0) }
        free(line)
        MainActor.assumeIsolated { LineEditor.current?.accept(text) }
      }
      defer { rl_callback_handler_remove() }
      // Whoever has typed on did not wait for a proposal, and would spoil it.
      isTypedAhead = widen_input_is_waiting() != 0
      if let proposal, !isTypedAhead {
        rl_insert_text(proposal)
        draw()
      }
      defer { clearFooter() }
      return waitForEntry(mask)
    }
  }

  /// Adds a text to what up and down and the searches go through, as its newest entry.
  func remember(_ text: String) {
    for index in stride(from: widen_history_length() - 1, through: 0, by: -1) {
      guard let entry = history_get(widen_history_base() + index),
        String(cString: entry.pointee.line) == text
      else { continue }
      if let removed = remove_history(index) { free_history_entry(removed) }
    }
    add_history(text)
    if widen_history_length() > CInt(History.limit), let oldest = remove_history(0) {
      free_history_entry(oldest)
    }
  }

  private func waitForEntry(_ mask: sigset_t) -> Entry {
    var mask = mask
    var lastKey = ContinuousClock.now
    while true {
      // Signals only come while it waits.
      let count = widen_wait_for_key(&mask, patience)
      if Interrupts.take() {
        abandon()
        return .abandoned
      }
      if let signal = Interrupts.takeRequest() {
        step(aside: signal)
      } else if count == 0 {
        findHint()
      } else if count < 0 {
        guard errno == EINTR else { return .end }
        resize()
      } else {
        let now = ContinuousClock.now
        followsAtOnce = now - lastKey < .milliseconds(3)
        lengthBeforeKeys = widen_end()
        isDrawingPutOff = true
        takeFooterAway()
        rl_callback_read_char()
        isDrawingPutOff = false
        lastKey = ContinuousClock.now
        if let entry { return entry }
      }
    }
  }

  /// How many milliseconds to wait for a key before the hint is found; -1 when there is none to find.
  private var patience: CInt {
    guard widen_input_is_waiting() == 0 else { return -1 }
    isTypedAhead = false
    if isDrawingDue { draw() }
    return isHintDue ? LineEditor.idleMilliseconds : -1
  }

  private func accept(_ line: String?) {
    // At once, or readline prints the next prompt before anybody asked for it.
    rl_callback_handler_remove()
    if shownGround != nil {
      // Some way of Return that is not ours: what stood under the text is here now.
      fputs("\u{1B}[J", widen_out())
      shownGround = nil
    }
    entry = line.map { .text($0) } ?? .end
  }

  /// Leaves what was typed standing, with `^C` behind it.
  private func abandon() {
    clearFooter()
    // Leaves a search, too.
    rl_callback_sigcleanup()
    widen_set_point(widen_end())
    // This redraws, so that the cursor then stands behind the last row.
    rl_free_line_state()
    fputs("^C\n", widen_out())
    fflush(widen_out())
    rl_replace_line("", 0)
  }

  /// Gives the terminal back, does what the signal asks for, and takes the terminal again.
  private func step(aside signal: CInt) {
    clearFooter()
    rl_deprep_terminal()
    if signal != SIGTSTP {
      fputs("\n", widen_out())
      fflush(widen_out())
    }
    Interrupts.obey(signal)
    rl_prep_terminal(1)
    rl_reset_screen_size()
    rl_on_new_line()
    draw()
  }

}
