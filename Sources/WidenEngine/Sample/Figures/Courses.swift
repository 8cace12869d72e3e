extension Sample {
  /// What becomes of those who complete something, in the order in which it is shown.
  static let destinations = [
    "Registered nurse training", "Assistant practitioner", "Further study", "Promoted", "Same role",
  ]

  /// How taking part ends.
  static let outcomes = ["completed", "withdrawn", "in progress"]

  /// How taking part in an initiative goes; invented.
  struct Course {
    /// Days from start to end, and by how many more they vary.
    var days: Int
    var spread: Int
    /// Of a thousand who start, how many complete it unless they leave their post first.
    var completed: Int
    /// Weights of `destinations`; nothing where none is recorded.
    var destinations: [Int]

    init(_ days: Int, _ spread: Int, completed: Int, _ destinations: [Int] = []) {
      self.days = days
      self.spread = spread
      self.completed = completed
      self.destinations = destinations
    }
  }

  /// The course of each of `initiatives`; nobody takes part in a framework.
  static let courses: [Course] = [
    Course(35, 90, completed: 880, [8, 30, 50, 130, 782]),
    Course(60, 120, completed: 850, [15, 60, 60, 140, 725]),
    Course(540, 20, completed: 730, [620, 110, 40, 60, 170]),
    Course(330, 60, completed: 800, [260, 60, 90, 340, 250]),
    Course(360, 60, completed: 690, [25, 45, 150, 200, 580]),
    Course(470, 90, completed: 720, [110, 190, 70, 240, 390]),
    Course(380, 90, completed: 660, [0, 0, 120, 280, 600]),
    Course(0, 1, completed: 0), Course(0, 1, completed: 0),
    Course(0, 1, completed: 940), Course(0, 1, completed: 930), Course(0, 1, completed: 930),
  ]

  /// In percent of elsewhere, how likely a trust's people are to take the pathway and to go on to
  /// nurse training.
  static let nurseTrainingPercent = ["RKE": 210, "RQX": 150, "RF4": 40, "R1H": 85]

  /// Of 65,536 eligible posts, how many start in each of the four years.
  enum Uptake {
    static let developmentFund = [0, 2600, 3600, 4200]
    static let primaryCare = [0, 0, 7000, 9000]
    static let pathway = [2100, 2600, 3100, 2800]
    static let salarySupport = [0, 1800, 2300, 1700]
    /// Each of the three events.
    static let event = 1900
  }

  /// Of 1,000 posts of an organisation, how many are in the bands that become apprentices.
  static let eligiblePerThousand = 370
}
