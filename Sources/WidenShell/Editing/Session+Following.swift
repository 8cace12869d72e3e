internal import WidenLanguage
internal import WidenPublish

/// `?` at the end of a line: what may follow, with signatures and one-line summaries.
extension Session {
  /// See `Shell`.
  public func following(_ text: String, at byteOffset: Int) -> String? {
    let head = String(decoding: text.utf8.prefix(byteOffset), as: UTF8.self)
    let seen = inspect(head)
    let end = head.utf8.count
    let isInComment = seen.highlights.last.map { $0.kind == .comment && $0.range.end == end }
    guard isInComment != true, seen.unclosed.last?.end != end else { return nil }
    let offer = offer(head)
    var page = Page(width: max(40, options.width() ?? 80), height: options.height())
    if let usage = usageOfStep(seen, before: offer.completions.start, head) { page.say(usage) }
    page.add(offer.completions.candidates, "steps and statements") { $0.kind == .step }
    page.add(offer.completions.candidates, "tables") { $0.kind == .table }
    page.list(offer.completions.candidates, "values") { $0.kind == .text }
    page.list(offer.completions.candidates, "columns") { $0.kind == .column }
    page.add(offer.completions.candidates, "parameters") { $0.kind == .parameter }
    page.add(offer.completions.candidates, "settings") { $0.kind == .setting }
    page.add(offer.completions.candidates, "files") { $0.kind == .file }
    page.list(words(offer), "words and signs") { _ in true }
    page.addOrList(offer.completions.candidates, "aggregates and functions") {
      $0.kind == .function
    }
    if let due = ownWords(offer.context) { page.say(due) }
    return page.text ?? nothingKnown(head, offer.context)
  }

  /// The page on what may follow a text that ends with `?`; nil for another text.
  func question(in text: String) -> String? {
    let trimmed = text.trimmed
    guard trimmed.last == "?" else { return nil }
    let head = String(trimmed.dropLast())
    return following(head, at: head.utf8.count)
  }

  private func words(_ offer: Offer) -> [Completions.Candidate] {
    let words = offer.completions.candidates.filter { $0.kind == .keyword }
    // What is meant most often comes first.
    let usual = ["=", "!=", "<", "<=", ">", ">=", "|", ","]
    let signs =
      usual.filter(offer.context.signs.contains)
      + offer.context.signs.filter { !usual.contains($0) }
    return words + signs.map { .init($0, kind: .sign) }
  }

  /// How the step or statement is used inside which the place is.
  private func usageOfStep(_ seen: Inspection, before start: Int, _ head: String) -> String? {
    guard let last = seen.highlights.last(where: { $0.kind == .step }), last.range.end < start
    else { return nil }
    let bytes = Array(head.utf8)
    let behind = bytes[last.range.end..<start]
    guard !behind.contains(UInt8(ascii: "|")), !behind.contains(UInt8(ascii: ";")) else {
      return nil
    }
    let word = String(decoding: bytes[last.range.start..<last.range.end], as: UTF8.self)
    let record =
      stepRecords.first { $0.word == word.lowercased() }.map { ($0.signature, $0.summary) }
      ?? statementRecords.first { $0.word == word.lowercased() }.map { ($0.signature, $0.summary) }
    guard let (signature, summary) = record, !signature.isEmpty, word.lowercased() != "from" else {
      return nil
    }
    return "\(word.lowercased()) \(signature)\n    \(summary)"
  }

  /// What the user has to think up.
  private func ownWords(_ context: CompletionContext) -> String? {
    if context.names.contains(.newName) { return "a name of your own" }
    if context.names.contains(.file) { return "the name of a file in quotes" }
    if context.names.contains(.text) { return "a text in quotes" }
    return nil
  }

