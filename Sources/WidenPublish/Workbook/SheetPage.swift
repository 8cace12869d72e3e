import CXLSXWriter

/// One sheet that is filled from the top down, a row at a time.
struct SheetPage {
  typealias Format = UnsafeMutablePointer<lxw_format>

  /// The row that is written next, from 0.
  private(set) var row = 0
  private let sheet: UnsafeMutablePointer<lxw_worksheet>?
  private let file: WorkbookFile

  init(_ file: WorkbookFile, named name: String) {
    self.file = file
    sheet = file.addSheet(named: name)
    guard let sheet else { return }
    // On paper a sheet is as wide as the page.
    worksheet_set_paper(sheet, 9)
    worksheet_set_landscape(sheet)
    worksheet_fit_to_pages(sheet, 1, 0)
  }

  func setWidth(_ width: Double, ofColumn column: Int) {
    check { worksheet_set_column($0, lxw_col_t(column), lxw_col_t(column), width, nil) }
  }

  /// A text in the first column, and the end of its row.
  mutating func write(_ text: String, _ format: Format?) {
    put(sheetText(text), at: 0, format)
    endRow()
  }

  /// Texts side by side, and the end of their row.
  mutating func write(_ texts: [String], _ format: Format?) {
    for (column, text) in texts.enumerated() { put(text, at: column, format) }
    endRow()
  }

  mutating func endRow() { row += 1 }

  /// Text in a cell of the row; it has been made fit by `sheetText`.
  func put(_ text: String, at column: Int, _ format: Format?) {
    check { worksheet_write_string($0, lxw_row_t(row), lxw_col_t(column), text, format) }
  }

  /// A number in a cell of the row.
  func put(_ number: Double, at column: Int, _ format: Format?) {
    check { worksheet_write_number($0, lxw_row_t(row), lxw_col_t(column), number, format) }
  }

  /// A link to another sheet of the workbook.
  func link(_ text: String, to sheetName: String, column: Int) {
    check {
      worksheet_write_url_opt(
        $0, lxw_row_t(row), lxw_col_t(column), "internal:'\(sheetName)'!A1", file.formats.link,
        text, nil)
    }
  }

  /// Marks all rows from `first`, whose cells are the headings, to the last written as a table.
  func addTable(named name: String, headings: [String], from first: Int) {
    var columns = headings.map { heading in
      lxw_table_column(
        header: strdup(heading), formula: nil, total_string: nil, total_function: 0,
        header_format: nil, format: nil, total_value: 0)
    }
    let tableName = strdup(name)
    defer {
      for column in columns { free(column.header) }
      free(tableName)
    }
    columns.withUnsafeMutableBufferPointer { columns in
      var pointers = columns.indices.map { columns.baseAddress.map { [index = $0] in $0 + index } }
      pointers.append(nil)
      pointers.withUnsafeMutableBufferPointer { pointers in
        var options = lxw_table_options()
        options.name = tableName
        // Those who do not see well are told by the guidance to do without filters and stripes.
        options.no_autofilter = 1
        options.no_banded_rows = 1
        options.style_type = UInt8(LXW_TABLE_STYLE_TYPE_LIGHT.rawValue)
        options.style_type_number = 0
        options.columns = pointers.baseAddress
        // Each page of a long table starts with the headings.
        check { worksheet_repeat_rows($0, lxw_row_t(first), lxw_row_t(first)) }
        check {
          widen_add_table(
            $0, lxw_row_t(first), lxw_row_t(row - 1), lxw_col_t(headings.count - 1), &options)
        }
      }
    }
  }

  /// A chart beside the table, with its description for those who do not see it.
  func insert(
    _ chart: UnsafeMutablePointer<lxw_chart>, row: Int, column: Int, description: String
  ) {
    let text = strdup(description)
    defer { free(text) }
    var options = lxw_chart_options()
    options.description = text
    options.x_scale = 1.5
    options.y_scale = 1.5
    check { worksheet_insert_chart_opt($0, lxw_row_t(row), lxw_col_t(column), chart, &options) }
  }

  private func check(_ call: (UnsafeMutablePointer<lxw_worksheet>) -> lxw_error) {
    guard let sheet else { return }
    let error = call(sheet)
    if error != LXW_NO_ERROR { file.note(error) }
  }
}
