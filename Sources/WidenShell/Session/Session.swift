internal import WidenEngine
internal import WidenLanguage
public import WidenPublish
internal import WidenStatistics

/// A conversation with a dataset: its tables, what has been defined, and the latest result.
///
/// It is used from one thread, and writes nothing itself: see `Shell`.
public final class Session: Shell {
  let options: ShellOptions
  /// The time of day for exports, in ISO 8601; passed in, so that tests can repeat themselves.
  let now: () -> String
  var state: State
  /// See `Shell`; nil until the program gives one.
  public var history: History?
  /// What the editor has counted.
  let knownValues = KnownValues()

  /// What a statement may change, so that a failed script leaves nothing half done.
  struct State {
    var dataset: Dataset
    var definitions = Definitions()
    var values: [String: Member] = [:]
    var parameters: [String: Parameter] = [:]
    var settings = Settings()
    /// What loading each file found, by table in small letters.
    var loads: [String: LoadReport] = [:]
    var last: LastQuery?
    /// What statements have named, in the order in which they did.
    var named: [NamedStatement] = []
    /// The files of which only some columns were read, by table in small letters.
    var shortened: [String: WholeTable] = [:]
  }

  /// The latest query, for `back`, `save` and `explain`.
  struct LastQuery {
    var query: Query
    var answer: Answer
    /// The parameters it was run with: a script's are forgotten when the script ends.
    var parameters: [String: Parameter]
    /// As `save` writes it.
    var text: String { print(query) }
    /// The queries before it that `back` can return to.
    var steps: Int { query.steps.count }

    /// What was named before it, for `save`.
    var named: [NamedStatement]
    /// What the script that it came from named for itself; nil when it built on nothing of the kind.
    var local: Local?

    /// Tables and values as a script saw them.
    struct Local {
      var dataset: Dataset
      var values: [String: Member]
    }
  }

  /// Opens the dataset that the options name and runs its definitions.
  ///
  /// - Throws: `OpeningError` when a file cannot be read or its definitions are wrong.
  public convenience init(options: ShellOptions) throws(OpeningError) {
    try self.init(options: options, now: currentTime)
  }

  init(options: ShellOptions, now: @escaping () -> String) throws(OpeningError) {
    self.options = options
    self.now = now
    state = State(dataset: Dataset(name: "no dataset"))
    openingNotes = []
    state.definitions.addKnown(StandardGroups.text)
    let definitions = state.definitions
    var findings = Findings()
    switch options.source {
    case .sample(let posts): state.dataset = makeSample(posts: posts ?? Sample.usualPosts)
    case .empty: break
    case .files(let paths):
      let named = options.texts.flatMap { namedColumns(in: $0, definitions: definitions) }
      state.dataset = try openFiles(
        paths, options, namedColumns: named, findings: &findings)
    }
    openingNotes = findings.notes
    state.loads = findings.reports
    state.shortened = findings.shortened
    state.settings.apply(options)
    state.settings.policy = ownPolicy
    defineCodes()
    if case .sample = options.source {
      state.definitions.addKnown(state.dataset.definitions)
    } else {
      try define(state.dataset.definitions)
    }
  }

  /// Whether the query that is running has kept, written or drawn something.
  var hasActed = false

  /// The query that is running, and how many of its exports have been written.
  var runningQuery: Query?
  var exportsDone = 0

  /// Whether earlier releases are left out of account, for a comparison that is not told.
  var looksPastReleases = false

  /// See `Shell`.
  public internal(set) var records: [ResultRecord] = []

  /// What has been released; read when it is first needed, and never taken back.
  var releases: Releases {
    get throws(Failure) {
      if let known = knownReleases { return known }
      let read = try Releases(of: state.dataset, folder: options.stateFolder)
      knownReleases = read
      return read
    }
  }
  private var knownReleases: Releases?

  /// Notes what is released.
  func note(_ ledgers: Ledgers, _ entry: AuditLog.Entry) throws(Failure) {
    var releases = try releases
    do throws(Failure) {
      try releases.note(ledgers, entry)
    } catch {
      // Invented people need no memory that outlives the session; real ones do.
      guard state.dataset.isSynthetic else { throw error }
      releases.noteHere(ledgers)
    }
    knownReleases = releases
  }

  /// What `chart` drew in the query that is running.
  var drawings: [String] = []

  /// The chart that was asked for last in the query that is running.
  var wishedChart: WishedChart?

  /// The results that are written together.
  var collected = CollectedResults()

  /// Where the statement that is running stands in its text.
  var statementStart = 0

  /// What loading the files at start is worth telling.
  var openingNotes: [String]

  /// What the next prompt is to hold, when the text that runs asks for it.
  var proposal: String?

  /// Whether something beside the latest result was shown after it.
  var isAside = false

  /// The question of `help tour` that is next, while the tour is on.
  var tourQuestion: Int?

  private func define(_ text: String) throws(OpeningError) {
    let parsed = parse(text)
    if let problem = parsed.diagnostics.first {
      throw OpeningError("the dataset's definitions cannot be read: \(problem.message)")
    }
    for placed in parsed.program.statements {
      if case .define(let definition) = placed.statement {
        state.definitions.add(definition, isReviewed: true)
      }
    }
  }

  /// Gives tables the columns that their descriptions map to other lists of codes.
  private func defineCodes() {
    for table in state.dataset.entries.map(\.description) {
      for column in table.columns {
        guard let mapping = column.mapping else { continue }
        state.definitions.add(
          definition(mapping, of: column.name, in: table.name), isReviewed: true)
      }
    }
  }

  /// `define population.ethnicity as if census_group in ("White: British") then "A" else …`.
  private func definition(
    _ mapping: ColumnDescription.CodeMapping, of column: String, in table: String
  ) -> DefineStatement {
    var codes: [String] = []
    for pair in mapping.pairs where !codes.contains(pair.code) { codes.append(pair.code) }
    var value = Expression.literal(.missing, .none)
    for code in codes.reversed() {
      let values = mapping.pairs.filter { $0.code == code }
      let test = Membership(
        value: .path(Path([Name(column)])), isNegated: false,
        members: values.map { .value(.literal(.text($0.value), .none)) })
      value = .conditional(
        Conditional(
          condition: .membership(test), chosen: .literal(.text(code), .none), other: value,
          place: .none))
    }
    return .column(Path([Name(table), Name(mapping.name)]), arguments: [], value)
  }

  /// See `Shell`.
  public var theme: ShellTheme { state.settings.theme }

  /// What a query's names may refer to now.
  func environment(unknownValues: Diagnostic.Severity) -> Environment {
    Environment(
      catalogue: state.dataset, definitions: state.definitions, values: state.values,
      parameters: state.parameters, unknownValues: unknownValues)
  }

  /// See `Shell`; `empty` while no dataset is open.
  public var historyName: String {
    switch options.source {
    case .sample: "sample"
    case .empty: "empty"
    case .files: state.dataset.name
    }
  }

  /// See `Shell`; the policy in force stands in brackets where there is somebody to protect.
  public var prompt: String {
    let sign = isAccessible ? ">" : "›"
    return isAboutPeople
      ? "widen [\(state.settings.policy.name)]\(sign) " : "widen\(sign) "
  }

  /// See `Shell`; a text with an error is complete unless it only ends too early.
  public func isComplete(_ text: String) -> Bool { WidenLanguage.isComplete(text) }

  /// See `Shell`.
  public func awaited(_ text: String) -> String? { WidenLanguage.awaited(text) }
}

/// The time as the system has it, in ISO 8601, in UTC.
private func currentTime() -> String { SystemClock.now() }
