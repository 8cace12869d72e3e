/// How a diagnostic is drawn.
public enum DiagnosticStyle: Hashable, Sendable {
  /// For a file, a pipe, or a terminal without colours.
  case plain
  /// With the terminal's colours.
  case colour
  /// For those who listen to the screen: no drawing.
  case spoken
}

/// The diagnostic as the shell prints it: the message, the line of the text, carets under what is
/// meant, and the way out.
///
/// A line of the text that is wider than `width` cells is cut on both sides of what is meant; message
/// and way out are wrapped. Nothing of the text reaches the terminal unescaped.
public func render(
  _ diagnostic: Diagnostic, source: String, file: String? = nil, width: Int? = nil,
  style: DiagnosticStyle = .plain
) -> String {
  let line = SourceLine(of: diagnostic.range.start, in: Array(source.utf8))
  let number = String(line.number)
  let margin = String(repeating: " ", count: number.count)
  let paint = Paint(style)
  var lines = titleLines(diagnostic, width, paint)
  if let file {
    let column = line.before(diagnostic.range.start).count + 1
    lines.append("  \(visible(file)):\(number):\(column)")
  }
  if !source.isEmpty, style == .spoken {
    let meant = drawn(line.inside(diagnostic.range)).prefix(100)
    lines.append(
      "  at line \(number), character \(line.before(diagnostic.range.start).count + 1)"
        + (meant.isEmpty ? "" : ": \(meant)"))
  } else if !source.isEmpty {
    let excerpt = Excerpt(line, diagnostic.range, width: width.map { $0 - number.count - 5 })
    lines.append("  \(paint.faint("\(number) │")) \(excerpt.text)")
    lines.append(
      "  \(paint.faint("\(margin) │")) \(excerpt.indent)"
        + paint.severity(excerpt.carets, diagnostic.severity))
  }
  if let hint = diagnostic.hint {
    if style == .spoken {
      lines.append("  hint: \(visible(hint))")
    } else {
      let indent = "\(margin)     "
      let parts = wrapped(visible(hint), to: width.map { max(20, $0 - indent.count) } ?? Int.max)
      lines += parts.enumerated().map { part in
        part.offset == 0 ? "  \(margin) \(paint.faint("=")) \(part.element)" : indent + part.element
      }
    }
  }
  return lines.joined(separator: "\n")
}

/// `error: message`, on as many lines as it takes.
private func titleLines(_ diagnostic: Diagnostic, _ width: Int?, _ paint: Paint) -> [String] {
  let severity = diagnostic.severity
  let title = "\(severity.rawValue):"
  let parts = wrapped(
    "\(title) \(visible(diagnostic.message))", to: max(20, (width ?? Int.max) - 2))
  return parts.enumerated().map { part in
    guard part.offset == 0 else { return "  " + paint.strong(part.element) }
    return paint.severity(title, severity) + " "
      + paint.strong(String(part.element.dropFirst(title.count + 1)))
  }
}

/// A line of the text, drawn in cells that can be counted: a tab is one space, and the byte order
/// mark that some programs write first is nothing.
private func drawn(_ text: String) -> String {
  var plain = text.unicodeScalars
  if plain.first == "\u{FEFF}" { plain.removeFirst() }
  return visible(String(String.UnicodeScalarView(plain.map { $0 == "\t" ? " " : $0 })))
}

/// The part of a line round what is meant: all of it, unless somebody wrote thousands of
/// characters on one line.
private struct Excerpt {
  private var before: String
  private var under: String
  private var after: String

  init(_ line: SourceLine, _ range: SourceRange, width: Int?) {
    before = drawn(line.before(range.start))
    under = drawn(line.inside(range))
    after = drawn(line.after(range.end))
    let most = 100
    // Somebody may have written a million characters on one line.
    if before.count > most { before = "…" + before.suffix(most - 1) }
    if under.count > most { under = under.prefix(most) + "…" }
    if after.count > most { after = after.prefix(most - 1) + "…" }
    if let width, cellWidth(before + under + after) > width {
      // What is meant stays whole; what stands before it needs more room than what follows.
      let room = max(8, width - cellWidth(under))
      let behind = min(cellWidth(after), max(room / 4, room - cellWidth(before)))
      cutBefore(to: room - behind)
      cutAfter(to: behind)
    }
  }

  private mutating func cutBefore(to cells: Int) {
    guard cellWidth(before) > cells else { return }
    while cellWidth(before) > max(0, cells - 1) { before.removeFirst() }
    before = "…" + before
  }

  private mutating func cutAfter(to cells: Int) {
    guard cellWidth(after) > cells else { return }
    while cellWidth(after) > max(0, cells - 1) { after.removeLast() }
    after += "…"
  }

  var text: String { before + under + after }
  var indent: String { String(repeating: " ", count: cellWidth(before)) }
  var carets: String { String(repeating: "^", count: max(1, cellWidth(under))) }
}

/// The colours of a style.
private struct Paint {
  private let isColoured: Bool

  init(_ style: DiagnosticStyle) {
    isColoured = style == .colour
  }

  func severity(_ text: String, _ severity: Diagnostic.Severity) -> String {
    switch severity {
    case .error: sgr("1;31", text)
    case .warning: sgr("1;33", text)
    case .note: sgr("1;36", text)
    }
  }

  func strong(_ text: String) -> String { sgr("1", text) }

  func faint(_ text: String) -> String { sgr("2", text) }

  /// Select Graphic Rendition: the terminal's way to colour a text.
  private func sgr(_ code: String, _ text: String) -> String {
    isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
