import WidenLanguage
import WidenStatistics

/// A comparison of two groups as one sentence: the ratio with its interval, the counts, the
/// four-fifths rule, and whether chance could explain it.
struct LikelihoodSentence {
  private let found: ComparedGroups
  private let counts: TwoGroups
  private let plan: LikelihoodPlan

  init(_ found: ComparedGroups, _ counts: TwoGroups, _ plan: LikelihoodPlan) {
    self.found = found
    self.counts = counts
    self.plan = plan
  }

  /// Nil when one of the groups has nobody.
  var text: String? {
    guard counts.group.people > 0, counts.reference.people > 0 else { return nil }
    return [ratio + ": " + bothCounts, verdict].compactMap { $0 }.joined(separator: "; ")
  }

  private var ratio: String {
    guard let ratio = found.likelihood?.ratio else {
      return "no ratio, because it happened to nobody of \(plan.referenceName)"
    }
    let start =
      "\(plan.groupName) are \(grouped(ratio, places: 3)) times as likely as \(plan.referenceName)"
    guard let interval = found.likelihood?.interval else { return start + " (no interval)" }
    return start + " (95 % interval \(grouped(interval.low, places: 3)) to "
      + "\(grouped(interval.high, places: 3)))"
  }

  private var bothCounts: String {
    func one(_ group: GroupCounts) -> String {
      "\(grouped(group.events)) of \(grouped(group.people)) "
        + "(\(grouped((group.share ?? 0) * 100, places: 1)) %)"
    }
    return "\(one(counts.group)) against \(one(counts.reference))"
  }

  private var verdict: String? {
    guard let test = found.test, let rule = found.fourFifths else { return nil }
    let isSignificant = test.test.pValue < 0.05
    let isMet = rule == "met"
    let method = " (\(test.method.rawValue), p \(shownProbability(test.test.pValue)))"
    // The interval and the test are two approximations, and part where chance and more meet.
    if let interval = found.likelihood?.interval, interval.contains(1) == isSignificant {
      return "the four-fifths rule is \(rule), and the difference is on the edge of chance" + method
    }
    let word = isMet == isSignificant ? "but" : "and"
    return "the four-fifths rule is \(rule), \(word) the difference is "
      + (isSignificant ? "more than chance" : "not significant") + method
  }
}

/// A probability with two significant digits: `0.73`, `0.031`, `below 0.001`.
func shownProbability(_ probability: Double) -> String {
  if probability < 0.001 { return "below 0.001" }
  return grouped(probability, places: probability < 0.01 ? 4 : probability < 0.1 ? 3 : 2)
}
