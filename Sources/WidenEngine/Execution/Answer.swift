/// The result of a query: a table, how many rows each step kept, and what the reader should know.
public struct Answer: Sendable {
  /// A step and the rows that were left after it.
  public struct Flow: Hashable, Sendable {
    /// What the step is called: `staff`, `where`, `count`.
    public var label: String
    /// The rows that were left.
    public var rows: Int

    /// A step and the rows after it.
    public init(label: String, rows: Int) {
      self.label = label
      self.rows = rows
    }
  }

  /// Something the reader should know.
  public struct Note: Hashable, Sendable {
    /// How much it matters.
    public enum Kind: String, Hashable, Sendable {
      /// Good to know: 12 missing skipped.
      case note
      /// May make the answer wrong: no row has this value.
      case warning
    }

    /// How much it matters.
    public var kind: Kind
    /// A plain sentence, lower case, without a full stop.
    public var text: String

    /// Something to know.
    public init(_ kind: Kind = .note, _ text: String) {
      self.kind = kind
      self.text = text
    }
  }

  /// Charts as text.
  public struct Drawing: Hashable, Sendable {
    /// One after the other, the last line ended too.
    public var text: String
    /// Whether it stands for the table, because nothing came after it.
    public var replacesTable: Bool

    /// A drawing that stands for the table, or before it.
    public init(text: String, replacesTable: Bool) {
      self.text = text
      self.replacesTable = replacesTable
    }
  }

  /// The rows and columns.
  public var table: Table
  /// The source table first.
  public var flow: [Flow]
  /// In the order in which they arose.
  public var notes: [Note]
  /// Whether rows about invented people went into it.
  public var isSynthetic: Bool
  /// The columns were chosen by a last `select`: exports add none.
  public var columnsAreChosen: Bool
  /// What was done about figures of people; nil when it is about nobody.
  public var protection: Protection?
  /// Whether its rows are about single people, so that it may not leave.
  public var holdsPeople = false
  /// What `chart` drew on the way, for the terminal.
  public var drawing: Drawing?

  /// A result.
  public init(
    table: Table, flow: [Flow] = [], notes: [Note] = [], isSynthetic: Bool = false,
    columnsAreChosen: Bool = false
  ) {
    self.table = table
    self.flow = flow
    self.notes = notes
    self.isSynthetic = isSynthetic
    self.columnsAreChosen = columnsAreChosen
  }
}
