internal import WidenEngine
internal import WidenLanguage
internal import WidenPublish
internal import WidenStatistics

/// What has been released from a dataset, in this session and before, and the log of it.
struct Releases {
  private(set) var ledgers: Ledgers
  /// Where both are kept; nil: for this session only.
  private let store: LedgerFile?
  private let log: AuditLog?

  /// What was released from this dataset before; nothing is kept without a folder.
  init(of dataset: Dataset, folder: String?) throws(Failure) {
    guard let folder else {
      (ledgers, store, log) = (Ledgers(), nil, nil)
      return
    }
    let file = LedgerFile(path: "\(folder)/released-\(Releases.fingerprint(of: dataset))")
    store = file
    log = AuditLog(path: "\(folder)/audit.log")
    ledgers = try file.read()
  }

  /// Notes a release: what was released of whom, and a line in the log.
  mutating func note(_ ledgers: Ledgers, _ entry: AuditLog.Entry) throws(Failure) {
    if let store {
      for people in ledgers.people {
        let known = self.ledgers[people]
        try store.append(
          Array(ledgers[people].releases.dropFirst(known.releases.count)),
          withheld: Array(ledgers[people].refusals.dropFirst(known.refusals.count)), of: people)
      }
    }
    try log?.append(entry)
    self.ledgers = ledgers
  }

  /// Notes a release for this session only.
  mutating func noteHere(_ ledgers: Ledgers) { self.ledgers = ledgers }

  /// What tells these data from others: the tables about people, their size, and a sample of who is
  /// in them.
  private static func fingerprint(of dataset: Dataset) -> String {
    var text = dataset.name
    for entry in dataset.entries where entry.description.isAboutPeople {
      let description = entry.description
      if let source = entry.source {
        // Their number is an estimate, and changes.
        text += "\n\(description.name) at \(source.name)"
        continue
      }
      text += "\n\(description.name) \(description.rowCount) "
      text += description.columns.map(\.name).joined(separator: ",")
      // Invented people are the same whenever they are made, and making them takes time.
      guard !description.isSynthetic,
        let column = description.person.flatMap({ entry.table.column(named: $0) }),
        entry.table.rowCount == column.data.count
      else { continue }
      let step = max(1, entry.table.rowCount / 1000)
      for row in stride(from: 0, to: entry.table.rowCount, by: step) {
        text += " " + plainText(of: column.data[row])
      }
    }
    return String(hash(of: Array(text.utf8)).prefix(16))
  }
}

/// The file that remembers releases: a list of who is behind each figure, by number.
///
/// It is readable by its owner only and holds no names, values or results.
struct LedgerFile {
  let path: String

  /// Before the policy of what was withheld under it.
  private static let withheldMark = "withheld under "
  private static let magic = Array("widen released 1\n".utf8)

  /// Everything that was released; nothing when there is no file.
  func read() throws(Failure) -> Ledgers {
    var ledgers = Ledgers()
    guard let bytes = try readPrivate(path) else { return ledgers }
    var reader = ByteReader(bytes)
    guard reader.take(LedgerFile.magic.count) == LedgerFile.magic else { throw damaged }
    while !reader.isAtEnd {
      guard let people = reader.text(), let export = reader.text(), let name = reader.text()
      else { throw damaged }
      let isWithheld = name.hasPrefix(LedgerFile.withheldMark)
      let plain = isWithheld ? String(name.dropFirst(LedgerFile.withheldMark.count)) : name
      guard let policy = DisclosurePolicy(named: plain), let numbers = reader.numbers() else {
        throw damaged
      }
      if isWithheld {
        ledgers[people].record(withheld: [RecordSet(numbers)], export: export, policy: policy)
      } else {
        ledgers[people].record([RecordSet(numbers)], export: export, policy: policy)
      }
    }
    return ledgers
  }

  /// Adds releases in one write, so that two sessions at once do not mix theirs.
  func append(
    _ releases: [Ledger.Release], withheld: [Ledger.Release], of people: String
  ) throws(Failure) {
    guard !releases.isEmpty || !withheld.isEmpty else { return }
    var writer = ByteWriter()
    for (release, mark) in releases.map({ ($0, "") })
      + withheld.map({ ($0, LedgerFile.withheldMark) })
    {
      writer.add(people)
      writer.add(release.export)
      writer.add(mark + release.policy.name)
      writer.add(release.records.numbers)
    }
    try appendPrivate(writer.bytes, to: path, opening: LedgerFile.magic)
  }

  private var damaged: Failure {
    .sentence(
      "the record of what was released from these data cannot be read: '\(path)'",
      hint:
        "without it differences between exports cannot be checked; move the file away to start anew"
    )
  }
}

/// Bytes that are read from the front.
private struct ByteReader {
  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { place == bytes.count }

  mutating func take(_ count: Int) -> [UInt8]? {
    guard count >= 0, count <= bytes.count - place else { return nil }
    defer { place += count }
    return Array(bytes[place..<place + count])
  }

  /// A number of 7 bits a byte, the lowest first.
  mutating func number() -> Int? {
    var value = 0
    var shift = 0
    while place < bytes.count, shift < 35 {
      let byte = Int(bytes[place])
      place += 1
      value |= (byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    return nil
  }

  mutating func text() -> String? {
    guard let count = number(), let bytes = take(count) else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  mutating func numbers() -> [UInt32]? {
    guard let count = number(), count <= bytes.count - place else { return nil }
    var numbers: [UInt32] = []
    var last = 0
    for _ in 0..<count {
      guard let step = number(), last + step <= Int(UInt32.max) else { return nil }
      last += step
      numbers.append(UInt32(last))
    }
    return numbers
  }
}

/// Bytes that grow at the end.
private struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  mutating func add(_ value: Int) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F | 0x80))
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func add(_ text: String) {
    add(text.utf8.count)
    bytes += text.utf8
  }

  /// Numbers in order, as steps from one to the next.
  mutating func add(_ numbers: [UInt32]) {
    add(numbers.count)
    var last = 0
    for number in numbers {
      add(Int(number) - last)
      last = Int(number)
    }
  }
}
