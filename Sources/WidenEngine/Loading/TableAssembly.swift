import Glibc
import Synchronization
import WidenLanguage

/// Puts the chunks of each column together into a column of the table.
struct TableAssembly {
  private let scan: TableScan
  private let wishes: CellWishes
  private let nameless: Set<Int>
  private let rows: Int
  private let pages: LargePages?

  /// `nameless` columns are left out when they have no values.
  init(_ scan: TableScan, _ wishes: CellWishes, nameless: Set<Int>) {
    self.scan = scan
    self.wishes = wishes
    self.nameless = nameless
    rows = scan.blocks.reduce(0) { $0 + $1.rows }
    let columns = scan.isRead.count { $0 }
    // A row takes a byte to eight of each column, which has some room at its end.
    pages = LargePages(atMost: columns * (8 * rows + 128), atLeast: columns * rows)
  }

  /// The columns that were read, put together by several threads.
  private func assembled(isCancelled: () -> Bool) throws(LoadError) -> [AssembledColumn?] {
    var assembled = [AssembledColumn?](repeating: nil, count: scan.layout.header.names.count)
    let next = Atomic(0)
    let finished = Atomic(0)
    let stop = Flag()
    assembled.withUnsafeMutableBufferPointer { assembled in
      runOnThreads(scan.workers.count) { thread in
        // Only the calling thread may ask; the others hear of it.
        func mustStop() -> Bool {
          if thread == 0, !stop.isSet, isCancelled() { stop.set() }
          return stop.isSet
        }
        while !mustStop() {
          let column = next.wrappingAdd(1, ordering: .relaxed).oldValue
          guard column < assembled.count else { break }
          // Each column is taken once, so that no two threads touch the same one.
          if scan.isRead[column] {
            assembled[column] = withoutActuallyEscaping(mustStop) { assemble(column, $0) }
          }
          finished.wrappingAdd(1, ordering: .relaxed)
          for worker in scan.workers { worker.parts[column].release() }
        }
        // All columns have been taken, the last ones by threads that cannot ask.
        while thread == 0, finished.load(ordering: .relaxed) < assembled.count, !mustStop() {
          usleep(500)
        }
      }
    }
    pages?.close()
    if stop.isSet { throw .cancelled }
    return assembled
  }

  /// The table and its report.
  func loaded(isCancelled: () -> Bool) throws(LoadError) -> LoadedTable {
    let header = scan.layout.header
    let assembled = try assembled(isCancelled: isCancelled)
    var columns: [TableColumn] = []
    var report = LoadReport(rows: rows, columns: [])
    var unnamed: [String] = []
    var unread: Set<Int> = []
    let passedOver = Column.passedOver(rows: rows)
    for (index, name) in header.names.enumerated() {
      guard scan.isRead[index] else {
        unread.insert(columns.count)
        columns.append(TableColumn(ColumnDescription(name: name, type: .text), passedOver))
        continue
      }
      guard let made = assembled[index] else {
        throw LoadError("column \(shown(name)) holds more than 4 GiB of different values")
      }
      if let unreadable = made.unreadable { throw try error(unreadable, column: name) }
      if nameless.contains(index) {
        if scan.kinds[index] == .blank { continue }
        unnamed.append(shown(name))
      }
      columns.append(TableColumn(ColumnDescription(name: name, type: made.data.type), made.data))
      report.columns.append(try columnReport(index, made))
    }
    if !unnamed.isEmpty {
      let start = unnamed.count == 1 ? "a column has" : "\(unnamed.count) columns have"
      let verb = unnamed.count == 1 ? "is" : "are"
      report.decisions.append(
        Answer.Note(.note, "\(start) no name in the header and \(verb) called \(list(unnamed))"))
    }
    var table = Table(columns: columns, rowCount: rows)
    table.unreadColumns = unread
    return LoadedTable(table: table, report: report)
  }

  private func columnReport(_ index: Int, _ made: AssembledColumn) throws(LoadError)
    -> LoadReport.Column
  {
    var report = LoadReport.Column(
      name: scan.layout.header.names[index], type: made.data.type,
      missing: made.missing ?? missing(index))
    if let tidied = scan.layout.header.oddities[index] { report.oddities.append(tidied) }
    if let decision = made.decision {
      report.oddities.append(decision)
      report.surprises.append(decision)
    }
    for oddity in made.oddities {
      let sentence = try sentence(oddity)
      report.oddities.append(sentence)
      if !oddity.isRoutine { report.surprises.append(sentence) }
    }
    return report
  }

