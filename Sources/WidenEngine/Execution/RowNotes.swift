import WidenLanguage

/// Sentences about rows on the way to a result, whether the rows were here or in a database: of few
/// rows about people that leave, nothing is told.
extension ExecutionContext {
  /// Rows that a condition let through without a value.
  func tellPassed(_ missing: Int, without name: String, areAboutPeople: Bool) {
    tellMissing(missing, areAboutPeople: areAboutPeople) { missing in
      "with missing \(name) passed the condition; "
        + "'\(name) is not missing' leaves \(missing == 1 ? "it" : "them") out"
    }
  }

  /// Rows that an aggregate could not use, for want of what it reads.
  func tellSkipped(_ missing: Int, without name: String?, by label: String, areAboutPeople: Bool) {
    tellMissing(missing, areAboutPeople: areAboutPeople) { missing in
      "with \(name.map { "missing \($0)" } ?? "a missing value") "
        + "\(missing == 1 ? "was" : "were") skipped by \(label)"
    }
  }

  private func tellMissing(_ missing: Int, areAboutPeople: Bool, _ what: (Int) -> String) {
    let missing = worthTelling(missing, areAboutPeople: areAboutPeople)
    guard missing > 0 else { return }
    let rows = told(missing, "row", areAboutPeople: areAboutPeople)
    tell(Answer.Note(.note, "\(rows) \(what(missing))"))
  }

  /// Rows that point to another table: all of them, those with a value, those that found a row.
  func tellLookup(_ title: String, all: Int, present: Int, found: Int) {
    var text = "\(title): \(told(found, "row")) matched"
    text += worthTelling(all - found) == 0 ? ", all of them" : ", \(told(all - found)) did not"
    if worthTelling(all - present) > 0 { text += " (\(told(all - present)) of them missing)" }
    tell(Answer.Note(.note, text))
  }

  /// Rows that were joined: those with a match, those without, those with several.
  func tellJoin(
    _ join: JoinPlan, matched: Int, unmatched: Int, multiplied: Int, areAboutPeople: Bool
  ) {
    func told(_ count: Int, _ noun: String? = nil) -> String {
      self.told(count, noun, areAboutPeople: areAboutPeople)
    }
    let worthTelling = worthTelling(unmatched, areAboutPeople: areAboutPeople)
    if join.mayMultiply, worthTelling == 0 { return }
    var text = "\(join.title): \(told(matched, "row")) matched"
    if worthTelling == 0 {
      text += ", all of them"
    } else {
      let fate = join.unmatched == .keep ? "kept with missing values" : "dropped"
      text += ", \(told(unmatched)) did not and \(unmatched == 1 ? "was" : "were") \(fate)"
    }
    let isMultiplied =
      self.worthTelling(multiplied, areAboutPeople: areAboutPeople) > 0 && !join.mayMultiply
    if isMultiplied { text += "; \(told(multiplied)) matched more than once" }
    tell(Answer.Note(isMultiplied ? .warning : .note, text))
  }
}
