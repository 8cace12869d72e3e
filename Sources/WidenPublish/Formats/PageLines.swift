import WidenEngine
import WidenLanguage

/// The sentences under the table of a page: that data are invented, how it was asked, what to know.
func pageLines(_ answer: Answer, _ context: ExportContext?) -> [String] {
  var lines: [String] = []
  if answer.isSynthetic || context?.isSynthetic == true {
    lines.append("Synthetic data: the people and figures are invented")
  }
  for note in answer.notes {
    switch note.kind {
    case .note: lines.append("Note: \(note.text)")
    case .warning: lines.append("Warning: \(note.text)")
    }
  }
  guard let context else { return lines }
  lines.append("Query: \(context.query)")
  if !context.parameters.isEmpty {
    let parameters = context.parameters.map { "\($0.name) = \($0.value)" }
    lines.append("Parameters: " + parameters.joined(separator: ", "))
  }
  if !answer.flow.isEmpty {
    let flow = answer.flow.map { "\($0.label) \(grouped($0.rows))" }
    lines.append("Rows: " + flow.joined(separator: ", "))
  }
  let reason = context.policyReason.map { " because \"\($0)\"" } ?? ""
  lines.append("Policy: \(context.policy)\(reason)")
  lines.append("Dataset: \(context.datasetName)")
  lines += context.attribution
  lines.append("Written by widen \(context.version), \(context.time)")
  return lines
}
