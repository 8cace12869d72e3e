/// What separates the fields of a text, from its first rows: the separator that gives the most rows
/// the same number of fields, and of equals the first of comma, tab, semicolon and vertical bar.
func foundSeparator(
  _ source: ByteSource, newline: UInt8, range: Range<Int>, skipRows: Int
) -> Separator {
  let lower = source.name.lowercased()
  let isNamedForTabs = lower.hasSuffix(".tsv") || lower.hasSuffix(".tab")
  var best = isNamedForTabs ? Separator.tab : .comma
  var most = 0
  let others = Separator.allCases.filter { $0 != best }
  for candidate in [best] + others {
    let counts = fieldCounts(source, newline, range, candidate).dropFirst(skipRows)
    let agreeing = agreement(Array(counts))
    if agreeing > most { (best, most) = (candidate, agreeing) }
  }
  return best
}

/// How many fields the first rows have, up to the first that cannot be read.
private func fieldCounts(
  _ source: ByteSource, _ newline: UInt8, _ range: Range<Int>, _ separator: Separator
) -> [Int] {
  let end = min(range.upperBound, range.lowerBound + 65_536)
  var reader = RecordReader(
    source, Dialect(separator: separator.byte, newline: newline), from: range.lowerBound, to: end,
    maximumFieldBytes: 1 << 20)
  var counts: [Int] = []
  while counts.count < 40, (try? reader.next()) == true {
    // A row that the sample cuts in two tells nothing.
    if reader.position == end, end < range.upperBound { break }
    counts.append(reader.fieldCount)
  }
  return counts
}

/// How many rows have as many fields as most do; none when nearly all rows have but one, or when
/// the rows below the titles differ too often.
private func agreement(_ counts: [Int]) -> Int {
  guard let first = counts.firstIndex(where: { $0 > 1 }) else { return 0 }
  var rows: [Int: Int] = [:]
  for count in counts[first...] where count > 1 { rows[count, default: 0] += 1 }
  let most = rows.values.max() ?? 0
  return most * 10 >= (counts.count - first) * 7 ? most : 0
}