  /// Where no list helps, what the parser waits for does.
  private func nothingKnown(_ head: String, _ context: CompletionContext) -> String {
    if let problem = parse(head).diagnostics.first {
      return problem.message + (problem.hint.map { "\n  = \($0)" } ?? "") + "\n"
    }
    return context.typed.isEmpty
      ? "nothing more may follow\n" : "nothing known here starts with '\(visible(context.typed))'\n"
  }
}

/// Groups of candidates under their titles, as many lines as a screen holds.
private struct Page {
  private var lines: [String] = []
  private let width: Int
  private let height: Int?

  init(width: Int, height: Int?) {
    self.width = width
    self.height = height
  }

  var text: String? {
    guard !lines.isEmpty else { return nil }
    // The text being typed and its prompt stay in sight.
    guard let height, lines.count > height - 3 else { return lines.joined(separator: "\n") + "\n" }
    let shown = lines.prefix(max(4, height - 4))
    let rest = lines.count - shown.count
    return shown.joined(separator: "\n")
      + "\n  … \(counted(rest, "more line")); type a letter first, or see: help steps\n"
  }

  mutating func say(_ text: String) {
    lines += text.split(separator: "\n").flatMap { wrapped(String($0), to: width - 1) }
  }

  /// Side by side where there are too many to read.
  mutating func addOrList(
    _ all: [Completions.Candidate], _ title: String,
    where belongs: (Completions.Candidate) -> Bool
  ) {
    if all.count(where: belongs) > 16 {
      list(all, title, where: belongs)
    } else {
      add(all, title, where: belongs)
    }
  }

  /// How each candidate is used and what it does: on two lines where there are few, else on one.
  mutating func add(
    _ all: [Completions.Candidate], _ title: String,
    where belongs: (Completions.Candidate) -> Bool
  ) {
    let found = all.filter(belongs)
    guard !found.isEmpty else { return }
    lines.append(title)
    let names = found.map(usage)
    let widest = names.map { cellWidth($0) }.max() ?? 0
    // Summaries are worth more room than long signatures, which come whole when there are few.
    let column = min(widest, width / 3)
    let areFew = found.count <= 4 && widest > column
    for (name, candidate) in zip(names, found) {
      let detail = candidate.detail.map { visible($0) } ?? ""
      if areFew {
        lines += [name, "    " + detail].map { "  " + cut($0, to: width - 3) }
      } else {
        let shown = cut(name, to: column)
        let gap = String(repeating: " ", count: column - cellWidth(shown) + 2)
        lines.append(
          "  " + shown + (detail.isEmpty ? "" : gap + cut(detail, to: width - column - 5)))
      }
    }
  }

  /// Candidates side by side.
  mutating func list(
    _ all: [Completions.Candidate], _ title: String,
    where belongs: (Completions.Candidate) -> Bool
  ) {
    let found = all.filter(belongs)
    guard !found.isEmpty else { return }
    lines.append(title)
    let items = found.map { candidate in
      let detail = candidate.kind == .text ? candidate.detail.map { "  " + $0 } : nil
      return cut(visible(candidate.display), to: width - 4 - cellWidth(detail ?? ""))
        + (detail ?? "")
    }
    var line = " "
    for (index, item) in items.enumerated() {
      let piece = " " + item + (index + 1 < items.count ? " ·" : "")
      if cellWidth(line) + cellWidth(piece) > width - 1, line != " " {
        lines.append(line)
        line = " "
      }
      line += piece
    }
    lines.append(line)
  }

  private func usage(_ candidate: Completions.Candidate) -> String {
    guard let signature = candidate.signature, candidate.display != signature else {
      return visible(candidate.display)
    }
    return visible(candidate.display) + (signature.isEmpty ? "" : " " + signature)
  }

  private func cut(_ text: String, to cells: Int) -> String {
    guard cellWidth(text) > cells else { return text }
    var kept = ""
    for character in text {
      if cellWidth(kept) + cellWidth(character) > cells - 1 { break }
      kept.append(character)
    }
    return kept + "…"
  }
}
