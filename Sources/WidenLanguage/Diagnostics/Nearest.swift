/// The candidate that was probably meant, or nil when none is near: within a third of the word's
/// length, and in words of up to four letters one slip, and a swap or the same first letter.
public func nearest(_ word: String, in candidates: [String]) -> String? {
  let letters = Array(word.lowercased().unicodeScalars)
  guard (2...40).contains(letters.count) else { return nil }
  let limit = max(1, letters.count / 3)
  var best: (distance: Int, otherStart: Int, candidate: String)?
  for candidate in candidates {
    let other = Array(candidate.lowercased().unicodeScalars)
    guard abs(other.count - letters.count) <= limit, isAlike(letters, other) else { continue }
    let found = distance(letters, other)
    let otherStart = other.first == letters.first ? 0 : 1
    if found <= limit, best.map({ (found, otherStart) < ($0.distance, $0.otherStart) }) ?? true {
      best = (found, otherStart, candidate)
    }
  }
  return best?.candidate
}

/// Short words resemble too many others: they need a swap, or the same first letter.
private func isAlike(_ word: [Unicode.Scalar], _ other: [Unicode.Scalar]) -> Bool {
  word.count > 4 || word.count > 2 && word.first == other.first || word.sorted() == other.sorted()
}

/// The Damerau distance (optimal string alignment): a swap of neighbours is one slip.
func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
  var before: [Int] = []
  var last = Array(0...right.count)
  for (row, letter) in left.enumerated() {
    var next = [row + 1]
    for (column, other) in right.enumerated() {
      let replaced = last[column] + (letter == other ? 0 : 1)
      var best = min(last[column + 1] + 1, next[column] + 1, replaced)
      if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
        best = min(best, before[column - 1] + 1)
      }
      next.append(best)
    }
    before = last
    last = next
  }
  return last[right.count]
}
