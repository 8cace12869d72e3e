/// Fisher's exact test of two groups, two-sided: the probability of all tables with the same margins
/// that are no likelier than the one observed.
///
///     try fisherTest(
///       try Proportion(events: 117, people: 389), try Proportion(events: 2, people: 10))
///     // p 0.7298
///
/// R. Fisher, Statistical Methods for Research Workers, 1934, 21.02. Tables within 10⁻⁷ of the observed
/// one count as equally likely, as in R. The error is `notWhole`, or `outside` beyond 10¹².
public func fisherTest(_ first: Proportion, _ second: Proportion) throws(StatisticsError)
  -> SignificanceTest
{
  for (index, group) in [first, second].enumerated() {
    try whole(group.events, Argument(.events, row: index + 1))
    try whole(group.people, Argument(.people, row: index + 1))
  }
  let tables = Tables(first, second)
  let pValue = tables.probabilityOfNoLikelier(than: first.events)
  return SignificanceTest(statistic: nil, degreesOfFreedom: nil, pValue: pValue)
}

/// The tables with given margins: how many events fall to the first group is hypergeometric.
private struct Tables {
  let first: Double
  let second: Double
  let events: Double
  let least: Double
  let most: Double

  init(_ one: Proportion, _ other: Proportion) {
    first = one.people
    second = other.people
    events = one.events + other.events
    least = max(0, events - second)
    most = min(events, first)
  }

  /// The probability of a table, as a product of three binomial ones.
  func probability(_ count: Double) -> Double {
    let all = first + second
    let share = events / all
    let others = (all - events) / all
    func binomial(_ successes: Double, _ people: Double) -> Double {
      binomialDensity(
        successes: successes, failures: people - successes, probability: share,
        complement: others)
    }
    return binomial(count, first) * binomial(events - count, second) / binomial(events, all)
  }

  func probabilityOfNoLikelier(than observed: Double) -> Double {
    let limit = probability(observed) * (1 + 1e-7)
    let mode = ((events + 1) / (first + second + 2) * (first + 1)).rounded(.down)
    let peak = min(max(mode, least), most)
    // No table is likelier than the one observed.
    if probability(peak) <= limit { return 1 }
    return min(
      1, sum(from: peak, by: -1, to: least, limit) + sum(from: peak, by: 1, to: most, limit))
  }

  /// The sum over the tables on one side of the peak, where they only get less likely.
  private func sum(from peak: Double, by step: Double, to end: Double, _ limit: Double) -> Double {
    var near = 0.0
    var far = abs(end - peak) + 1
    while far - near > 1 {
      let middle = near + ((far - near) / 2).rounded(.down)
      if probability(peak + step * middle) <= limit { far = middle } else { near = middle }
    }
    var count = peak + step * far
    guard (end - count) * step >= 0 else { return 0 }
    var term = probability(count)
    var sum = 0.0
    while term > sum * 1e-18 {
      sum += term
      guard count != end else { break }
      term *= step > 0 ? ratioToNext(count) : 1 / ratioToNext(count - 1)
      count += step
    }
    return sum
  }

  /// The probability of one event more in the first group over that of this number.
  private func ratioToNext(_ count: Double) -> Double {
    (first - count) / (count + 1) * ((events - count) / (second - events + count + 1))
  }
}
