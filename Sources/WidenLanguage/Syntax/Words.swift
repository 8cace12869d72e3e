/// The first words of the steps, in the order of the language's description.
enum StepWord: String, Hashable, Sendable, CaseIterable {
  case `where`, derive, select, drop, rename, recode, count, summarise, share, crosstab, compare
  case snapshot, change, likelihood, standardise, inequality, funnel, control, parity, top, bottom
  case join, sort, take, distinct, describe, chart, protect, keep, export

  init?(_ token: Token) {
    guard token.isWord else { return nil }
    self.init(rawValue: token.keyword)
  }

  var record: StepRecord { stepTable[self] }
  var items: [SignatureItem] { record.items }

  static let all = allCases.map(\.rawValue)
  static let available = stepRecords.filter(\.isAvailable).map(\.word)
}

/// The first words of the statements.
enum StatementWord: String, Hashable, Sendable, CaseIterable {
  case query = "from"
  case `let`, param, define, load, run, export, compare, set, show, explain, why, report, save
  case help, back, quit

  init?(_ token: Token) {
    guard token.isWord else { return nil }
    self.init(rawValue: token.keyword)
  }

  var record: StatementRecord { statementTable[self] }
  var items: [SignatureItem] { record.items }

  static let all = allCases.map(\.rawValue)
  static let available = statementRecords.filter(\.isAvailable).map(\.word)
}

extension AggregateWord {
  init?(_ token: Token) {
    guard token.isWord else { return nil }
    self.init(rawValue: token.keyword)
  }

  static let all = allCases.map(\.rawValue)
}

extension ComparisonOperator {
  static let all = allCases.map(\.rawValue)
}

private let stepTable = RecordTable(stepRecords) { StepWord(rawValue: $0.word) }
private let statementTable = RecordTable(statementRecords) { StatementWord(rawValue: $0.word) }

/// The records by their word.
///
/// Every word has one, which the tests check.
private struct RecordTable<Word: Hashable & CaseIterable & Sendable, Record: Sendable>: Sendable {
  private let records: [Word: Record]

  init(_ list: [Record], _ word: (Record) -> Word?) {
    var records: [Word: Record] = [:]
    for record in list {
      if let word = word(record) { records[word] = record }
    }
    precondition(records.count == Word.allCases.count, "a word has no record")
    self.records = records
  }

  subscript(_ word: Word) -> Record {
    guard let record = records[word] else { preconditionFailure("a word has no record") }
    return record
  }
}
