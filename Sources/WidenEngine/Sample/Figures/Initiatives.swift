import WidenLanguage

extension Sample {
  /// Something the programme paid for, launched or held.
  struct Initiative {
    enum Kind: String, CaseIterable {
      case apprenticeship, event, framework, investment, pathway
      case salarySupport = "salary support"
    }

    var code: String
    var name: String
    var kind: Kind
    var provider: String
    /// Pounds, invented; frameworks have none of their own.
    var funding: Int?
    var started: Day
    /// Missing while it goes on.
    var ended: Day?

    init(
      _ code: String, _ name: String, _ kind: Kind, _ provider: String, _ funding: Int?,
      _ started: Day, _ ended: Day?
    ) {
      self.code = code
      self.name = name
      self.kind = kind
      self.provider = provider
      self.funding = funding
      self.started = started
      self.ended = ended
    }
  }

  /// The published initiatives; what is invented of them are codes, funding, and days of a month.
  static let initiatives: [Initiative] = [
    Initiative(
      "WP01", "Direct workforce development funding for bands 1-4", .investment, "Employing trusts",
      2_400_000, firstDay(2013, 4), lastDay(2016, 3)),
    Initiative(
      "WP02", "Dedicated investment in healthcare support workers in primary care", .investment,
      "Community education provider networks", 620_000, firstDay(2014, 4), lastDay(2016, 3)),
    Initiative(
      "WP03",
      "Assistant and associate practitioner programme (APEL BSc Adult and Mental Health Nursing)",
      .pathway, "Middlesex University", 860_000, firstDay(2012, 9), lastDay(2016, 8)),
    Initiative(
      "WP04", "Salary support for existing staff in professional training", .salarySupport,
      "Employing trusts", 1_250_000, firstDay(2013, 9), lastDay(2016, 8)),
    Initiative(
      "WP05", "Expansion of apprenticeships: clinical support, level 2", .apprenticeship,
      "Further education colleges", 540_000, firstDay(2012, 4), lastDay(2017, 3)),
    Initiative(
      "WP06", "Expansion of apprenticeships: clinical support, level 3", .apprenticeship,
      "Further education colleges", 710_000, firstDay(2012, 4), lastDay(2017, 3)),
    Initiative(
      "WP07", "Expansion of apprenticeships: administration and estates", .apprenticeship,
      "Independent training providers", 430_000, firstDay(2012, 4), lastDay(2017, 3)),
    Initiative(
      "WP08", "Talent for Care national framework", .framework, "Health Education England", nil,
      firstDay(2014, 11), nil),
    Initiative(
      "WP09", "Widening Participation Strategy", .framework, "Health Education England", nil,
      firstDay(2014, 11), nil),
    Initiative(
      "WP10", "Valuing Healthcare Assistants: March event at Middlesex University", .event,
      "Middlesex University", 14_000, eventDays[0], eventDays[0]),
    Initiative(
      "WP11", "Valuing Healthcare Assistants: second event", .event,
      "Health Education North Central and East London", 11_500, eventDays[1], eventDays[1]),
    Initiative(
      "WP12", "Valuing Healthcare Assistants: third event", .event,
      "Health Education North Central and East London", 12_500, eventDays[2], eventDays[2]),
  ]

  /// The days of the three events; March 2014 is published, the rest is invented.
  static let eventDays = [(2014, 3, 12), (2014, 7, 9), (2015, 2, 24)].map { year, month, day in
    Day(number: firstDay(year, month).number + day - 1)
  }

  /// New apprentices a year for 10,000 staff in each of the four years, by trust; invented.
  static let apprenticeStarts: [String: [Int]] = [
    "R1H": [70, 95, 150, 215], "RAL": [80, 110, 190, 262], "RAN": [40, 60, 90, 140],
    "RAP": [90, 100, 120, 140], "RAT": [80, 110, 160, 255], "RF4": [60, 80, 110, 140],
    "RKE": [90, 120, 200, 290], "RNK": [20, 30, 40, 60], "RP4": [40, 60, 70, 95],
    "RP6": [50, 60, 120, 155], "RQX": [100, 130, 230, 310], "RRP": [60, 80, 130, 180],
    "RRV": [50, 75, 90, 115], "RWK": [70, 100, 170, 265], "TAF": [60, 80, 110, 130],
  ]

  /// The same for organisations that are not listed.
  static let otherApprenticeStarts = [40, 60, 80, 110]

  private static func firstDay(_ year: Int, _ month: Int) -> Day {
    Month(year: year, month: month).first
  }

  private static func lastDay(_ year: Int, _ month: Int) -> Day {
    Month(year: year, month: month).last
  }
}
