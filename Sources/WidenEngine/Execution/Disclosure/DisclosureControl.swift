public import WidenStatistics

/// How a run treats figures about people: the policy, what was released before, and what was found.
///
/// Protection happens where rows about single people become figures about groups. What follows in a
/// query, shares and rates and tests, is computed from what that leaves, so that no later step can
/// give away what an earlier one withheld.
public final class DisclosureControl {
  /// What becomes of a figure that the policy withholds.
  public enum Mode: Hashable, Sendable {
    /// It stays and is marked: somebody is only looking.
    case marking
    /// It goes, and the others are rounded as the policy says: the result leaves.
    case publishing
  }

  /// What is done to small figures.
  public let policy: DisclosurePolicy
  /// Whether the result leaves.
  public let mode: Mode
  /// What has been released, with what this run releases.
  public private(set) var ledgers: Ledgers
  /// What was done so far; nil while nothing was about people.
  public private(set) var protection: Protection?
  /// What the result is called in later messages.
  let export: String

  /// Control by a policy; `export` names the result in the ledger, for later messages.
  public init(
    policy: DisclosurePolicy, mode: Mode, ledgers: Ledgers = Ledgers(), export: String = ""
  ) {
    self.policy = policy
    self.mode = mode
    isPublishing = mode == .publishing
    self.ledgers = ledgers
    self.export = export
  }

  /// Whether figures are to be changed: of a result that leaves, and after `protect`.
  private(set) var isPublishing: Bool
  /// Whether anything has to be taken out or refused.
  var withholds: Bool { isPublishing && policy.method != .none }

  /// Notes that rows about people have been read.
  func sawPeople() {
    if protection == nil { protection = Protection(policy: policy, isPublished: isPublishing) }
  }

  /// Takes over what `protect` did, and what it releases; what follows is as if it left.
  func took(_ other: DisclosureControl) {
    protection = other.protection
    ledgers = other.ledgers
    isPublishing = true
  }

  /// Adds to what was done.
  func note(_ change: (inout Protection) -> Void) {
    sawPeople()
    if var changed = protection {
      change(&changed)
      protection = changed
    }
  }

  /// Which of these cells may not be released beside what was.
  ///
  /// Stand-ins for people that are not here say whether one cell is all but a few of another, or of
  /// two together; what more cells come to together they do not say.
  func check(_ cells: [RecordSet], of people: String, areStandIns: Bool) -> [Int: Ledger.Finding] {
    guard mode == .publishing else { return [:] }
    // So much work takes less than a tenth of a second.
    let check = ledgers[people].check(
      cells, policy: policy, work: 20_000_000, areStandIns: areStandIns)
    if areStandIns, policy.method != .none {
      note {
        $0.add(
          "the people stay at the server: exports are compared with one or two earlier figures at a "
            + "time, and not with more together")
      }
    }
    if check.isPartial {
      note {
        $0.add("earlier exports are so many that only the latest were combined with this one")
      }
    }
    return check.findings
  }

  /// Notes that cells are released.
  func release(_ cells: [RecordSet], of people: String) {
    guard mode == .publishing else { return }
    ledgers[people].record(cells, export: export, policy: policy)
  }

  /// Notes that cells were asked for and withheld.
  func withhold(_ cells: [RecordSet], of people: String) {
    guard mode == .publishing else { return }
    ledgers[people].record(withheld: cells, export: export, policy: policy)
  }
}

/// What was released of each kind of people: staff by `person_id`, applicants by their rows.
public struct Ledgers: Sendable {
  private var byPeople: [String: Ledger] = [:]

  /// Ledgers in which nothing has been released.
  public init() {}

  /// The ledger of one kind of people.
  public subscript(people: String) -> Ledger {
    get { byPeople[people] ?? Ledger() }
    set { byPeople[people] = newValue }
  }

  /// The kinds of people of which something was released, in alphabetical order.
  public var people: [String] { byPeople.keys.sorted() }
}

/// What disclosure control did to a result.
public struct Protection: Hashable, Sendable {
  /// Why figures are withheld.
  public enum Reason: String, Hashable, Sendable, CaseIterable {
    /// Few people stand behind it, or behind what is left of a whole.
    case small
    /// A withheld figure could be worked out from it.
    case secondary
    /// Everybody in its line would be known to be of one group.
    case attribute
    /// Few contributors make up nearly all of it.
    case dominance
    /// The difference from an earlier export would show few people.
    case difference

    /// The words for a note.
    public var words: String {
      switch self {
      case .small: "few people stand behind them"
      case .secondary: "others could be worked out from them"
      case .attribute: "they would show what everybody in a group is"
      case .dominance: "one or two people make up nearly all of them"
      case .difference: "with an earlier export they would show few people"
      }
    }
  }

  /// What was followed.
  public var policy: DisclosurePolicy
  /// Whether the figures are as they may leave; else they are true, and marked.
  public var isPublished: Bool
  /// How many figures about people there are.
  public var figures = 0
  /// How many of them are withheld, by the first reason that was found.
  public var withheld: [Reason: Int] = [:]
  /// Whether what is written was audited and nothing was found; nil where no audit is needed.
  public var isAuditPassed: Bool?
  /// What else a reader should know, a sentence each.
  public private(set) var notes: [String] = []

  /// Protection that has found nothing yet.
  public init(policy: DisclosurePolicy, isPublished: Bool) {
    self.policy = policy
    self.isPublished = isPublished
  }

  /// How many figures are withheld.
  public var withheldCount: Int { withheld.values.reduce(0, +) }

  /// Adds a sentence, once.
  mutating func add(_ sentence: String) {
    if !notes.contains(sentence) { notes.append(sentence) }
  }
}
