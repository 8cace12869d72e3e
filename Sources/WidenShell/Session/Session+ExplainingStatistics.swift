internal import WidenLanguage

/// What the statistical steps do, each as a sentence that names its method.
extension Session {
  func meaning(of compare: CompareStep) -> String {
    let weighted = compare.through.map { ", weighted by the rows of \($0.text)" } ?? ""
    let interval =
      compare.interval.map { "; the share has its \($0.level) interval by Wilson's method" } ?? ""
    return "puts the share of the same \(names(compare.on)) in \(compare.benchmark.text) beside each "
      + "share\(weighted), with the index (100 is parity) and the gap in points" + interval
  }

  func meaning(of change: ChangeStep) -> String {
    let earlier = change.baseline.map { "its value at \(print($0))" } ?? "the value before"
    let test =
      change.withTest
      ? ", and tests whether chance could explain the difference" : ""
    return "puts \(earlier) beside each \(change.value.text) along \(change.over.text), with the "
      + "difference and the ratio" + test
  }

  func meaning(of likelihood: LikelihoodStep) -> String {
    let group = print(likelihood.group)
    let reference = print(likelihood.reference)
    return "divides the rate of \(print(likelihood.event)) of \(group) by that of \(reference)"
      + grouping(likelihood.keys)
      + ": above 1, \(group) are likelier; with the 95 % interval by Katz's method, a test (Fisher's "
      + "exact one when few are expected) and the four-fifths rule"
  }

  func meaning(of standardise: StandardiseStep) -> String {
    let over = standardise.over.text
    if standardise.standard.text.lowercased() == "total" {
      return "compares the number of \(print(standardise.event)) with what the rates of everybody "
        + "at each \(over) would give" + grouping(standardise.keys)
        + " (indirect standardisation, with a 95 % interval)"
    }
    return "weights the rate of \(print(standardise.event)) at each \(over) by "
      + "\(standardise.standard.text)" + grouping(standardise.keys)
      + " (direct standardisation, 95 % interval by Dobson's method, none under 10 events)"
  }

  func meaning(of inequality: InequalityStep) -> String {
    "fits a line through \(print(inequality.aggregate)) from the first \(inequality.across.text) to "
      + "the last" + grouping(inequality.keys)
      + ": the slope is the difference between its ends, the relative index their ratio"
  }

  func meaning(of funnel: FunnelStep) -> String {
    "compares the rate of \(print(funnel.event))" + grouping(funnel.keys)
      + " with the limits that chance sets a group of its size round the pooled rate"
      + (funnel.withOverdispersion ? ", widened by what the groups differ beyond chance" : "")
  }

  func meaning(of control: ControlStep) -> String {
    let until = control.until.map { " of the times until \(print($0))" } ?? ""
    return "follows \(print(control.aggregate)) over \(print(control.over.value)) and marks what is "
      + "more than ordinary variation: limits are the mean\(until) and 2.66 times the mean moving "
      + "range on either side"
  }

  func meaning(of parity: ParityStep) -> String {
    "counts who joined, left and moved in \(print(parity.year)) and projects when the share of "
      + "\(print(parity.event)) among \(print(parity.base)) equals their share of everybody, if every "
      + "year is like it"
  }

  private func names(_ paths: [Path]) -> String { paths.map(\.text).joined(separator: " and ") }
}
