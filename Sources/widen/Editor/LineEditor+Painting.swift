internal import CReadline
internal import Glibc
internal import WidenShell

/// Colours over what readline draws, and rows under it.
///
/// Readline draws first, so that what it believes about the screen stays true; then the same cells
/// are drawn again in colour. A terminal that knows synchronised updates shows only the end of it.
extension LineEditor {
  /// A longer text is data that was pasted, and would take too long to read for every key.
  private static let longestPainted = 1 << 15

  /// Draws the prompt, the text and what stands under it; later, while more keys are waiting.
  func redisplay() {
    if isDrawingPutOff, widen_input_is_waiting() != 0 {
      isDrawingDue = true
      return
    }
    draw()
  }

  /// Draws at once.
  func draw() {
    isDrawingDue = false
    makeBufferHarmless()
    takeFooterAway()
    guard let scene = scene() else {
      rl_redisplay()
      fflush(widen_out())
      return
    }
    fputs("\u{1B}[?2026h", widen_out())
    rl_redisplay()
    let footer = footer(scene)
    let colours = hasColours ? painting(scene) : ""
    fputs(colours + footer.codes(over: scene.ground) + "\u{1B}[?2026l", widen_out())
    fflush(widen_out())
    if !footer.rows.isEmpty { shownGround = scene.ground }
  }

  /// Erases the rows under the text, before readline draws something else there.
  func takeFooterAway() {
    guard let ground = shownGround else { return }
    shownGround = nil
    fputs(Footer.codesToErase(ground), widen_out())
  }

  /// Leaves nothing under the text, and forgets what stood there.
  func clearFooter() {
    menuStart = nil
    hint = nil
    awaited = nil
    takeFooterAway()
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

  /// The text and where it stands, when that can be known.
  struct Scene {
    var text: String
    var point: Int
    var layout: ScreenLayout
    var promptWidth: Int
    var screen: (rows: Int, columns: Int)

    var ground: Footer.Ground {
      Footer.Ground(cursor: layout.cell(at: point), lastRow: layout.lastRow)
    }
  }

  /// Nil where readline's drawing must stand alone.
  private func scene() -> Scene? {
    let busy = UInt(RL_STATE_ISEARCH | RL_STATE_NSEARCH | RL_STATE_COMPLETING)
    let promptWidth = cellCount(of: prompt)
    guard canMoveUp, widen_prompt_is_ours() != 0, widen_state() & busy == 0,
      widen_end() < LineEditor.longestPainted, !LineEditor.drawsOtherwise, let text = buffer,
      let screen = screenSize, promptWidth < screen.columns
    else { return nil }
    let layout = ScreenLayout(text, promptWidth: promptWidth, width: screen.columns)
    // What has scrolled out of the screen cannot be reached.
    guard layout.lastRow < screen.rows else { return nil }
    return Scene(
      text: text, point: Int(widen_point()), layout: layout, promptWidth: promptWidth,
      screen: screen)
  }

  /// What draws prompt and text again in colour.
  private func painting(_ scene: Scene) -> String {
    let cursor = scene.layout.cell(at: scene.point)
    return "\u{1B}7\r" + (cursor.row > 0 ? "\u{1B}[\(cursor.row)A" : "")
      + Theme.painted(prompt, theme.prompt, isOn: true) + painted(scene) + "\u{1B}8"
  }

  private func painted(_ scene: Scene) -> String {
    var colours = SpanCursor(shell.highlight(scene.text, cursor: scene.point))
    var walker = ScreenLayout.Walker(column: scene.promptWidth, width: scene.screen.columns)
    var codes = ""
    var colour: String?
    var row = walker.cell.row
    var hasFilledRow = false
    var byte = 0
    for scalar in scene.text.unicodeScalars {
      let wanted = scalar == "\n" ? nil : colours.kind(at: byte).flatMap { theme.colour(of: $0) }
      if wanted != colour {
        codes += wanted.map { "\u{1B}[0;\($0)m" } ?? "\u{1B}[m"
        colour = wanted
      }
      let start = walker.place(scalar)
      if start.row > row { codes += "\r\n" }
      if scalar == "\n" {
        codes += hasFilledRow ? "\r\n\r\n" : "\u{1B}[K\r\n"
      } else {
        // A full row goes on in the next one by itself, so that the terminal knows them for one line.
        codes.unicodeScalars.append(scalar)
      }
      hasFilledRow = scalar != "\n" && walker.cell.row > start.row
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

/// Finds the kind of byte after byte.
private struct SpanCursor {
  private var spans: ArraySlice<HighlightSpan>

  init(_ spans: [HighlightSpan]) {
    self.spans = spans[...]
  }

  mutating func kind(at byte: Int) -> HighlightSpan.Kind? {
    while let first = spans.first, first.bytes.upperBound <= byte { spans.removeFirst() }
    guard let first = spans.first, first.bytes.contains(byte) else { return nil }
    return first.kind
  }
}