  private func assemble(_ index: Int, _ mustStop: @escaping () -> Bool) -> AssembledColumn? {
    let work = ColumnWork(
      stores: scan.workers.map { $0.parts[index].pages }, pages: pages, mustStop: mustStop)
    let chunks = scan.blocks.map {
      ColumnChunk(chunk: $0.chunks[index], rows: $0.rows, work: work)
    }
    switch scan.kinds[index] {
    case .number: return AssembledColumn(data: numberColumn(chunks, rows))
    case .date: return AssembledColumn(data: codedColumn(chunks, rows) { .date(minimum: $0) })
    case .month: return AssembledColumn(data: codedColumn(chunks, rows) { .month(minimum: $0) })
    case .period(let kind):
      return AssembledColumn(data: codedColumn(chunks, rows) { .period(kind, minimum: $0) })
    case .identifier(let shape):
      return AssembledColumn(data: identifierColumn(chunks, rows, shape))
    case .blank, .text:
      let texts = scan.workers.map { $0.parts[index].text }
      return textColumn(chunks, rows, texts, staysText: scan.staysText[index])
        .map { reread($0, index) }
    }
  }

  /// The text column, or what its values turn out to be.
  private func reread(_ made: AssembledColumn, _ index: Int) -> AssembledColumn {
    guard case .coded(let column) = made.data, case .text(let dictionary) = column.domain else {
      return made
    }
    let cells = TextCells(codes: column.codes, dictionary: dictionary, wishes: wishes)
    switch cells.reread(column: index) {
    case .text: return made
    case .values(let read):
      return AssembledColumn(data: read.data, missing: read.missing, decision: read.decision)
    case .unreadable(let row, let expected, let hint):
      var failed = made
      failed.unreadable = .init(
        value: dictionary[max(1, column.codes[row]) - 1], place: place(ofRow: row),
        expected: expected, hint: hint)
      return failed
    }
  }

  private func place(ofRow row: Int) -> Int {
    var first = 0
    for (number, block) in scan.blocks.enumerated() {
      if row < first + block.rows { return number << 32 | (row - first) }
      first += block.rows
    }
    return 0
  }

  private func error(_ unreadable: AssembledColumn.Unreadable, column: String) throws(LoadError)
    -> LoadError
  {
    let line = try line(of: unreadable.place)
    return LoadError(
      "\(shown(unreadable.value)) in column \(shown(column)), on \(scan.layout.lines.noun) "
        + "\(grouped(line)), is not \(unreadable.expected)", line: line, hint: unreadable.hint)
  }

  private func missing(_ column: Int) -> [ValueCount] {
    var empty = 0
    var shorthand = [Int](repeating: 0, count: Shorthand.all.count)
    for block in scan.blocks {
      let chunk = block.chunks[column]
      empty += chunk.missing
      for (index, count) in chunk.shorthand.enumerated() { shorthand[index] += count }
    }
    return
      ([ValueCount(value: "", rows: empty)]
      + zip(Shorthand.all, shorthand).map { ValueCount(value: $0, rows: $1) }).filter {
        $0.rows > 0
      }
  }

  private func sentence(_ oddity: Oddity) throws(LoadError) -> String {
    guard let place = oddity.place else { return oddity.start }
    let noun = scan.layout.lines.noun
    return "\(oddity.start) on \(noun) \(grouped(try line(of: place)))\(oddity.end)"
  }

  /// The line of a row, named by its block and its number in the block.
  private func line(of place: Int) throws(LoadError) -> Int {
    let number = place >> 32
    let before = scan.blocks[..<number].reduce(scan.layout.firstLine) { $0 + $1.lineBreaks }
    var reader = scan.layout.reader(from: scan.blocks[number].range.lowerBound, line: before)
    for _ in 0...(place & 0xFFFF_FFFF) { _ = try reader.next() }
    return scan.layout.lines.origin(of: reader.line)
  }
}

/// A column and what to say about it.
struct AssembledColumn {
  /// A value that is not what its column was declared to be.
  struct Unreadable {
    var value: String
    var place: Int
    var expected: String
    var hint: String
  }

  var data: Column
  var oddities: [Oddity] = []
  /// How many cells are missing, where that was found out here.
  var missing: [ValueCount]?
  /// What its cells were read as, when they are not written plainly.
  var decision: String?
  var unreadable: Unreadable?
}

/// A sentence that may name the line of a row.
struct Oddity {
  var start: String
  /// The row, by its block in the upper 32 bits and its number in the block.
  var place: Int?
  var end = ""
  /// Whether it need not be said unless somebody asks.
  var isRoutine = false
}

/// A chunk and how many rows it has.
struct ColumnChunk {
  let chunk: Chunk
  let rows: Int
  let work: ColumnWork
}

/// What all chunks of a column share while it is put together.
final class ColumnWork {
  /// Where the chunks lie, by worker.
  let stores: [PageStore]
  /// Where all columns of the table go; nil when each has pages of its own.
  let pages: LargePages?
  /// Whether loading was cancelled; what comes of the column is then no matter.
  let mustStop: () -> Bool

  init(stores: [PageStore], pages: LargePages?, mustStop: @escaping () -> Bool) {
    self.stores = stores
    self.pages = pages
    self.mustStop = mustStop
  }
}

extension Column {
  /// The type of its values.
  fileprivate var type: ValueType {
    switch self {
    case .coded(let column): column.domain.type
    case .integers: .integer
    case .decimals: .decimal
    }
  }
}
