/// Text in lines of at most `width` cells, broken after spaces and, in a column's name, underscores.
///
/// A piece that is longer than a line is broken anywhere. `N = 1,005` stays together.
public func wrapped(_ text: String, to width: Int, isName: Bool = false) -> [String] {
  var lines: [String] = []
  var line = ""
  for piece in pieces(text, isName: isName) {
    let bare = piece.hasSuffix(" ") ? String(piece.dropLast()) : piece
    if cellWidth(line) + cellWidth(bare) <= width {
      line += piece
      continue
    }
    if !line.isEmpty { lines.append(line) }
    line = piece
    while cellWidth(line.hasSuffix(" ") ? String(line.dropLast()) : line) > width {
      let head = prefix(of: line, width: max(1, width))
      lines.append(head)
      line = String(line.dropFirst(head.count))
    }
  }
  if !line.isEmpty || lines.isEmpty { lines.append(line) }
  return lines.map { $0.hasSuffix(" ") ? String($0.dropLast()) : $0 }
}

/// The width of the longest piece that `wrapped` keeps together.
public func longestPiece(_ text: String, isName: Bool = false) -> Int {
  pieces(text, isName: isName).map { cellWidth($0.hasSuffix(" ") ? String($0.dropLast()) : $0) }
    .max() ?? 0
}

private func pieces(_ text: String, isName: Bool) -> [String] {
  var found: [String] = []
  var piece = ""
  var characters = Array(text)[...]
  while let character = characters.popFirst() {
    let endsPiece = character == " " && characters.first != "=" && piece.last != "="
    piece.append(character)
    if endsPiece || (isName && character == "_") {
      found.append(piece)
      piece = ""
    }
  }
  return piece.isEmpty ? found : found + [piece]
}

/// At least one grapheme, so that a loop that takes prefixes ends.
private func prefix(of text: String, width: Int) -> String {
  var kept = ""
  var used = 0
  for character in text {
    used += cellWidth(character)
    if used > width, !kept.isEmpty { break }
    kept.append(character)
  }
  return kept
}
