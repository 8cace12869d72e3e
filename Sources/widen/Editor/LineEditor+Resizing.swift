internal import CReadline
internal import Glibc

/// The text on a screen that has got another size.
extension LineEditor {
  /// Draws the text anew, where the terminal has already put it.
  func resize() {
    let isOurs = widen_prompt_is_ours() != 0 && canMoveUp
    guard isOurs, wrapsAnew, let text = buffer else { return resizeAsReadlineDoes() }
    rl_reset_screen_size()
    guard let screen = screenSize else { return resizeAsReadlineDoes() }
    // Readline goes by the rows that the text had: it would draw over what stands above it where
    // they have become fewer, and leave some of it where they have become more.
    let layout = ScreenLayout(text, promptWidth: cellCount(of: prompt), width: screen.columns)
    let cell = layout.cell(at: Int(widen_point()))
    // Behind a full row, terminals leave the cursor at its end.
    let isBehindFullRow = cell.column == 0 && cell.row > 0 && !isAfterNewline(text)
    let row = cell.row - (isBehindFullRow ? 1 : 0)
    fputs("\r" + (row > 0 ? "\u{1B}[\(row)A" : "") + "\u{1B}[J", widen_out())
    shownGround = nil
    rl_on_new_line()
    draw()
  }

  private func isAfterNewline(_ text: String) -> Bool {
    text.utf8.prefix(Int(widen_point())).last == 10
  }

  private func resizeAsReadlineDoes() {
    if shownGround != nil {
      fputs("\u{1B}[J", widen_out())
      shownGround = nil
    }
    widen_resize()
    draw()
  }

  /// Whether the terminal wraps long lines anew when its width changes, as nearly all do today.
  private var wrapsAnew: Bool {
    let kind = environment("TERM") ?? ""
    let isScreen = kind.hasPrefix("screen") && environment("TMUX") == nil
    return environment("XTERM_VERSION") == nil && kind != "linux" && !isScreen
  }
}
