/// What it takes to make a result again, as its manifest keeps it.
public struct Recipe: Hashable, Sendable {
  /// Where the tables came from, besides what the script loads by itself.
  public enum Source: Hashable, Sendable {
    /// The bundled sample with that many posts now filled.
    case sample(posts: Int)
    /// Files and folders, as they were named.
    case files([String])
    /// Nothing was opened.
    case empty
  }

  /// Something with a name that the result was made from: a definition, a column.
  public struct Part: Hashable, Sendable {
    /// What it is called; a column with its table.
    public var name: String
    /// A definition as it is written, or the fingerprint of a column's values.
    public var content: String

    /// A part with this content.
    public init(name: String, content: String) {
      self.name = name
      self.content = content
    }
  }

  /// Statements that need nothing before them, the last of which is the query; nil when there is
  /// an obstacle.
  public var script: String?
  /// Why it cannot be made again.
  public var obstacle: String?
  /// Where the tables came from.
  public var source: Source
  /// The address of the database that the tables of these files are in, without what is secret.
  public var server: String?
  /// The disclosure policy that was set.
  public var policy = ""
  /// Why, where it protects less than the dataset asks for.
  public var policyReason: String?
  /// The definitions that it uses, the dataset's and the program's among them.
  public var definitions: [Part]
  /// The columns that it may read.
  public var columns: [Part]
  /// Which key the fingerprints of columns about people were made with; nil: none of them was.
  ///
  /// Without a key, whoever knows nearly all of a table could find the rest by trying.
  public var keyName: String?
  /// What only whoever has the key can write: that all of this is as it was recorded.
  public var seal: String?

  /// What a seal vouches for.
  public var sealedText: String {
    ([script ?? "", policy, policyReason ?? ""] + columns.flatMap { [$0.name, $0.content] })
      .map { "\($0.utf8.count) \($0)" }.joined(separator: "\n")
  }

  /// What it takes, so far nothing but a source.
  public init(
    script: String? = nil, obstacle: String? = nil, source: Source, definitions: [Part] = [],
    columns: [Part] = [], keyName: String? = nil
  ) {
    self.script = script
    self.obstacle = obstacle
    self.source = source
    self.definitions = definitions
    self.columns = columns
    self.keyName = keyName
  }
}
