internal import CReadline
internal import Glibc
internal import WidenShell

/// Colours over what readline draws.
///
/// Readline draws first, so that what it believes about the screen stays true; then the same cells
/// are drawn again in colour. A terminal that knows synchronised updates shows only the end of it.
extension LineEditor {
  /// Draws the prompt and the text.
  func redisplay() {
    makeBufferHarmless()
    guard let painting = painting() else { return rl_redisplay() }
    fputs("\u{1B}[?2026h", widen_out())
    rl_redisplay()
    fputs(painting + "\u{1B}[?2026l", widen_out())
    fflush(widen_out())
  }

  /// Takes out what would act on the terminal, wherever it came from.
  private func makeBufferHarmless() {
    guard let text = buffer else { return }
    let harmless = TerminalText.editable(text)
    guard harmless != text else { return }
    let head = String(decoding: Array(text.utf8).prefix(Int(widen_point())), as: UTF8.self)
    rl_replace_line(harmless, 1)
    widen_set_point(CInt(min(TerminalText.editable(head).utf8.count, harmless.utf8.count)))
  }

  /// What draws prompt and text again in colour, or nil where readline's drawing must stand.
  private func painting() -> String? {
    let busy = UInt(RL_STATE_ISEARCH | RL_STATE_NSEARCH | RL_STATE_COMPLETING)
    let promptWidth = cellCount(of: prompt)
    guard hasColours, widen_prompt_is_ours() != 0, widen_state() & busy == 0,
      !LineEditor.drawsOtherwise, let text = buffer, let screen = screenSize,
      promptWidth < screen.columns
    else { return nil }
    let layout = ScreenLayout(text, promptWidth: promptWidth, width: screen.columns)
    // What has scrolled out of the screen cannot be reached.
    guard layout.lastRow < screen.rows else { return nil }
    let cursor = layout.cell(at: Int(widen_point()))
    return "\u{1B}7\r" + (cursor.row > 0 ? "\u{1B}[\(cursor.row)A" : "")
      + Theme.painted(prompt, Theme.prompt, isOn: true)
      + painted(text, from: promptWidth, width: screen.columns) + "\u{1B}8"
  }

  private func painted(_ text: String, from column: Int, width: Int) -> String {
    var colours = SpanCursor(shell.highlight(text))
    var walker = ScreenLayout.Walker(column: column, width: width)
    var codes = ""
    var colour: String?
    var row = walker.cell.row
    var byte = 0
    for scalar in text.unicodeScalars {
      let wanted = colours.colour(at: byte)
      if wanted != colour {
        codes += wanted.map { "\u{1B}[0;\($0)m" } ?? "\u{1B}[m"
        colour = wanted
      }
      let start = walker.place(scalar)
      if start.row > row { codes += "\r\n" }
      if scalar != "\n" { codes.unicodeScalars.append(scalar) }
      if walker.cell.row > start.row { codes += "\r\n" }
      row = walker.cell.row
      byte += scalar.utf8.count
    }
    return codes + (colour == nil ? "" : "\u{1B}[m")
  }

  /// Whether a setting of the user's inputrc makes readline place the text in another way.
  private static var drawsOtherwise: Bool {
    ["show-mode-in-prompt", "horizontal-scroll-mode", "mark-modified-lines"].contains {
      guard let value = rl_variable_value($0) else { return false }
      return String(cString: value) == "on"
    }
  }
}

/// Finds the colour of byte after byte.
private struct SpanCursor {
  private var spans: ArraySlice<HighlightSpan>

  init(_ spans: [HighlightSpan]) {
    self.spans = spans[...]
  }

  mutating func colour(at byte: Int) -> String? {
    while let first = spans.first, first.bytes.upperBound <= byte { spans.removeFirst() }
    guard let first = spans.first, first.bytes.contains(byte) else { return nil }
    return Theme.colour(of: first.kind)
  }
}
