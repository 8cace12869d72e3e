import CXLSXWriter
import Glibc
import WidenEngine

/// Writes results as an Excel workbook that can be published as it is.
///
/// It follows the Government Analysis Function's "Releasing statistics in spreadsheets": a cover, a
/// list of contents, notes, one marked-up table on each sheet that starts in its first column, no
/// merged or empty cells, shorthand such as `[c]` explained, and how the figures were made on a
/// last sheet. The same results at the same time give the same bytes.
///
/// Rows go to the disk as they are written, so that long tables take no memory.
public func writeWorkbook(
  _ report: Report, to sink: ([UInt8]) throws(PublishError) -> Void
) throws(PublishError) {
  for section in report.sections { try checkSize(section) }
  let scratch = try Scratch()
  let file = try WorkbookFile(scratch, formats: WorkbookFormats.init)
  let layout = WorkbookLayout(report)
  layout.writeFront(to: file)
  for table in layout.tables {
    do throws(ChartError) { _ = try ChartPlan(table) } catch {
      throw .noChart(error.message, hint: error.hint)
    }
    writeTable(table, to: file)
  }
  layout.writeAbout(to: file)
  try file.close()
  try scratch.copyPackage(
    replacing: "docProps/core.xml", with: coreProperties(of: report), to: sink)
}

/// What a worksheet holds at most; a few lines stand above the table.
private func checkSize(_ section: Report.Section) throws(PublishError) {
  let rows = section.answer.table.rowCount
  guard rows <= 1_048_500 else { throw .tooLong(rows: rows) }
  let columns = section.answer.table.columns.count
  guard columns <= 8_000 else { throw .tooWide(columns: columns, holds: 8_000) }
}

/// The library's workbook, which ends when this does.
final class WorkbookFile {
  let formats: WorkbookFormats
  private let workbook: UnsafeMutablePointer<lxw_workbook>
  private let scratch: Scratch
  private var sheets: [UnsafeMutablePointer<lxw_worksheet>] = []
  private var isOpen = true
  private var problem: lxw_error = LXW_NO_ERROR

  init(
    _ scratch: Scratch, formats: (UnsafeMutablePointer<lxw_workbook>) -> WorkbookFormats
  ) throws(PublishError) {
    var options = lxw_workbook_options()
    options.constant_memory = 1
    guard let workbook = workbook_new_opt(scratch.path, &options) else {
      throw .failed("the workbook", reason: "there is not enough memory")
    }
    self.workbook = workbook
    self.scratch = scratch
    self.formats = formats(workbook)
  }

  deinit {
    // The library knows no other end; what it writes now, nobody reads.
    if isOpen { workbook_close(workbook) }
  }

  /// A new sheet behind the others; names are unique and short.
  func addSheet(named name: String) -> UnsafeMutablePointer<lxw_worksheet>? {
    guard let sheet = workbook_add_worksheet(workbook, name) else {
      note(LXW_ERROR_MEMORY_MALLOC_FAILED)
      return nil
    }
    sheets.append(sheet)
    return sheet
  }

  /// A chart that no sheet holds yet.
  func addChart(_ type: lxw_chart_type) -> UnsafeMutablePointer<lxw_chart>? {
    workbook_add_chart(workbook, UInt8(type.rawValue))
  }

  /// Remembers the first thing that went wrong.
  func note(_ error: lxw_error) {
    if problem == LXW_NO_ERROR { problem = error }
  }

  /// Ends the workbook, after which the scratch file holds all of it.
  func close() throws(PublishError) {
    let rowBytes = sheets.map { widen_row_bytes($0) }
    isOpen = false
    let end = workbook_close(workbook)
    if rowBytes.contains(where: { $0 < 0 }) { throw .noScratchSpace }
    let error = problem == LXW_NO_ERROR ? end : problem
    guard error == LXW_NO_ERROR else {
      let words = lxw_strerror(error).map { String(cString: $0) } ?? "error \(error.rawValue)"
      throw .failed("the workbook", reason: words.prefix(1).lowercased() + words.dropFirst())
    }
    try scratch.checkSheets(holding: rowBytes.map { Int($0) })
  }
}
