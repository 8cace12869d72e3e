import WidenLanguage

/// What a drawn table leaves out, and the sentences that say so.
struct HiddenParts {
  var rows: ShownRows
  var columnCount: Int
  /// The names of the columns that had no room.
  var leftOut: [String]

  /// No lines when nothing is hidden; each line fits the width.
  func lines(width: Int?) -> [String] {
    let shownRows = rows.head + rows.tail
    var counts: [String] = []
    if shownRows < rows.count {
      counts.append("\(grouped(shownRows)) of \(grouped(rows.count)) rows")
    }
    if !leftOut.isEmpty {
      counts.append("\(grouped(columnCount - leftOut.count)) of \(grouped(columnCount)) columns")
    }
    if counts.isEmpty { return [] }
    let room = max(10, width ?? Int.max)
    return wrapped(counts.joined(separator: ", ") + " shown", to: room) + names(room)
      + wrapped(wayOut, to: room)
  }

  private var wayOut: String {
    var ways: [String] = []
    if rows.cutAfter != nil, rows.count <= 10_000 { ways.append("set rows \(rows.count), ") }
    if !leftOut.isEmpty { ways.append("select fewer columns, ") }
    let first = ways.joined() + (ways.isEmpty ? "" : "or ")
    return "to see all: \(first)export last to \"all.csv\""
  }

  /// As many names as two lines hold.
  private func names(_ room: Int) -> [String] {
    if leftOut.isEmpty { return [] }
    // A name and its comma take three cells at least.
    let most = min(leftOut.count, max(1, 2 * (room / 3)))
    for count in stride(from: most, through: 1, by: -1) {
      let rest = leftOut.count - count
      let text =
        "left out: " + leftOut.prefix(count).joined(separator: ", ")
        + (rest > 0 ? " and \(grouped(rest)) more" : "")
      let lines = wrapped(text, to: room)
      if lines.count <= 2 || count == 1 { return lines }
    }
    return []
  }
}
