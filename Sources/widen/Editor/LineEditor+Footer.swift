internal import CReadline
internal import Glibc
internal import WidenShell

/// What stands under the text: the menu of completions while it is open, else what the text still
/// needs where Return did not run it, else the live hint.
extension LineEditor {
  /// The rows that belong under the text now.
  func footer(_ scene: Scene) -> Footer {
    let room = scene.screen.rows - scene.layout.lastRow - 1
    guard room > 0 else { return Footer() }
    if let rows = menuRows(scene, room: room) { return Footer(rows: rows) }
    if let row = awaitedRow(scene) { return Footer(rows: [row]) }
    // What was counted stays true while more steps follow.
    guard hasColours, let hint, let text = hint.text,
      shell.countedPart(of: scene.text)?.hasPrefix(hint.part) == true
    else { return Footer() }
    return Footer(rows: [dimRow(text, scene)])
  }

  /// What the text still needs, until more of it is typed.
  private func awaitedRow(_ scene: Scene) -> String? {
    guard let awaited, scene.text.hasPrefix(awaited.text),
      scene.text.dropFirst(awaited.text.count).allSatisfy(\.isWhitespace)
    else { return nil }
    return dimRow("… " + awaited.line, scene)
  }

  private func dimRow(_ text: String, _ scene: Scene) -> String {
    // The last cell of a row stays free: a full row would wrap.
    let line = CompletionMenu.fitted(text, scene.screen.columns - 1)
    return Theme.painted(line, Theme.dim, isOn: hasColours)
  }

  /// The menu goes on narrowing down while the word it was opened for is typed.
  private func menuRows(_ scene: Scene, room: Int) -> [String]? {
    guard let start = menuStart else { return nil }
    let offered = shell.completions(scene.text, at: scene.point)
    let fitting = Replacement(scene.text, start: start, end: scene.point).fit(offered)
    guard offered.start == menuPlace, start <= scene.point, !fitting.isEmpty else {
      menuStart = nil
      return nil
    }
    return CompletionMenu.rows(
      fitting.map(\.candidate), width: scene.screen.columns,
      limit: min(room, max(4, min(scene.screen.rows - 4, 14))),
      theme: hasColours ? theme : nil)
  }

  /// Opens the menu of what was offered; where nothing can be drawn under the text, prints it.
  func showMenu() {
    if canMoveUp {
      menuStart = wordStart
      menuPlace = offeredStart
      return draw()
    }
    let rows = CompletionMenu.rows(
      menu, width: screenSize?.columns ?? 80, limit: 14, theme: nil)
    print(above: rows)
  }

  /// Prints rows that stay, and the text once more under them.
  func print(above rows: [String]) {
    clearFooter()
    if canMoveUp, let text = buffer, let screen = screenSize {
      // From the row of the cursor to the last one.
      let layout = ScreenLayout(text, promptWidth: cellCount(of: prompt), width: screen.columns)
      let below = layout.lastRow - layout.cell(at: Int(widen_point())).row
      if below > 0 { fputs("\u{1B}[\(below)B", widen_out()) }
    }
    fputs("\r\n" + rows.joined(separator: "\r\n") + "\r\n", widen_out())
    rl_forced_update_display()
  }

  // MARK: The hint

  /// How long no key is pressed before anything is counted.
  static let idleMilliseconds: CInt = 60

  /// Whether a hint may be found for the text once the user pauses.
  var isHintDue: Bool {
    guard hasColours, canMoveUp, menuStart == nil, widen_end() < 10_000, let text = buffer,
      let part = shell.countedPart(of: text)
    else { return false }
    return part != hint?.part
  }

  /// Counts what the text's steps keep, as long as no key is pressed.
  func findHint() {
    guard let text = buffer, let part = shell.countedPart(of: text) else { return }
    let found = shell.hint(part) { widen_input_is_waiting() != 0 }
    // What was abandoned for a key may be tried again.
    if found == nil, widen_input_is_waiting() != 0 { return }
    hint = (part, found)
    draw()
  }
}
