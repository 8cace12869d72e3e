internal import Glibc
internal import Synchronization

/// Signals, as flags that the program asks for: a handler does nothing but store.
enum Interrupts {
  /// How often the user pressed Ctrl-C since it was last answered.
  private static let count = Atomic<Int>(0)
  /// The signal that asks the program to stop or to end while a line is edited, or 0.
  private static let request = Atomic<CInt>(0)

  /// Ctrl-C three times without an answer ends the program, whatever it is doing.
  private static let patience = 3

  /// Whether Ctrl-C was pressed and not answered yet.
  static var isPending: Bool { count.load(ordering: .relaxed) > 0 }

  /// Whether Ctrl-C was pressed; it then counts as answered.
  static func take() -> Bool { count.exchange(0, ordering: .relaxed) > 0 }

  /// The signal that came while a line was edited, or nil; it then counts as answered.
  static func takeRequest() -> CInt? {
    let signal = request.exchange(0, ordering: .relaxed)
    return signal == 0 ? nil : signal
  }

  /// Catches Ctrl-C for the rest of the run, unless whoever started the program has it ignored.
  static func install() {
    var before = sigaction()
    sigaction(SIGINT, nil, &before)
    // SIG_IGN, which is 1 here and on every system that has it.
    if unsafeBitCast(before.__sigaction_handler.sa_handler, to: Int.self) == 1 { return }
    // Touched here, so that no handler is the first to make them.
    _ = (isPending, takeRequest())
    handle(SIGINT) { _ in
      let pressed = Interrupts.count.wrappingAdd(1, ordering: .relaxed).newValue
      if pressed >= Interrupts.patience { _exit(130) }
    }
  }

  /// The signals that matter while a line is edited.
  private static let edited = [SIGINT, SIGWINCH, SIGTSTP, SIGTERM, SIGHUP]

  /// Runs `body` with these signals held back, so that they only come while it waits for a key.
  ///
  /// `body` gets the mask to wait with.
  static func whileEditing<Result>(_ body: (sigset_t) -> Result) -> Result {
    for number in [SIGTSTP, SIGTERM, SIGHUP] {
      handle(number) { Interrupts.request.store($0, ordering: .relaxed) }
    }
    handle(SIGWINCH) { _ in }
    var held = sigset_t()
    sigemptyset(&held)
    for number in edited { sigaddset(&held, number) }
    var before = sigset_t()
    pthread_sigmask(SIG_BLOCK, &held, &before)
    defer {
      for number in [SIGTSTP, SIGTERM, SIGHUP, SIGWINCH] { signal(number, SIG_DFL) }
      pthread_sigmask(SIG_SETMASK, &before, nil)
    }
    return body(before)
  }

  /// Lets a signal do what it does to a program that does not catch it.
  static func obey(_ number: CInt) {
    signal(number, SIG_DFL)
    var alone = sigset_t()
    sigemptyset(&alone)
    sigaddset(&alone, number)
    raise(number)
    pthread_sigmask(SIG_UNBLOCK, &alone, nil)
    // Here again after a stop.
    pthread_sigmask(SIG_BLOCK, &alone, nil)
    handle(number) { Interrupts.request.store($0, ordering: .relaxed) }
  }

  private static func handle(_ number: CInt, _ handler: @escaping @convention(c) (CInt) -> Void) {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = handler
    // Without SA_RESTART, so that waiting for a key ends.
    action.sa_flags = 0
    sigaction(number, &action, nil)
  }
}
