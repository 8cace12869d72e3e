/// The statistical steps from their generic parts.
extension RecodeStep {
  init?(_ parts: Parts) {
    guard let column = parts.path("column"), let name = parts.name("name"),
      case .rules(let rules)? = parts["rules"]
    else { return nil }
    self.init(column: column, rules: rules, name: name)
  }
}

extension CompareStep {
  init?(_ parts: Parts) {
    guard let benchmark = parts.name("benchmark") else { return nil }
    var matching: [Match] = []
    if case .matches(let matches)? = parts["matching"] { matching = matches }
    self.init(
      benchmark: benchmark, on: parts.paths("on"), using: parts.path("using"),
      within: parts.paths("within"), matching: matching, through: parts.name("through"),
      weight: parts.path("weight"), interval: parts.interval("interval"))
  }
}

extension SnapshotStep {
  init?(_ parts: Parts) {
    if let at = parts.expression("at") {
      self = .at(at)
    } else if let unit: Unit = parts.word("each"), let range = parts.member("in") {
      self = .each(unit, range)
    } else {
      return nil
    }
  }
}

extension ChangeStep {
  init?(_ parts: Parts) {
    guard let value = parts.name("value"), let over = parts.path("over") else { return nil }
    self.init(
      value: value, over: over, baseline: parts.expression("baseline"),
      within: parts.paths("within"), withTest: parts.has("with_test"))
  }
}

extension LikelihoodStep {
  init?(_ parts: Parts) {
    guard let event = parts.expression("event"), let column = parts.path("column"),
      let group = parts.expression("group"), let reference = parts.expression("reference")
    else { return nil }
    self.init(
      event: event, column: column, group: group, reference: reference,
      using: parts.path("counting"), keys: parts.keys("keys"), withTotal: parts.has("with_total"))
  }
}

extension StandardiseStep {
  init?(_ parts: Parts) {
    guard let event = parts.expression("event"), let over = parts.path("over"),
      let standard = parts.path("standard")
    else { return nil }
    self.init(
      event: event, base: parts.expression("base"), using: parts.path("counting"), over: over,
      standard: standard, keys: parts.keys("keys"))
  }
}

extension InequalityStep {
  init?(_ parts: Parts) {
    guard let aggregate = parts.aggregate("aggregate"), let across = parts.path("across") else {
      return nil
    }
    self.init(aggregate: aggregate, across: across, keys: parts.keys("keys"))
  }
}

extension FunnelStep {
  init?(_ parts: Parts) {
    guard let event = parts.expression("event") else { return nil }
    self.init(
      event: event, base: parts.expression("base"), using: parts.path("counting"),
      keys: parts.keys("keys"), withOverdispersion: parts.has("with_overdispersion"))
  }
}

extension ControlStep {
  init?(_ parts: Parts) {
    guard let aggregate = parts.aggregate("aggregate"), let over = parts.key("over") else {
      return nil
    }
    self.init(aggregate: aggregate, over: over, until: parts.expression("until"))
  }
}

extension ParityStep {
  init?(_ parts: Parts) {
    guard let event = parts.expression("event"), let base = parts.expression("base"),
      let year = parts.expression("year"), let until = parts.expression("until")
    else { return nil }
    self.init(event: event, base: base, year: year, until: until)
  }
}
