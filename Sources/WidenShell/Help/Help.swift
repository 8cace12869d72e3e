internal import WidenLanguage
internal import WidenPublish

/// `help`: everything about the words of the language is read from the records that the parser and
/// the binder work from, and the rest from `HelpTopic`.
func help(_ words: [String]) throws(Failure) -> String {
  let topic = words.joined(separator: " ").lowercased()
  if topic.isEmpty { return overview }
  if let page = page(of: topic) ?? words.first.flatMap({ page(of: $0.lowercased()) }) {
    return page
  }
  let near = nearest(topic, in: topics)
  throw .sentence(
    "there is no help on '\(topic)'",
    hint: near.map { "did you mean 'help \($0)'?" } ?? "'help topics' lists what there is")
}

/// Every word that has a page.
let topics: [String] =
  stepRecords.map(\.word) + statementRecords.map(\.word) + aggregateRecords.map(\.word)
  + Function.allCases.map(\.rawValue)
  + ["steps", "statements", "aggregates", "functions", "settings", "topics", "tour"]
  + HelpTopic.all.flatMap { [$0.name] + $0.otherNames }

private func page(of word: String) -> String? {
  var pages = recordPages(of: word)
  if let list = list(named: word) { pages.append(list) }
  if let topic = HelpTopic.named(word) {
    pages.append(pages.isEmpty ? topic.page : "help \(topic.name) tells more.\n")
  }
  if let setting = SettingRecord.named(word), pages.isEmpty {
    pages.append("set \(setting.name) \(setting.choices)\n    \(setting.summary)\n")
  }
  if pages.isEmpty, let own = ownWord(for: word) {
    let first = own.split(separator: " ").first.map(String.init) ?? own
    if let page = page(of: first) { pages.append("In widen '\(word)' is '\(own)'.\n\n" + page) }
  }
  if pages.isEmpty, let page = clausePage(of: word) { pages.append(page) }
  if pages.isEmpty, word.allSatisfy({ !$0.isLetter && !$0.isNumber }) {
    pages.append(HelpTopic.operators.page)
  }
  return pages.isEmpty ? nil : pages.joined(separator: "\n")
}

/// What the records of steps, statements, aggregates and functions say of a word.
private func recordPages(of word: String) -> [String] {
  var pages: [String] = []
  if let step = stepRecords.first(where: { $0.word == word }) {
    pages.append(card(step.word, step.signature, step.summary, step.example, step.isAvailable))
  }
  if let statement = statementRecords.first(where: { $0.word == word }),
    pages.isEmpty || word == "export" || word == "compare"
  {
    pages.append(
      card(
        statement.word, statement.signature, statement.summary, statement.example,
        statement.isAvailable))
  }
  if word == "load" {
    pages.append(listing(LoadOptionRecord.all.map { ("with \($0.example)", $0.summary) }))
  }
  if word == "param" {
    pages.append(
      "A parameter's value is written $NAME: where organisation = $org. Lines that start with ##\n"
        + "at the top of a script are its help: widen run SCRIPT --help shows them.\n")
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
  return pages
}

private func list(named word: String) -> String? {
  switch word {
  case "steps": listing(stepRecords.filter(\.isAvailable).map { ($0.word, $0.summary) })
  case "statements":
    listing(statementRecords.filter(\.isAvailable).map { ($0.word, $0.summary) })
  case "aggregates": listing(aggregateRecords.map { ($0.word, $0.summary) })
  case "functions":
    listing(Function.allCases.map { ($0.record.signature, $0.record.summary) })
  case "settings": listing(SettingRecord.all.map { ("\($0.name) \($0.choices)", $0.summary) })
  case "topics":
    listing(
      [("tour", "five questions, one after the other")]
        + HelpTopic.all.map { ($0.name, $0.summary) })
      + "\nhelp steps, statements, aggregates, functions and settings list the words.\n"
  default: nil
  }
}

/// For a word that is part of steps and statements: which those are.
private func clausePage(of word: String) -> String? {
  func mentions(_ signature: String) -> Bool {
    signature.split { !$0.isLetter }.contains { $0 == word }
  }
  let found =
    stepRecords.filter { $0.isAvailable && mentions($0.signature) }.map {
      ("\($0.word) \($0.signature)", $0.summary)
    }
    + statementRecords.filter { $0.isAvailable && mentions($0.signature) }.map {
      ("\($0.word) \($0.signature)", $0.summary)
    }
    + aggregateRecords.filter { mentions($0.signature) }.map {
      ("\($0.word) \($0.signature)", $0.summary)
    }
  if found.isEmpty { return nil }
  return "'\(word)' is part of\n"
    + found.map { "  \($0)\n      \($1)\n" }.joined()
}

private func card(
  _ word: String, _ signature: String, _ summary: String, _ example: String, _ isAvailable: Bool
) -> String {
  let line = signature.isEmpty ? word : "\(word) \(signature)"
  let note = isAvailable ? "" : "    It is understood, but does not work in this version yet.\n"
  return "\(line)\n    \(summary)\n\(note)\n    \(example)\n"
}

private let overview = """
  A question starts with a table and goes on in steps, each after a bar:

      from staff | where band in "2".."4" | count by ethnicity | share

  Look around     show tables · show columns of staff · show values of staff.band
  Choose rows     where, snapshot at 2015-03-31, take, top, bottom, distinct
  Choose columns  select, drop, rename, derive, recode, join
  Count           count by band · summarise mean salary by band · crosstab, change
  Percentages     share · share within band · compare to population
  Is it chance?   with interval, likelihood, funnel, control, inequality, parity
  Draw and keep   chart · export to "file.csv" · keep as NAME · save "file.widen"
  Go on           from last | … · back takes the last step away
  Understand      explain QUERY · why 1, "n" · compare last to previous
  Scripts         run "file.widen" · show library · param, let, define

  help tour       five questions, one after the other
  help share      one word, with an example; show examples has one for each step
  help topics     operators, dates, charts, exporting and more
  Text stands in quotes, "Female". Tab shows what may come next.

  """

/// An example for each step, each under what it does: a script that runs on the sample.
var exampleScript: String {
  stepRecords.filter(\.isAvailable).map { record in
    "# \(record.word): \(record.summary)\n\(record.example)\n"
  }.joined(separator: "\n")
}
