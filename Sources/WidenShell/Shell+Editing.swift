/// For which ground the editor's colours are chosen.
public enum ShellTheme: String, Hashable, Sendable, CaseIterable {
  /// As the terminal says, or colours that are readable on both.
  case auto
  case light
  case dark
}

/// What may stand at the cursor.
public struct Completions: Hashable, Sendable {
  /// One thing that may stand there.
  public struct Candidate: Hashable, Sendable {
    /// What is inserted, quotes included: `"North East"`.
    public var text: String
    /// What the menu shows.
    public var display: String
    /// What the menu shows beside it, dimmed: `1,485 rows`.
    public var detail: String?
    /// How it is used: `count [distinct COLUMN] [by KEYS]` without its word, `left(text, count)`.
    public var signature: String?
    /// Its colour in the menu.
    public var kind: HighlightSpan.Kind

    /// A candidate that the menu shows as it is inserted, unless said otherwise.
    public init(
      _ text: String, display: String? = nil, detail: String? = nil, signature: String? = nil,
      kind: HighlightSpan.Kind
    ) {
      self.text = text
      self.display = display ?? text
      self.detail = detail
      self.signature = signature
      self.kind = kind
    }
  }

  /// The byte at which the text that a candidate replaces starts; it ends at the cursor.
  public var start: Int
  /// In the order in which the menu shows them.
  public var candidates: [Candidate]

  /// Candidates for the text from this byte to the cursor.
  public init(start: Int, candidates: [Candidate]) {
    self.start = start
    self.candidates = candidates
  }
}

/// A part of a text that is coloured while it is typed.
public struct HighlightSpan: Hashable, Sendable {
  /// What the part is.
  public enum Kind: Hashable, Sendable, CaseIterable {
    /// A step or a statement: `where`, `let`.
    case step
    /// Another word of the language: `by`, `and`.
    case keyword
    case function
    case table
    case column
    case text
    case number
    /// A date, month or period.
    case time
    case parameter
    /// A setting of the session.
    case setting
    /// A file name.
    case file
    /// Signs and separators.
    case sign
    case comment
    /// A bracket at the cursor, and the one that belongs to it.
    case bracket
    /// Something that is probably meant otherwise, such as a value that no row has.
    case doubt
    /// Something that cannot stand where it stands.
    case problem
  }

  /// Bytes of the text.
  public var bytes: Range<Int>
  /// What these bytes are.
  public var kind: Kind

  /// These bytes as this kind.
  public init(_ bytes: Range<Int>, _ kind: Kind) {
    self.bytes = bytes
    self.kind = kind
  }
}
