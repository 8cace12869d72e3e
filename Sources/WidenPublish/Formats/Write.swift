public import WidenEngine
import WidenLanguage

/// How a result is written, besides its format.
public struct WritingOptions: Hashable, Sendable {
  /// The output is a terminal: cells of CSV and TSV are made safe to show, too.
  public var isForTerminal: Bool
  /// CSV starts with the byte order mark without which Excel misreads everything beyond ASCII.
  public var isForExcel: Bool

  /// Whether and how a workbook draws the result beside its table.
  public var drawing: Report.Drawing

  /// Options; by default those of a file for programs.
  public init(
    isForTerminal: Bool = false, isForExcel: Bool = false, drawing: Report.Drawing = .none
  ) {
    self.isForTerminal = isForTerminal
    self.isForExcel = isForExcel
    self.drawing = drawing
  }

  func shown(_ text: String) -> String { isForTerminal ? visible(text, usesUnicode: true) : text }
}

/// Writes a result, all of it, in chunks of some 64 KiB.
///
/// What a page says besides its table (query, policy, notes) comes from `context`; without one a
/// page still says that its data are synthetic.
public func write(
  _ answer: Answer, as format: Format, options: WritingOptions = WritingOptions(),
  context: ExportContext? = nil, to sink: ([UInt8]) throws(PublishError) -> Void
) throws(PublishError) {
  let layout: RowLayout
  switch format {
  case .table:
    var text = terminalTable(answer)
    if let context {
      text +=
        "\n" + pageLines(answer, context).map { visible($0, usesUnicode: true) + "\n" }.joined()
    }
    return try sink(Array(text.utf8))
  case .csv: layout = .csv(answer, options)
  case .tsv: layout = .tsv(answer, options)
  case .json: layout = .json(answer)
  case .ndjson: layout = .ndjson(answer)
  case .markdown: layout = .markdown(answer, context)
  case .html:
    if let context, options.drawing != .none {
      let section = Report.Section(
        title: context.title, answer: answer, context: context, drawing: options.drawing)
      return try writeHTMLReport(Report(sections: [section]), to: sink)
    }
    layout = .html(answer, context)
  case .xlsx, .parquet, .sqlite, .svg:
    let section = Report.Section(
      title: context?.title, answer: answer, context: context ?? .unknown, drawing: options.drawing)
    return try writeTogether(Report(sections: [section]), as: format, to: sink)
  }
  try layout.write(rowCount: answer.table.rowCount, to: sink)
}

/// Writes results as one file, of a format that holds several; others hold one.
public func writeTogether(
  _ report: Report, as format: Format, options: WritingOptions = WritingOptions(),
  to sink: ([UInt8]) throws(PublishError) -> Void
) throws(PublishError) {
  switch format {
  case .xlsx: return try writeWorkbook(report, to: sink)
  case .sqlite: return try writeDatabase(report, to: sink)
  case .html: return try writeHTMLReport(report, to: sink)
  case .parquet, .table, .csv, .tsv, .json, .ndjson, .markdown, .svg: break
  }
  guard report.sections.count == 1 else {
    throw .oneResultOnly("." + format.rawValue, count: report.sections.count)
  }
  let section = report.sections[0]
  if format == .svg {
    var kind: ChartKind?
    if case .kind(let wish) = section.drawing { kind = wish }
    let picture: String
    do throws(ChartError) {
      picture = try svgChart(section.answer, kind: kind, title: section.title)
    } catch {
      throw .noChart(error.message, hint: error.hint)
    }
    return try sink(Array(picture.utf8))
  }
  if format == .parquet { return try writeParquet(section.answer, section.context, to: sink) }
  try write(section.answer, as: format, options: options, context: section.context, to: sink)
}
