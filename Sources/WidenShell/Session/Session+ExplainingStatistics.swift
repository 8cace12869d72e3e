internal import WidenLanguage

/// What the statistical steps do, each as a sentence that names its method.
extension Session {
  /// The sentence of a step; nil for a step that has no method but what it is called.
  func method(of step: Step) -> String? {
    switch step {
    case .share(let share):
      share.interval.map { "adds the \($0.level) interval of each share by Wilson's method" }
    case .summarise(let summarise): method(of: summarise)
    case .compare(let compare): method(of: compare)
    case .change(let change): method(of: change)
    case .likelihood(let likelihood): method(of: likelihood)
    case .standardise(let standardise): method(of: standardise)
    case .inequality(let inequality): method(of: inequality)
    case .funnel(let funnel): method(of: funnel)
    case .control(let control): method(of: control)
    case .parity(let parity): method(of: parity)
    case .where, .derive, .select, .drop, .rename, .recode, .count, .crosstab, .snapshot, .top,
      .bottom, .join, .sort, .take, .distinct, .describe, .chart, .protect, .keep, .export:
      nil
    }
  }

  private func method(of summarise: SummariseStep) -> String? {
    let hasInterval = summarise.aggregates.contains { named in
      switch named.value {
      case .call(let call): call.interval != nil
      case .measure(let call): call.interval != nil
      case .number, .parameter, .negative, .chain, .function: false
      }
    }
    return hasInterval
      ? "adds intervals: Wilson's for the share of a condition, Byar's for counts and for one column "
        + "among another (exact below 10 events), Student's for a mean" : nil
  }

  private func method(of compare: CompareStep) -> String {
    let weighted = compare.through.map { ", weighted by the rows of \($0.text)" } ?? ""
    let interval =
      compare.interval.map { "; the share has its \($0.level) interval by Wilson's method" } ?? ""
    return
      "puts the share of the same \(names(compare.on)) in \(compare.benchmark.text) beside each "
      + "share\(weighted), with the index (100 is parity) and the gap in points" + interval
  }

  private func method(of change: ChangeStep) -> String {
    let earlier = change.baseline.map { "its value at \(print($0))" } ?? "the value before"
    let test =
      change.withTest
      ? ", and tests whether chance could explain the difference" : ""
    return "puts \(earlier) beside each \(change.value.text) along \(change.over.text), with the "
      + "difference and the ratio" + test
  }

  private func method(of likelihood: LikelihoodStep) -> String {
    let group = print(likelihood.group)
    let reference = print(likelihood.reference)
    return "divides the rate of \(print(likelihood.event)) of \(group) by that of \(reference)"
      + grouping(likelihood.keys)
      + ": above 1, \(group) are likelier; with the 95 % interval by Katz's method, a test (Fisher's "
      + "exact one when few are expected) and the four-fifths rule"
  }

  private func method(of standardise: StandardiseStep) -> String {
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

  private func method(of inequality: InequalityStep) -> String {
    "fits a line through \(print(inequality.aggregate)) from the first \(inequality.across.text) to "
      + "the last" + grouping(inequality.keys)
      + ": the slope is the difference between its ends, the relative index their ratio"
  }

  private func method(of funnel: FunnelStep) -> String {
    "compares the rate of \(print(funnel.event))" + grouping(funnel.keys)
      + " with the limits that chance sets a group of its size round the pooled rate"
      + (funnel.withOverdispersion ? ", widened by what the groups differ beyond chance" : "")
  }

  private func method(of control: ControlStep) -> String {
    let until = control.until.map { " of the times until \(print($0))" } ?? ""
    return
      "follows \(print(control.aggregate)) over \(print(control.over.value)) and marks what is "
      + "more than ordinary variation: limits are the mean\(until) and 2.66 times the mean moving "
      + "range on either side"
  }

  private func method(of parity: ParityStep) -> String {
    "counts who joined, left and moved in \(print(parity.year)) and projects when the share of "
      + "\(print(parity.event)) among \(print(parity.base)) equals their share of everybody, if every "
      + "year is like it"
  }

  private func names(_ paths: [Path]) -> String { paths.map(\.text).joined(separator: " and ") }
}
