import Synchronization
import WidenLanguage

/// Puts the chunks of each column together into a column of the table.
struct TableAssembly {
  private let scan: TableScan
  private let rows: Int

  init(_ scan: TableScan) {
    self.scan = scan
    rows = scan.blocks.reduce(0) { $0 + $1.rows }
  }

  /// The table and its report.
  func loaded() throws(LoadError) -> LoadedTable {
    let header = scan.layout.header
    var assembled = [AssembledColumn?](repeating: nil, count: header.names.count)
    let next = Atomic(0)
    assembled.withUnsafeMutableBufferPointer { assembled in
      runOnThreads(scan.workers.count) { _ in
        while true {
          let column = next.wrappingAdd(1, ordering: .relaxed).oldValue
          guard column < assembled.count else { return }
          // Each column is taken once, so that no two threads touch the same one.
          assembled[column] = assemble(column)
          for worker in scan.workers { worker.parts[column].release() }
        }
      }
    }
    var columns: [TableColumn] = []
    var reports: [LoadReport.Column] = []
    for (index, name) in header.names.enumerated() {
      guard let made = assembled[index] else {
        throw LoadError("column \(shown(name)) holds more than 4 GiB of different values")
      }
      let type = made.data.type
      columns.append(TableColumn(ColumnDescription(name: name, type: type), made.data))
      var report = LoadReport.Column(name: name, type: type, missing: missing(index))
      if let tidied = header.oddities[index] { report.oddities.append(tidied) }
      for oddity in made.oddities { report.oddities.append(try sentence(oddity)) }
      reports.append(report)
    }
    return LoadedTable(
      table: Table(columns: columns, rowCount: rows),
      report: LoadReport(rows: rows, columns: reports))
  }

  private func assemble(_ index: Int) -> AssembledColumn? {
    let chunks = scan.blocks.map { ColumnChunk(chunk: $0.chunks[index], rows: $0.rows) }
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
    }
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
    return "\(oddity.start) on line \(grouped(try line(of: place)))\(oddity.end)"
  }

  /// The line of a row, named by its block and its number in the block.
  private func line(of place: Int) throws(LoadError) -> Int {
    let number = place >> 32
    let before = scan.blocks[..<number].reduce(scan.layout.firstLine) { $0 + $1.lineBreaks }
    var reader = scan.layout.reader(from: scan.blocks[number].range.lowerBound, line: before)
    for _ in 0...(place & 0xFFFF_FFFF) { _ = try reader.next() }
    return reader.line
  }
}

/// A column and what to say about it.
struct AssembledColumn {
  var data: Column
  var oddities: [Oddity] = []
}

/// A sentence that may name the line of a row.
struct Oddity {
  var start: String
  /// The row, by its block in the upper 32 bits and its number in the block.
  var place: Int?
  var end = ""
}

/// A chunk and how many rows it has.
struct ColumnChunk {
  let chunk: Chunk
  let rows: Int
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
