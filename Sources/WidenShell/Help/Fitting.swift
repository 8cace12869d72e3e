internal import WidenLanguage
internal import WidenPublish

/// A page whose lines fit the screen: a paragraph with a line that is too long is laid out anew, and
/// what stands in two columns goes on under its second one.
func fitted(_ page: String, to width: Int?) -> String {
  guard let width, width > 20 else { return page }
  var result: [String] = []
  var paragraph: [String] = []
  func finish() {
    if paragraph.contains(where: { cellWidth($0) > width }) {
      let indent = String(paragraph[0].prefix { $0 == " " })
      let text = paragraph.map { $0.dropFirst(indent.count) }.joined(separator: " ")
      result += wrapped(text, to: width - indent.count).map { indent + $0 }
    } else {
      result += paragraph
    }
    paragraph = []
  }
  for line in page.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
    let indent = line.prefix { $0 == " " }.count
    let isProse = indent <= 2 && !line.isEmpty && !line.dropFirst(indent).contains("  ")
    if isProse, paragraph.isEmpty || paragraph[0].prefix(while: { $0 == " " }).count == indent {
      paragraph.append(line)
    } else {
      finish()
      if isProse { paragraph = [line] } else { result += hung(line, width) }
    }
  }
  finish()
  return result.joined(separator: "\n")
}

/// A line that goes on under its own start, or under its second column.
private func hung(_ line: String, _ width: Int) -> [String] {
  guard cellWidth(line) > width else { return [line] }
  var indent = line.prefix { $0 == " " }.count
  let words = line.dropFirst(indent)
  if let gap = words.firstRange(of: "  "),
    let column = words[gap.lowerBound...].firstIndex(where: { $0 != " " })
  {
    let hanging = line.distance(from: line.startIndex, to: column)
    if hanging <= width / 2 { indent = hanging }
  }
  let rest = wrapped(String(line.dropFirst(indent)), to: width - indent)
  let space = String(repeating: " ", count: indent)
  return rest.enumerated().map {
    $0.offset == 0 ? line.prefix(indent) + $0.element : space + $0.element
  }
}
