import WidenEngine
import WidenLanguage
import WidenStatistics

/// How a result came to be, as items with a name: what pages, workbooks and reports say below it.
struct StoryItem: Hashable {
  var name: String
  var text: String
}

/// The items in the order in which they are told; the query first.
func story(_ answer: Answer, _ context: ExportContext) -> [StoryItem] {
  var items = [StoryItem(name: "Query", text: context.query)]
  if !context.parameters.isEmpty {
    let parameters = context.parameters.map { "\($0.name) = \($0.value)" }
    items.append(StoryItem(name: "Parameters", text: parameters.joined(separator: ", ")))
  }
  if !answer.flow.isEmpty {
    let flow = answer.flow.map { "\($0.label) \(grouped($0.rows))" }
    items.append(StoryItem(name: "Rows", text: flow.joined(separator: ", ")))
  }
  items += protectionItems(answer, context)
  items.append(StoryItem(name: "Dataset", text: context.datasetName))
  return items
}

/// Which policy was followed, why where it asks for a reason, and what it withheld.
private func protectionItems(_ answer: Answer, _ context: ExportContext) -> [StoryItem] {
  let policy = answer.protection?.policy.name ?? context.policy
  let reason = context.policyReason.map { " because \"\($0)\"" } ?? ""
  var items = [StoryItem(name: "Policy", text: policy + reason)]
  guard let protection = answer.protection else {
    let text = "nothing: no table that was read is declared to be about single people"
    return items + [StoryItem(name: "Withheld", text: text)]
  }
  items.append(
    StoryItem(
      name: "Withheld",
      text: "\(grouped(protection.withheldCount)) of \(counted(protection.figures, "figure"))"))
  if let isPassed = protection.isAuditPassed {
    items.append(
      StoryItem(
        name: "Audit",
        text: isPassed ? "passed: nothing that was withheld can be worked out" : "undecided"))
  }
  return items
}

/// All that is known of how a section came to be.
func story(_ section: Report.Section) -> [StoryItem] {
  var items = story(section.answer, section.context)
  items += section.answer.notes.map { StoryItem(name: "Note", text: noteSentence($0)) }
  items += section.context.attribution.map { StoryItem(name: "Attribution", text: $0) }
  if section.answer.isSynthetic || section.context.isSynthetic {
    items.append(StoryItem(name: "Synthetic", text: syntheticSentence))
  }
  items.append(StoryItem(name: "Written by", text: "widen " + section.context.version))
  items.append(StoryItem(name: "Time", text: section.context.time))
  return items
}

/// The line that says by which version, and when.
func writtenLine(_ context: ExportContext) -> String {
  "Written by widen \(context.version), \(context.time)"
}

let syntheticSentence = "Synthetic data: the people and figures are invented"

/// A note of a result as a sentence.
func noteSentence(_ note: Answer.Note) -> String {
  switch note.kind {
  case .note: "Note: \(note.text)"
  case .warning: "Warning: \(note.text)"
  }
}

/// A time in ISO 8601 as people write a day: `31 July 2015`; the time itself when it is no such time.
func dayInWords(_ time: String) -> String {
  let parts = time.prefix(10).split(separator: "-").compactMap { Int($0) }
  let names = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  guard parts.count == 3, (1...12).contains(parts[1]) else { return time }
  return "\(parts[2]) \(names[parts[1] - 1]) \(parts[0])"
}
