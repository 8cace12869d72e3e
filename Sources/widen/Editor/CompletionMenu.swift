internal import WidenShell

/// Lays candidates out under the text, in columns that read downwards.
enum CompletionMenu {
  private static let gap = 3

  /// The rows of the menu; what does not fit the limit is counted in a last one.
  static func rows(
    _ candidates: [Completions.Candidate], width: Int, limit: Int, theme: Theme?
  ) -> [String] {
    // Long details leave room for a second column, but where the screen is narrow or there are few.
    let half = (width - 1 - gap) / 2
    let whole = candidates.map { Entry($0, width: width - 1) }
    let fitsHalf = whole.allSatisfy { $0.cells <= half }
    let entries =
      fitsHalf || width < 50 || candidates.count <= limit
      ? whole : candidates.map { Entry($0, width: half) }
    let widest = entries.map(\.cells).max() ?? 0
    // The last cell of a row stays free: a full row would wrap.
    let columns = max(1, (width - 1 + gap) / (widest + gap))
    let room = max(1, limit) * columns
    let shown =
      entries.count <= room ? entries.count : min(entries.count, max(1, limit - 1) * columns)
    let height = (shown + columns - 1) / columns
    var rows = (0..<height).map { row in
      var line = ""
      for index in stride(from: row, to: shown, by: height) {
        line += entries[index].painted(theme)
        let isLast = index + height >= shown
        if !isLast {
          line += String(repeating: " ", count: widest + gap - entries[index].cells)
        }
      }
      return line
    }
    if shown < entries.count {
      let rest = "… \(entries.count - shown) more, type on to narrow them down"
      rows.append(Theme.painted(fitted(rest, width - 1), Theme.dim, isOn: theme != nil))
    }
    return rows
  }

  private struct Entry {
    let display: String
    let detail: String
    let kind: HighlightSpan.Kind
    let cells: Int

    init(_ candidate: Completions.Candidate, width: Int) {
      display = CompletionMenu.fitted(CompletionMenu.visible(candidate.display), width)
      let room = width - cellCount(of: display)
      let detail = candidate.detail.map { "  " + CompletionMenu.visible($0) } ?? ""
      // A few letters of it would say nothing.
      let isTold = room >= min(cellCount(of: detail), 10)
      self.detail = isTold ? CompletionMenu.fitted(detail, room) : ""
      kind = candidate.kind
      cells = cellCount(of: display) + cellCount(of: self.detail)
    }

    func painted(_ theme: Theme?) -> String {
      let isOn = theme != nil
      return Theme.painted(display, theme?.colour(of: kind), isOn: isOn)
        + (detail.isEmpty ? "" : Theme.painted(detail, Theme.dim, isOn: isOn))
    }
  }

  /// The text with a sign in place of what would act on the terminal.
  private static func visible(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      scalars.append(scalar == "\n" || TerminalText.isUnsafe(scalar) ? "\u{FFFD}" : scalar)
    }
    return String(scalars)
  }

  /// The text, cut to a width if it is wider.
  static func fitted(_ text: String, _ width: Int) -> String {
    guard cellCount(of: text) > width else { return text }
    var kept = String.UnicodeScalarView()
    var cells = 0
    for scalar in text.unicodeScalars {
      cells += cellCount(of: scalar)
      if cells > width - 1 { break }
      kept.append(scalar)
    }
    return String(kept) + "…"
  }
}
