import WidenLanguage

extension Sample {
  // Written as numbers because the compiler folds those, and every row needs them.
  /// 31 March 2016, the day of the extract; whoever has not left by then is in post.
  static let extractDay = 16_891
  /// 1 April 2012, from when on posts that ended are kept.
  static let firstLeavingDay = 15_431
  /// The first days of the 48 months from April 2012 to March 2016, and of the month after.
  static let monthStarts = (0...48).map {
    Month(number: Month(year: 2012, month: 4).number + $0).first.number
  }
  /// The first days of the financial years 2012/13 to 2015/16, and of the next.
  static let yearStarts = stride(from: 0, through: 48, by: 12).map { monthStarts[$0] }

  /// Whether the post of a row has ended: 11 in every 36, which is 11 leavers a year for 100 posts.
  ///
  /// Eleven rows in a row would look odd, so the multiplication scatters them.
  @inline(__always)
  static func isEnded(_ row: Int) -> Bool { row &* 23 % 36 < 11 }

  /// How many rows hold this number of posts that have not ended.
  static func rows(posts: Int) -> Int {
    var rows = posts / 25 * 36
    var rest = posts % 25
    while rest > 0 {
      if !isEnded(rows) { rest -= 1 }
      rows += 1
    }
    return rows
  }
}
