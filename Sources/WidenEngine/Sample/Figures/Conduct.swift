extension Sample {
  /// A formal process that somebody may enter, and how likely that is; invented.
  struct Process {
    /// The kind of case.
    var name: String
    /// Of 10,000 people in post for four years, how many enter it: White, minority and others.
    var white: Int
    var minority: Int
    var unknown: Int
    /// In percent of others, how likely those with a disability are to enter it.
    var withDisability: Int
    /// Days from opening to closing, and by how many more they vary.
    var days: Int
    var spread: Int
  }

  /// The formal processes in the order in which they are shown.
  static let processes = [
    Process(
      name: "capability", white: 150, minority: 158, unknown: 150, withDisability: 230, days: 40,
      spread: 160),
    Process(
      name: "disciplinary", white: 158, minority: 290, unknown: 190, withDisability: 105, days: 20,
      spread: 130),
  ]

  /// How many of a thousand have been trained; invented.
  enum Training {
    /// In what is mandatory, within a year.
    static let mandatory = 880
    /// In what is not, within four years, among White, minority and other staff.
    static let further = (white: 420, minority: 390, unknown: 395)
  }
}
