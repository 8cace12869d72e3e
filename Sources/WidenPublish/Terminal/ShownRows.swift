/// Which rows of a table are shown: all, or the first ones and a few of the last, where totals stand.
struct ShownRows {
  let count: Int
  let head: Int
  let tail: Int

  init(count: Int, maximum: Int?) {
    self.count = count
    let shown = min(count, max(1, maximum ?? count))
    tail = shown < count ? min(5, shown / 4) : 0
    head = shown - tail
  }

  /// The indices of the rows shown, in order.
  var indices: [Int] { Array(0..<head) + Array((count - tail)..<count) }

  /// Whether rows are left out, and if so after how many of those shown.
  var cutAfter: Int? { head + tail < count ? head : nil }
}
