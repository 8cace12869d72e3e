import CXLSXWriter
import WidenEngine
import WidenLanguage

/// Draws a result beside its table as a chart of Excel's own, when its section wants one.
func addChart(to page: SheetPage, of table: SheetTable, headingRow: Int, _ file: WorkbookFile) {
  guard let plan = try? ChartPlan(table), let chart = file.addChart(plan.type) else { return }
  let rows = (headingRow + 1)...(headingRow + plan.rowCount)
  for index in plan.measures {
    let series = chart_add_series(chart, nil, nil)
    chart_series_set_categories(
      series, table.sheetName, lxw_row_t(rows.lowerBound), 0, lxw_row_t(rows.upperBound),
      lxw_col_t(max(0, table.labels - 1)))
    chart_series_set_values(
      series, table.sheetName, lxw_row_t(rows.lowerBound), lxw_col_t(index),
      lxw_row_t(rows.upperBound), lxw_col_t(index))
    chart_series_set_name_range(
      series, table.sheetName, lxw_row_t(headingRow), lxw_col_t(index))
    if plan.measures.count == 1 {
      // A colour that also stands out where it is printed without any.
      var fill = lxw_chart_fill(color: 0x1D_4F_91, none: 0, transparency: 0)
      if !plan.isLine { chart_series_set_fill(series, &fill) }
    }
  }
  let measure = table.columns[plan.measures[0]]
  chart_title_set_name(chart, table.section.shownTitle)
  // The library calls the axis that lies X, whatever stands on it.
  let isLying = plan.type == LXW_CHART_BAR
  let values = chart_axis_get(
    chart, isLying ? LXW_CHART_AXIS_TYPE_X : LXW_CHART_AXIS_TYPE_Y)
  chart_axis_set_num_format(values, numberCode(measure.page))
  if plan.measures.count == 1 {
    chart_legend_set_position(chart, UInt8(LXW_CHART_LEGEND_NONE.rawValue))
    chart_axis_set_name(values, measure.page.name)
  }
  if !plan.isLine { chart_axis_set_min(values, plan.least) }
  // The first row of the table is the first bar from the top.
  if isLying { chart_axis_set_reverse(chart_axis_get(chart, LXW_CHART_AXIS_TYPE_Y)) }
  page.insert(
    chart, row: headingRow, column: table.columns.count + 1,
    description: "\(plan.isLine ? "Line" : "Bar") chart of the figures in the table: "
      + table.section.shownTitle)
}

/// Which columns and rows of a table a chart draws, and how.
struct ChartPlan {
  let type: lxw_chart_type
  /// Their places among the columns of the sheet.
  let measures: [Int]
  let rowCount: Int
  /// Where the scale of bars starts.
  let least: Double

  var isLine: Bool { type == LXW_CHART_LINE }

  /// The plan of a section's wish; nil when it has none.
  init?(_ table: SheetTable) throws(ChartError) {
    let source: ChartSource
    switch table.section.drawing {
    case .none: return nil
    case .suited, .kind: source = try ChartSource(table.section.answer, style: TableStyle())
    }
    let kind: ChartKind
    if case .kind(let wish) = table.section.drawing {
      kind = wish
    } else {
      kind = source.suitedKind
    }
    let drawn: [ChartSource.Measure]
    switch kind {
    case .bar, .dot, .funnel: (type, drawn) = (LXW_CHART_BAR, [source.chosen])
    case .line:
      let format = source.chosen.column.description.format
      let alike = source.measures.filter { $0.column.description.format == format }
      (type, drawn) = (LXW_CHART_LINE, source.labels.count == 1 ? alike : [source.chosen])
    case .control: (type, drawn) = (LXW_CHART_LINE, source.measures)
    case .heat:
      (type, drawn) = (LXW_CHART_COLUMN, source.measures.filter { $0.column.name != "Total" })
    }
    measures = drawn.prefix(12).compactMap { measure in
      table.columns.firstIndex {
        $0.page.index == measure.column.index && $0.page.name == measure.column.name
      }
    }
    // The row of totals, if it is the last, would outweigh all else.
    let hasTotal = source.labels.first?.text(row: source.rowCount - 1) == "Total"
    rowCount = min(60, source.rowCount - (hasTotal && source.rowCount > 1 ? 1 : 0))
    least = min(0, drawn.flatMap(\.values).compactMap(\.self).min() ?? 0)
    if measures.isEmpty { throw ChartError("there are no numbers to draw") }
  }
}
