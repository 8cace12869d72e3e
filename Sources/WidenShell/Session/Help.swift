internal import WidenLanguage
internal import WidenPublish

/// `help`: everything here is read from the records that the parser and the binder work from.
func help(_ words: [String]) throws(Failure) -> String {
  guard let word = words.first?.lowercased() else { return overview }
  if let page = page(of: word) { return page }
  let near = nearest(word, in: topics)
  throw .sentence(
    "there is no help on '\(word)'", hint: near.map { "did you mean 'help \($0)'?" } ?? "type help")
}

/// Every word that has a page.
let topics: [String] =
  stepRecords.map(\.word) + statementRecords.map(\.word) + aggregateRecords.map(\.word)
  + Function.allCases.map(\.rawValue) + [
    "steps", "statements", "aggregates", "functions", "settings",
  ]

private func page(of word: String) -> String? {
  var pages: [String] = []
  if let step = stepRecords.first(where: { $0.word == word }) {
    pages.append(card(step.word, step.signature, step.summary, step.example, step.isAvailable))
  }
  if let statement = statementRecords.first(where: { $0.word == word }),
    pages.isEmpty || word == "export"
  {
    pages.append(
      card(
        statement.word, statement.signature, statement.summary, statement.example,
        statement.isAvailable))
  }
  if word == "load" {
    pages.append(listing(LoadOptionRecord.all.map { ("with \($0.example)", $0.summary) }))
  }
  if let aggregate = aggregateRecords.first(where: { $0.word == word }) {
    pages.append(
      card(aggregate.word, aggregate.signature, aggregate.summary, aggregate.example, true))
  }
  if let function = Function(named: word) {
    let record = function.record
    pages.append(
      "\(record.signature)\n    \(record.summary)\n\n    \(record.example)\n")
  }
  switch word {
  case "steps":
    pages.append(listing(stepRecords.filter(\.isAvailable).map { ($0.word, $0.summary) }))
  case "statements":
    pages.append(listing(statementRecords.filter(\.isAvailable).map { ($0.word, $0.summary) }))
  case "aggregates": pages.append(listing(aggregateRecords.map { ($0.word, $0.summary) }))
  case "functions":
    pages.append(listing(Function.allCases.map { ($0.record.signature, $0.record.summary) }))
  case "settings": pages.append(listing(SettingRecord.all.map { ($0.name, $0.summary) }))
  default: break
  }
  return pages.isEmpty ? nil : pages.joined(separator: "\n")
}

private func card(
  _ word: String, _ signature: String, _ summary: String, _ example: String, _ isAvailable: Bool
) -> String {
  let line = signature.isEmpty ? word : "\(word) \(signature)"
  let note = isAvailable ? "" : "    It is understood, but does not work in this version yet.\n"
  return "\(line)\n    \(summary)\n\(note)\n    \(example)\n"
}

private func listing(_ rows: [(String, String)]) -> String {
  let width = rows.map(\.0.count).max() ?? 0
  return rows.map { name, summary in
    "  \(name)\(String(repeating: " ", count: width - name.count))  \(summary)\n"
  }.joined()
}

private let overview = """
  A question starts with a table and goes on in steps, each after a bar:

      from staff | where band in "2".."4" | count by ethnicity | share

  Look around       show tables · show columns of staff · show values of staff.band
  Choose rows       where, snapshot, take, top, bottom, distinct
  Choose columns    select, drop, rename, derive, join
  Count             count, summarise, share, crosstab, change
  More than chance  with interval, likelihood, funnel, control, inequality,
                    standardise, parity, change … with test
  Use results       last is the latest one · keep as NAME · export to "file.csv"
  Scripts           run "file.widen" · save "file.widen" · param, let, define
  Explain           explain QUERY · back takes the last step away

  help steps, help aggregates, help functions, help settings list what there is;
  help share explains one word, with an example. Text needs quotes: "Female".

  """
