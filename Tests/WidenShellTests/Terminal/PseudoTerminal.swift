import Glibc

/// The program at a terminal that a test types on.
final class PseudoTerminal {
  private(set) var screen: Screen
  /// All that the program wrote.
  private(set) var written: [UInt8] = []
  private let terminal: CInt
  private var process: pid_t = 0
  private let state: String

  /// Starts the program on the sample, with its history in a folder of its own; with a command, that
  /// is what runs, and `widen` in it is the program.
  init?(
    _ arguments: [String] = ["--sample", "1000"], columns: Int = 60, rows: Int = 24,
    environment: [String] = [], state: String? = nil, in command: String? = nil
  ) {
    guard let program = Executable.path else { return nil }
    screen = Screen(width: columns, height: rows)
    self.state = state ?? Executable.temporaryFolder()
    terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    // TIOCSPTLCK and TIOCGPTN: the Glibc module shows no ptsname.
    var lock: CInt = 0
    var number: CUnsignedInt = 0
    guard terminal >= 0, ioctl(terminal, 0x4004_5431, &lock) == 0,
      ioctl(terminal, 0x8004_5430, &number) == 0
    else { return nil }
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    guard ioctl(terminal, UInt(TIOCSWINSZ), &size) == 0 else { return nil }
    // Of a variable that is given twice the first one counts.
    let variables =
      environment + [
        "TERM=xterm-256color", "LC_ALL=C.UTF-8", "HOME=\(self.state)", "PATH=/usr/bin:/bin",
        "XDG_STATE_HOME=\(self.state)", "INPUTRC=/dev/null",
      ]
    var call = [program] + arguments
    if let command {
      let own = "'\(call.joined(separator: "' '"))'"
      call = ["/bin/bash", "-c", "widen() { \(own) \"$@\"; }; \(command)"]
    }
    process = Executable.spawn(call, variables, terminal: "/dev/pts/\(number)")
    guard process > 0 else { return nil }
  }

  deinit {
    for file in ["/widen/history-sample", "/widen", ""] { remove(state + file) }
    if process > 0 {
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
    }
    close(terminal)
  }

  /// Whether the program has sent anything but text and line ends.
  var hasSeenEscape: Bool { written.contains(0x1B) }

  /// Where this program keeps its history.
  var stateFolder: String { state }

  /// Types keys and waits until the program has drawn its answer.
  func type(_ keys: String, quietMilliseconds: CInt = 40) {
    var rest = Array(keys.utf8)[...]
    while !rest.isEmpty {
      // A program that draws while it reads must not wait for us.
      var both = pollfd(fd: terminal, events: Int16(POLLIN | POLLOUT), revents: 0)
      guard poll(&both, 1, 10_000) > 0 else { return }
      if both.revents & Int16(POLLIN) != 0 { guard drawOnce() else { return } }
      guard both.revents & Int16(POLLOUT) != 0 else { continue }
      let count = rest.prefix(1024).withUnsafeBytes { write(terminal, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      rest.removeFirst(count)
    }
    settle(quietMilliseconds)
  }

  /// Draws what comes, until nothing has come for a while.
  func settle(_ quietMilliseconds: CInt = 40) {
    while true {
      var input = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
      guard poll(&input, 1, quietMilliseconds) > 0, drawOnce() else { return }
    }
  }

  private func drawOnce() -> Bool {
    var block = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(terminal, &block, block.count)
    guard count > 0 else { return false }
    written += block[..<count]
    screen.draw(Array(block[..<count]))
    return true
  }

  /// Waits until a row of the screen holds the text; false when it does not within ten seconds.
  func waits(for text: String) -> Bool {
    waits { $0.screen.text.contains(text) }
  }

  /// Waits until something holds; false when it does not within ten seconds.
  func waits(until holds: (PseudoTerminal) -> Bool) -> Bool {
    for _ in 0..<200 {
      settle(50)
      if holds(self) { return true }
    }
    return false
  }

  /// Whether the terminal shows what is typed, as it does when no editor has it.
  var echoes: Bool {
    var mode = termios()
    tcgetattr(terminal, &mode)
    return mode.c_lflag & tcflag_t(ECHO) != 0
  }

  func resize(columns: Int, rows: Int, wrapsAnew: Bool = true) {
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(terminal, UInt(TIOCSWINSZ), &size)
    screen.resize(width: columns, height: rows, wrapsAnew: wrapsAnew)
    settle(100)
  }

  func signal(_ number: CInt) { kill(process, number) }

  /// The status with which the program ends within ten seconds; a signal counts as its negative.
  func end() -> CInt? {
    for _ in 0..<200 {
      settle(50)
      usleep(50_000)
      var status: CInt = 0
      if waitpid(process, &status, WNOHANG) == process {
        process = 0
        settle(10)
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F)
      }
    }
    return nil
  }
}
