extension Sample {
  /// How recruitment goes; all of it invented, after the published shape of race equality reports.
  enum Recruitment {
    /// How many apply for each of ten vacancies in turn, 100 in all.
    static let applicants = [6, 14, 9, 11, 4, 16, 8, 12, 7, 13]

    /// Weights of the bands of vacancies; the last is for those without a band, of doctors.
    static let bandWeights = [20, 140, 130, 100, 240, 150, 80, 40, 15, 7, 4, 3, 1, 70]

    /// Of a thousand applicants, how many are women.
    static let women = 700

    /// Weights of `StaffPeople.disabilities`, and of nothing recorded.
    static let disabilityWeights = [820, 55, 95, 30]

    /// Of a thousand White, minority and other applicants, how many are shortlisted.
    static let shortlisted = (white: 330, minority: 262, unknown: 290)

    /// Of a thousand shortlisted White applicants, how many are appointed.
    static let appointed = 350

    /// In percent, how much likelier White applicants are than others to be appointed once they are
    /// shortlisted, by organisation.
    static let whiteAdvantage = [
      "R1H": 172, "RAL": 152, "RAN": 185, "RAP": 132, "RAT": 165, "RF4": 190, "RKE": 122,
      "RNK": 205, "RP4": 170, "RP6": 155, "RQX": 106, "RRP": 160, "RRV": 168, "RWK": 97,
      "TAF": 145,
    ]

    /// The same for organisations that are not listed.
    static let otherWhiteAdvantage = 160

    /// In percent of others, how likely people with a disability are to be appointed.
    static let appointedWithDisability = 84
  }
}
