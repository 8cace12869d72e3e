public import WidenEngine
public import WidenLanguage

/// Results that are published together, with what is said about them: a workbook or a page.
public struct Report: Sendable {
  /// Whether and how a result is drawn, besides its table.
  public enum Drawing: Hashable, Sendable {
    /// The table says it all.
    case none
    /// The kind that suits the shape of the result, if any does.
    case suited
    /// This kind.
    case kind(ChartKind)
  }

  /// One result with its title and its story.
  public struct Section: Sendable {
    /// What it is called; nil: what its columns say.
    public var title: String?
    /// Paragraphs that stand before the table.
    public var prose: [String]
    /// The result, already as it may leave.
    public var answer: Answer
    /// How it came to be.
    public var context: ExportContext
    /// Whether and how it is drawn.
    public var drawing: Drawing

    /// A result with what is said about it.
    public init(
      title: String? = nil, prose: [String] = [], answer: Answer, context: ExportContext,
      drawing: Drawing = .none
    ) {
      self.title = title
      self.prose = prose
      self.answer = answer
      self.context = context
      self.drawing = drawing
    }

    /// The title that is shown.
    var shownTitle: String { title ?? resultTitle(answer.table) }
  }

  /// What the whole is called; nil: what its only result is called, or its dataset.
  public var title: String?
  /// Paragraphs that stand before the first result.
  public var prose: [String]
  /// In their order.
  public var sections: [Section]

  /// Results under a title.
  public init(title: String? = nil, prose: [String] = [], sections: [Section]) {
    self.title = title
    self.prose = prose
    self.sections = sections
  }

  /// The title that is shown.
  var shownTitle: String {
    if let title { return title }
    if sections.count == 1 { return sections[0].shownTitle }
    return sections.first?.context.datasetName ?? "Results"
  }

  /// Whether any figure is about invented people.
  var isSynthetic: Bool {
    sections.contains { $0.answer.isSynthetic || $0.context.isSynthetic }
  }
}

/// What a result shows, as a title: `Count and share by ethnic group`.
func resultTitle(_ table: Table) -> String {
  let columns = table.columns.map(\.description).filter { !$0.isHidden }
  let labels = columns.prefix(labelCount(columns)).map(words)
  let measures = columns.dropFirst(labels.count)
    .filter { $0.type.isNumber && $0.sensitivity != .identifier }.map(words)
  let isList = labels.isEmpty && table.rowCount > 1
  if columns.isEmpty { return "Result" }
  if measures.isEmpty || isList {
    return sentence(few(columns.map(words), most: 3))
  }
  let title = few(measures, most: 3) + (labels.isEmpty ? "" : " by " + list(labels))
  return sentence(title)
}

/// A column's name as words: `ethnic_group` is `ethnic group`, and `n` counts.
private func words(_ column: ColumnDescription) -> String {
  if column.name == "n" { return "count" }
  return visible(column.name, usesUnicode: true).replacing("_", with: " ")
}

private func few(_ names: [String], most: Int) -> String {
  names.count <= most
    ? list(names) : list(Array(names.prefix(most - 1)) + ["\(names.count - most + 1) more"])
}

private func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
