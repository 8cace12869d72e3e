internal import WidenEngine
internal import WidenLanguage
internal import WidenPublish
internal import WidenStatistics

/// A query's result, and what is needed to compute it again as it may leave.
struct Evaluated {
  var answer: Answer
  var bound: BoundQuery
  /// What its last part was computed from.
  var derivation: Derivation
  /// What was done about figures of people; nil when nothing was.
  var control: DisclosureControl?
}

/// What a result is for.
enum Use {
  /// For whoever runs the query: somebody at a terminal, or whatever reads the output.
  case reader
  /// For the session itself; nobody sees it.
  case session
}

extension Session {
  /// Whether what the session answers leaves it: everywhere but at a terminal, where somebody looks.
  var answersLeave: Bool { !options.isInteractive }

  /// How figures about people are treated on their way to a reader.
  func control(for use: Use, _ run: Run) throws(Failure) -> DisclosureControl? {
    guard use == .reader else { return nil }
    let publishes = answersLeave || state.settings.display == .policy
    return DisclosureControl(
      policy: state.settings.policy, mode: publishes ? .publishing : .marking,
      ledgers: publishes && !looksPastReleases ? try releases.ledgers : Ledgers(),
      export: run.name.map { "the result of \($0)" } ?? "an earlier result")
  }

  /// Refuses rows about single people, and notes what is released, when a result leaves.
  func release(_ answer: Answer, _ control: DisclosureControl?, query: Query?, to target: String?)
    throws(Failure)
  {
    guard let control, control.mode == .publishing else { return }
    try requireGroups(answer, control.policy)
    guard let protection = answer.protection else { return }
    try note(
      control.ledgers,
      AuditLog.Entry(
        time: now(), version: version, target: target == nil ? "output" : "file",
        query: query.map(shape(of:)) ?? "", policy: control.policy.name,
        reason: state.settings.policyReason, figures: protection.figures,
        withheld: protection.withheldCount, isAuditPassed: protection.isAuditPassed))
  }

  /// Refuses rows about single people, under any policy that protects them.
  func requireGroups(_ answer: Answer, _ policy: DisclosurePolicy) throws(Failure) {
    if answer.holdsPeople, policy.method != .none { throw Failure(rowsOfPeople(policy)) }
  }

  /// A query without its values: what was asked, and nothing about whom.
  private func shape(of query: Query) -> String {
    withoutValues(print(query))
  }

  /// A result with what a reader should know about its protection among its notes.
  func told(_ answer: Answer) -> Answer {
    guard let protection = answer.protection else { return answer }
    var told = answer
    for sentence in protection.sentences {
      let note = Answer.Note(.note, sentence)
      if !told.notes.contains(note) { told.notes.append(note) }
    }
    return told
  }

  /// A result computed again as it may leave, when it holds true figures about people.
  ///
  /// So is what `protect` showed on the screen, for it was not compared with what was released.
  func publishable(
    _ answer: Answer, _ derivation: Derivation, isReleased: Bool, _ run: Run
  ) throws(Failure) -> (Answer, DisclosureControl?) {
    guard answer.protection != nil || answer.holdsPeople,
      !isReleased || answer.protection?.isPublished != true
    else { return (answer, nil) }
    let control = DisclosureControl(
      policy: state.settings.policy, mode: .publishing, ledgers: try releases.ledgers,
      export: "an earlier export")
    // What the query draws, keeps and writes on the way has been done.
    var safe = try execute(
      derivation.plan, in: derivation.dataset, run, control, acts: false)
    safe.columnsAreChosen = answer.columnsAreChosen
    return (safe, control)
  }

  /// Hides who is who on the screen, until it is asked for.
  func masked(_ answer: Answer) -> Answer {
    guard answer.holdsPeople, !answersLeave, !state.settings.identifiersAreShown,
      state.settings.policy.method != .none
    else { return answer }
    var masked = answer
    var names: [String] = []
    for (index, column) in answer.table.columns.enumerated()
    where column.description.sensitivity == .identifier && !column.description.isHidden {
      let count = answer.table.rowCount
      masked.table.columns[index].data = .text([String?](repeating: "•••", count: count))
      masked.table.columns[index].description.type = .text
      names.append(column.description.name)
    }
    if !names.isEmpty {
      masked.notes.append(
        Answer.Note(
          .note,
          "\(list(names)) \(names.count == 1 ? "is" : "are") hidden on the screen; "
            + "'set identifiers shown' shows \(names.count == 1 ? "it" : "them")"))
    }
    return masked
  }

