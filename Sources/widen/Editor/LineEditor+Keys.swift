internal import CReadline
internal import Glibc
internal import WidenShell

/// What the keys do that readline does not do by itself.
extension LineEditor {
  /// Sets readline up; called once.
  func prepareReadline() {
    // Before the inputrc is read, which may say otherwise.
    widen_set_name(strdup("widen"))
    rl_variable_bind("show-all-if-ambiguous", "on")
    widen_leave_signals_to_us()
    widen_set_word_breaks(strdup(" \t\n|,;()=<>!+*/\"'`"), strdup("\"'"))
    widen_set_completer { _, start, end in
      // Only plain values may cross to the main actor.
      let matches = MainActor.assumeIsolated {
        Int(bitPattern: LineEditor.current?.matches(from: Int(start), to: Int(end)))
      }
      return UnsafeMutablePointer(bitPattern: matches)
    }
    widen_set_menu { _, _, _ in MainActor.assumeIsolated { LineEditor.current?.showMenu() } }
    // With a redisplay function of our own in place it would take the terminal for a dumb one.
    rl_initialize()
    widen_set_redisplay { MainActor.assumeIsolated { LineEditor.current?.redisplay() } }
    // The painter does not draw the region that readline would invert after a paste.
    rl_variable_bind("enable-active-region", "off")
    for name in ["emacs", "vi-insert", "vi-command"] { bindKeys(in: rl_get_keymap_by_name(name)) }
    for name in ["emacs", "vi-insert"] {
      widen_rebind("?", rl_get_keymap_by_name(name), rl_insert) { count, key in
        MainActor.assumeIsolated { LineEditor.current?.ask(count, key) ?? 0 }
      }
    }
    let emacs = rl_get_keymap_by_name("emacs")
    for keys in ["\u{1B}\r", "\u{1B}\n"] {
      rl_bind_keyseq_in_map(
        keys,
        { _, _ in
          MainActor.assumeIsolated { LineEditor.current?.startLine() ?? 0 }
        }, emacs)
    }
    using_history()
  }

  private func bindKeys(in map: Keymap?) {
    for key in ["\r", "\n"] {
      widen_rebind(key, map, rl_newline) { count, key in
        MainActor.assumeIsolated { LineEditor.current?.enter(count, key) ?? 0 }
      }
    }
    widen_rebind("\t", map, rl_complete) { count, key in
      MainActor.assumeIsolated { LineEditor.current?.complete(count, key) ?? 0 }
    }
    for keys in ["\u{1B}[A", "\u{1B}OA", "\u{10}", "k"] {
      widen_rebind(keys, map, rl_get_previous_history) { count, key in
        MainActor.assumeIsolated { LineEditor.current?.move(rows: -1, count, key) ?? 0 }
      }
    }
    for keys in ["\u{1B}[B", "\u{1B}OB", "\u{0E}", "j"] {
      widen_rebind(keys, map, rl_get_next_history) { count, key in
        MainActor.assumeIsolated { LineEditor.current?.move(rows: 1, count, key) ?? 0 }
      }
    }
    widen_rebind("\u{1B}[200~", map, rl_bracketed_paste_begin) { count, key in
      MainActor.assumeIsolated { LineEditor.current?.paste(count, key) ?? 0 }
    }
  }

  /// Return runs a complete text, and an incomplete one after an empty line, to see what is wrong.
  private func enter(_ count: CInt, _ key: CInt) -> CInt {
    if isPasted {
      rl_insert_text("\n")
      return 0
    }
    let text = buffer ?? ""
    let lastLine = text.utf8.split(separator: 10, omittingEmptySubsequences: false).last ?? [][...]
    let asksAgain =
      text.utf8.contains(10) && widen_point() == widen_end() && lastLine.allSatisfy { $0 == 32 }
    let isBlank = text.utf8.allSatisfy { $0 == 32 || $0 == 10 }
    guard isBlank || asksAgain || shell.isComplete(text) else {
      tellAwaited(text)
      return startLine()
    }
    widen_set_point(widen_end())
    clearFooter()
    draw()
    return rl_newline(1, key)
  }

  /// Says why a text that may look finished was not run.
  private func tellAwaited(_ text: String) {
    guard widen_point() == widen_end(), let line = shell.awaited(text) else { return }
    if canMoveUp { awaited = (text, line) } else { print(above: [line]) }
  }

  /// Whether the key came right after another.
  private var isBurst: Bool { followsAtOnce || widen_end() != lengthBeforeKeys }

  /// Whether this Return came out of a paste that the terminal does not mark as one: more follows,
  /// faster than anybody types.
  private var isPasted: Bool {
    guard isBurst, !isTypedAhead else { return false }
    // The rest may be on its way.
    var mask = sigset_t()
    sigemptyset(&mask)
    pthread_sigmask(SIG_BLOCK, nil, &mask)
    return widen_wait_for_key(&mask, 10) > 0
  }

  /// Completes, but in a paste a tab is a space.
  private func complete(_ count: CInt, _ key: CInt) -> CInt {
    if isBurst, widen_input_is_waiting() != 0 {
      rl_insert_text(" ")
      return 0
    }
    return rl_complete(count, key)
  }

  /// `?` at the end of a line tells what may follow; elsewhere it is a sign.
  private func ask(_ count: CInt, _ key: CInt) -> CInt {
    let isWaiting = isBurst && widen_input_is_waiting() != 0
    guard !isWaiting, let text = buffer, isAtLineEnd(text),
      let page = shell.following(text, at: Int(widen_point()))
    else { return rl_insert(count, key) }
    print(
      above: page.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map {
        String($0)
      })
    return 0
  }

  private func isAtLineEnd(_ text: String) -> Bool {
    let rest = text.utf8.dropFirst(Int(widen_point()))
    return rest.prefix { $0 != 10 }.allSatisfy { $0 == 32 }
  }

  /// Starts a new line in the same text, indented like a step.
  private func startLine() -> CInt {
    rl_begin_undo_group()
    rl_insert_text("\n  ")
    rl_end_undo_group()
    return 0
  }

  /// Moves between the rows of the text, and at its ends between the entries of the history.
  private func move(rows: Int, _ count: CInt, _ key: CInt) -> CInt {
    guard let text = buffer, let screen = screenSize else { return 0 }
    let layout = ScreenLayout(text, promptWidth: cellCount(of: prompt), width: screen.columns)
    let here = layout.cell(at: Int(widen_point()))
    // A short row on the way does not make the cursor forget its column.
    var column = here.column
    if let lastMove, lastMove.point == widen_point() { column = lastMove.column }
    if let byte = layout.byte(inRow: here.row + rows, nearest: column) {
      widen_set_point(CInt(byte))
      lastMove = (CInt(byte), column)
      return 0
    }
    lastMove = nil
    return rows < 0 ? rl_get_previous_history(count, key) : rl_get_next_history(count, key)
  }

  /// Inserts what is pasted as a whole, without what would act on the terminal.
  private func paste(_ count: CInt, _ key: CInt) -> CInt {
    let start = Int(widen_point())
    let status = rl_bracketed_paste_begin(count, key)
    let end = Int(widen_point())
    guard end > start, let text = buffer else { return status }
    let bytes = Array(text.utf8)[start..<end]
    let pasted = String(decoding: bytes, as: UTF8.self)
    let plain = TerminalText.trimmed(TerminalText.editable(pasted))
    if plain != pasted {
      rl_begin_undo_group()
      rl_delete_text(CInt(start), CInt(end))
      widen_set_point(CInt(start))
      rl_insert_text(plain)
      rl_end_undo_group()
    }
    return status
  }
}
