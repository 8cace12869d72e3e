import WidenLanguage

/// A value as a cell of a data file holds it, as other tools read it too; missing is empty.
func plainCell(_ value: Value) -> String {
  switch value {
  case .missing: ""
  case .boolean(let flag): flag ? "true" : "false"
  case .integer(let number): String(number)
  case .decimal(let number): number.description
  case .text(let text): text
  case .date(let day): day.description
  case .month(let month): month.description
  case .period(let period): period.description
  }
}
