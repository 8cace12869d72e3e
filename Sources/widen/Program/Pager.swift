// The header of readline brings signal sets with it, so that they may count as that module's.
internal import CReadline
internal import Glibc
internal import WidenLanguage

/// Shows what is longer than the screen in the program that the user has for it.
struct Pager {
  private let command: String
  /// Whether it shows colours as colours.
  private let keepsColours: Bool

  /// `$PAGER`, else `less` where it is installed; nil on a terminal that cannot move its cursor,
  /// for those who listen to the screen, and where the user wants none.
  init?(environment: (String) -> String?) {
    if environment("TERM") == "dumb" || environment("ACCESSIBLE")?.isEmpty == false { return nil }
    // What stands on the screen is not protected, so less must not write it to a file.
    setenv("LESSSECURE", "1", 1)
    if let wish = environment("PAGER") {
      let words = wish.split(separator: " ")
      guard let first = words.first, first != "cat" else { return nil }
      command = wish
      keepsColours = first.split(separator: "/").last == "less"
      // What git, too, asks of a pager that reads it: colours, and no stay for a short text.
      setenv("LESS", "FRSX", 0)
      return
    }
    let folders = (environment("PATH") ?? "/usr/bin:/bin").split(separator: ":")
    guard folders.contains(where: { access("\($0)/less", X_OK) == 0 }) else { return nil }
    // Not everybody knows how to leave it.
    command = "less -FRSX~ -P 'Space shows more, q goes back to widen'"
    keepsColours = true
  }

  /// Whether a text takes more lines than there is room for; nil: nobody knows the screen.
  static func isLong(_ text: String, columns: Int, room: Int?) -> Bool {
    guard let room else { return false }
    var taken = 0
    for line in Pager.withoutColours(text).split(separator: "\n", omittingEmptySubsequences: false)
    {
      taken += max(1, (cellWidth(String(line)) + columns - 1) / max(1, columns))
      // What stands behind the last line end is no line.
      if taken > max(1, room) + 1 { return true }
    }
    return false
  }

  /// Shows a text until the user has seen enough; false when the pager could not be started.
  func show(_ text: String) -> Bool {
    var ends: [CInt] = [0, 0]
    guard pipe(&ends) == 0 else { return false }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    // The pager answers Ctrl-C itself, and its end is waited for whatever the user presses.
    var before = sigaction()
    var ignoring = sigaction()
    ignoring.__sigaction_handler.sa_handler = SIG_IGN
    sigaction(SIGINT, &ignoring, &before)
    defer { sigaction(SIGINT, &before, nil) }
    guard let process = start(input: ends[0]) else {
      for end in ends { close(end) }
      return false
    }
    close(ends[0])
    send(keepsColours ? text : Pager.withoutColours(text), to: ends[1])
    close(ends[1])
    var status: CInt = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    // The shell's own words for a command that is not there or cannot be run.
    return ![126, 127].contains(status >> 8 & 0xFF)
  }

  private func start(input: CInt) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var own = sigset_t()
    sigemptyset(&own)
    posix_spawnattr_setsigmask(&attributes, &own)
    for number in [SIGINT, SIGPIPE] { sigaddset(&own, number) }
    posix_spawnattr_setsigdefault(&attributes, &own)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    let words = ["sh", "-c", command]
    let arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process: pid_t = 0
    let status = posix_spawn(&process, "/bin/sh", &actions, &attributes, arguments, environ)
    return status == 0 ? process : nil
  }

  /// Writes until all is written or the pager has been left.
  private func send(_ text: String, to descriptor: CInt) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return }
    }
  }

  /// The text without the sequences that set colours.
  static func withoutColours(_ text: String) -> String {
    guard text.utf8.contains(0x1B) else { return text }
    var kept: [UInt8] = []
    var isInside = false
    for byte in text.utf8 {
      if byte == 0x1B { isInside = true }
      if !isInside { kept.append(byte) }
      if isInside, byte == UInt8(ascii: "m") { isInside = false }
    }
    return String(decoding: kept, as: UTF8.self)
  }
}
