extension Sample {
  /// How a person's ethnicity counts where White and minority people are compared.
  enum Group: Int {
    case unknown, white, minority

    /// The group of each code of an ethnicity: 0 is missing, the last is not stated.
    static let ofEthnicity: [Group] =
      [.unknown]
      + ethnicities.indices.map { index in
        index < whiteCategories
          ? .white : index == ethnicities.count - 1 ? .unknown : .minority
      }
  }
}
