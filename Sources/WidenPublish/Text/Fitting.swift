import WidenLanguage

/// Text cut to a width, with an ellipsis where something is left out.
func cut(_ text: String, to width: Int) -> String {
  guard cellWidth(text) > width else { return text }
  let room = width - 1
  guard room > 0 else { return room == 0 ? "…" : "" }
  var kept = ""
  var used = 0
  for character in text {
    let next = cellWidth(character)
    if used + next > room { break }
    kept.append(character)
    used += next
  }
  return kept + "…"
}

/// Text with spaces before or after it until it takes `width` cells.
func padded(_ text: String, to width: Int, isRight: Bool) -> String {
  let space = String(repeating: " ", count: max(0, width - cellWidth(text)))
  return isRight ? space + text : text + space
}
