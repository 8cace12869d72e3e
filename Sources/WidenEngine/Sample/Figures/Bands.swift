extension Sample {
  /// The bands of Agenda for Change, and posts of very senior managers above them.
  enum Band: Int, CaseIterable {
    case one, two, three, four, five, six, seven, eightA, eightB, eightC, eightD, nine, verySenior
  }

  /// The bands as they are written, in their order.
  static let bands = ["1", "2", "3", "4", "5", "6", "7", "8a", "8b", "8c", "8d", "9", "VSM"]

  /// The lowest and highest yearly pay of each band in 2014/15, in pounds, before any London weighting.
  ///
  /// Source: NHS terms and conditions of service, annex C; that of very senior managers is invented.
  static let pay: [(lowest: Int, highest: Int)] = [
    (14_294, 15_013), (14_294, 17_425), (16_271, 19_268), (18_838, 22_016), (21_478, 27_901),
    (25_783, 34_530), (30_764, 40_558), (39_239, 47_088), (45_707, 56_504), (54_998, 67_805),
    (65_922, 81_618), (77_850, 98_453), (105_000, 165_000),
  ]

  /// The least and greatest pay anybody has.
  static let payLimits = (lowest: 14_294, highest: 165_000)
}
