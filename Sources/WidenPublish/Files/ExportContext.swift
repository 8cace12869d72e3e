/// What a page and a manifest say about a result besides the result itself.
public struct ExportContext: Hashable, Sendable {
  /// A parameter and the value it had.
  public struct Parameter: Hashable, Sendable {
    /// Its name, without the dollar sign.
    public var name: String
    /// Its value, as it is typed.
    public var value: String

    /// A parameter with this value.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// What the result is called; nil: what its columns say.
  public var title: String?
  /// The query, as it was typed, identifiers already replaced.
  public var query: String
  /// In the order in which the script declares them.
  public var parameters: [Parameter]
  /// What the dataset is called.
  public var datasetName: String
  /// Whether the dataset's people are invented.
  public var isSynthetic: Bool
  /// The disclosure policy that was followed.
  public var policy: String
  /// Why, where the policy asks for a reason.
  public var policyReason: String?
  /// The attribution that the data's licences ask for, a sentence each.
  public var attribution: [String]
  /// The version of widen.
  public var version: String
  /// When, in ISO 8601: `2015-07-31T09:30:00Z`.
  public var time: String
  /// What it takes to make the result again; nil where nobody looked.
  public var recipe: Recipe?

  /// A context of these facts.
  public init(
    title: String? = nil, query: String, parameters: [Parameter] = [], datasetName: String,
    isSynthetic: Bool,
    policy: String, policyReason: String? = nil, attribution: [String] = [], version: String,
    time: String
  ) {
    self.title = title
    self.query = query
    self.parameters = parameters
    self.datasetName = datasetName
    self.isSynthetic = isSynthetic
    self.policy = policy
    self.policyReason = policyReason
    self.attribution = attribution
    self.version = version
    self.time = time
  }

  /// What is said where nothing is known.
  static let unknown = ExportContext(
    query: "", datasetName: "not known", isSynthetic: false, policy: "not known", version: "",
    time: "1980-01-01T00:00:00Z")
}