  /// `set policy NAME [because "reason"]`: never weaker than the dataset's own without a reason.
  func setPolicy(_ text: String, _ statement: SetStatement, _ place: Place, _ run: Run)
    throws(Failure)
  {
    guard let policy = DisclosurePolicy(named: text) else {
      let near = nearest(text, in: disclosurePolicyNames)
      throw .at(
        place, "there is no policy '\(text)'",
        hint: near.map { "did you mean '\($0)'?" } ?? "there are \(list(disclosurePolicyNames))",
        fix: near, run)
    }
    if run.isConfiguration, isAboutPeople, policy.isWeaker(than: ownPolicy) {
      throw .at(
        place,
        "a configuration cannot lower the protection of these data, which is "
          + ownPolicy.name,
        hint: "leave this line out, and set the policy at the prompt, where it is seen", run)
    }
    try allow(policy, because: statement.reason, place, by: "set policy", run)
    state.settings.policy = policy
    state.settings.policyReason = statement.reason
  }

  /// Refuses a policy that protects less than the dataset asks for, unless there is a reason.
  func allow(
    _ policy: DisclosurePolicy, because reason: String?, _ place: Place, by word: String, _ run: Run
  ) throws(Failure) {
    guard isAboutPeople, policy.isWeaker(than: ownPolicy),
      reason?.trimmed.isEmpty != false
    else { return }
    throw .at(
      place, "policy \(policy.name) protects people less than \(ownPolicy.name)",
      hint: "it needs a reason, which is written down: "
        + "\(word) \(policy.name) because \"…\"", run)
  }

  /// The policy that the dataset names, else `safe`.
  var ownPolicy: DisclosurePolicy {
    state.dataset.policy.flatMap { DisclosurePolicy(named: $0) } ?? .safe
  }

  /// Whether some table of the dataset is about single people.
  var isAboutPeople: Bool {
    state.dataset.entries.contains(where: \.description.isAboutPeople)
  }

  /// `show policy`.
  var policyText: String {
    let policy = state.settings.policy
    guard isAboutPeople else {
      return "no table is declared to be about single people: nothing is withheld\n"
        + "load \"FILE\" personal by COLUMN declares one\n"
    }
    var lines = ["policy   \(policy.name)", "figures  \(policy.words)"]
    if let reason = state.settings.policyReason { lines.append("because  \(visible(reason))") }
    if policy.method != .none {
      lines += [
        "leaving  files, reports, and output that is no terminal follow it",
        "screen   figures are true, and those that would be withheld are marked [c]",
      ]
    }
    if let ledgers = try? releases.ledgers, ledgers.people.contains(where: { ledgers[$0].isUsed }) {
      lines.append(
        "memory   what was released from these data is remembered, so that no difference gives "
          + "anybody away")
    }
    return lines.map { $0 + "\n" }.joined()
  }
}

extension DisclosurePolicy {
  /// What it does, in a sentence.
  var words: String {
    switch method {
    case .safe:
      "1 to \(threshold) people are withheld, other counts rounded to \(base), totals are sums of "
        + "what is published"
    case .suppress:
      "1 to \(threshold) people are withheld, and with them what would give them away; other counts "
        + "are true"
    case .hes:
      "1 to \(threshold) people are withheld, other counts and totals rounded to \(base)"
    case .midpoint: "every count becomes the middle of its class of \(base)"
    case .none: "figures leave as they are"
    }
  }
}

extension Protection {
  /// What a reader of the result should know.
  var sentences: [String] {
    if policy.method == .none { return [] }
    guard isPublished else {
      guard withheldCount > 0 else { return [] }
      let count = withheldCount
      return [
        "\(counted(count, "figure")) marked [c] would be withheld from an export under policy "
          + policy.name
      ]
    }
    var sentences = ["policy \(policy.name): \(policy.words)"]
    if withheldCount > 0 {
      let reasons = Reason.allCases.filter { withheld[$0, default: 0] > 0 }
      sentences.append(
        "[c] stands for figures that are withheld, because "
          + list(reasons.map(\.words), "or"))
    }
    return sentences + notes
  }
}
