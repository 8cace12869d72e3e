import Synchronization

/// A block of rows and what its columns hold.
struct BlockScan {
  var range: Range<Int>
  var rows: Int
  /// Line breaks, those inside of quotes included.
  var lineBreaks: Int
  var chunks: [Chunk]
}

/// Reads all blocks of a file, several at once, and parses every column of each.
struct TableScan {
  let layout: FileLayout
  private(set) var blocks: [BlockScan] = []
  private(set) var workers: [ScanWorker]
  /// The kind of each column, which all its blocks agree on once `run` has returned true.
  private(set) var kinds: [CellKind] = []
  /// Which columns are text, whatever their cells look like.
  let staysText: [Bool]
  /// Which columns' cells are looked at.
  let isRead: [Bool]
  private let cuts: [Int]
  private let options: CSVOptions

  init(layout: FileLayout, options: CSVOptions, cuts: [Int]) {
    self.layout = layout
    self.options = options
    self.cuts = cuts
    let threads = min(options.threads, max(1, cuts.count - 1))
    let staysText = layout.header.names.indices.map(options.textColumns.contains)
    self.staysText = staysText
    isRead = layout.header.names.indices.map { !options.unreadColumns.contains($0) }
    workers = (0..<threads).map { ScanWorker(index: $0, staysText: staysText) }
  }

  /// Reads everything; false when a block is irregular, so that a careful look is needed.
  mutating func run(isCancelled: () -> Bool, progress: ((Double) -> Void)?) throws(LoadError)
    -> Bool
  {
    let layout = layout
    let columns = layout.header.names.count
    let isRead = isRead
    blocks = zip(cuts, cuts.dropFirst()).filter { $0 < $1 }.map {
      BlockScan(range: $0..<$1, rows: 0, lineBreaks: 0, chunks: [])
    }
    let all = Array(blocks.indices)
    let isRegular = try visit(all, isCancelled, progress) { worker, block, number in
      worker.prepare()
      block.rows = worker.reader.rows
      block.lineBreaks = worker.reader.lineBreaks
      block.chunks.reserveCapacity(columns)
      for column in 0..<columns {
        guard isRead[column] else {
          block.chunks.append(Chunk())
          continue
        }
        let run = worker.reader.run(column: column, of: layout)
        guard let chunk = worker.scan(run, column: column, block: number) else { return false }
        block.chunks.append(chunk)
      }
      return true
    }
    guard isRegular else { return false }
    kinds = (0..<columns).map(kind)
    let isText = kinds.map { $0 == .text }
    let rest = all.filter { number in
      zip(blocks[number].chunks, isText).contains { $1 && $0.mustBecomeText }
    }
    return try visit(rest, isCancelled, nil) { worker, block, number in
      worker.prepare()
      for column in 0..<columns where isText[column] && block.chunks[column].mustBecomeText {
        let run = worker.reader.run(column: column, of: layout)
        guard let chunk = worker.scanAgainAsText(run, column: column, block: number) else {
          return false
        }
        block.chunks[column] = chunk
      }
      return true
    }
  }

  /// Has each of some blocks read and handled by one of the workers.
  private mutating func visit(
    _ numbers: [Int], _ isCancelled: () -> Bool, _ progress: ((Double) -> Void)?,
    _ handle: (ScanWorker, inout BlockScan, Int) -> Bool
  ) throws(LoadError) -> Bool {
    let next = Atomic(0)
    let problem = Atomic(Problem.none.rawValue)
    let (layout, workers, options) = (layout, workers, options)
    blocks.withUnsafeMutableBufferPointer { blocks in
      runOnThreads(workers.count) { thread in
        let worker = workers[thread]
        while problem.load(ordering: .relaxed) == Problem.none.rawValue {
          let taken = next.wrappingAdd(1, ordering: .relaxed).oldValue
          guard taken < numbers.count else { return }
          var found = Problem.none
          // Each number is taken once, so that no two threads touch the same block.
          switch worker.reader.read(
            blocks[numbers[taken]].range, of: layout,
            maximumFieldBytes: options.maximumFieldBytes)
          {
          case .ready:
            if !handle(worker, &blocks[numbers[taken]], numbers[taken]) { found = .memory }
          case .irregular: found = .irregular
          case .unreadable: found = .unreadable
          }
          if thread == 0, isCancelled() { found = .cancelled }
          if thread == 0 { progress?(Double(taken + 1) / Double(numbers.count)) }
          if found != .none {
            // The gravest problem wins, whichever thread comes first.
            problem.max(found.rawValue, ordering: .relaxed)
          }
        }
      }
    }
    switch Problem(rawValue: problem.load(ordering: .relaxed)) ?? .none {
    case .none: return true
    case .irregular: return false
    case .memory:
      throw LoadError("there is not enough memory for \(shown(layout.source.name, limit: 100))")
    case .unreadable: throw layout.source.changed
    case .cancelled: throw .cancelled
    }
  }

  /// What all blocks of a column agree on.
  private func kind(column: Int) -> CellKind {
    guard isRead[column] else { return .blank }
    if options.declaredColumns.contains(column) { return .text }
    var kind = CellKind.blank
    var hasShorthand = false
    for block in blocks {
      kind = kind.joined(block.chunks[column].kind)
      hasShorthand = hasShorthand || !block.chunks[column].shorthand.isEmpty
      if kind == .text { return .text }
    }
    switch kind {
    case .blank, .identifier: return hasShorthand ? .text : kind
    case .month: return looksLikeYears(column: column) ? .text : kind
    case .number:
      return options.codeColumns.contains(column) || hasZeros(column: column) ? .text : kind
    case .date, .period, .text: return kind
    }
  }

  /// Whether some cell holds shorthand that was declared to stand for zero.
  private func hasZeros(column: Int) -> Bool {
    !options.zeros.isEmpty
      && blocks.contains { block in
        block.chunks[column].shorthand.enumerated().contains {
          $1 > 0 && options.zeros.contains($0)
        }
      }
  }

  /// Whether all months are like 2009-10 and 2010-11, two years rather than a year and a month.
  private func looksLikeYears(column: Int) -> Bool {
    func isYears(_ month: Int) -> Bool { month % 12 + 1 == (month / 12 + 1) % 100 }
    let chunks = blocks.filter { $0.chunks[column].kind == .month }.map {
      ($0.chunks[column], $0.rows)
    }
    let numbers = chunks.flatMap { [$0.0.minimum, $0.0.maximum] }
    guard Set(numbers).count > 1, numbers.allSatisfy(isYears) else { return false }
    return chunks.allSatisfy { chunk, rows in
      // Months of a block span so little time that their codes have 8 or 16 bits.
      switch chunk.form {
      case .bytes:
        chunk.elements(UInt8.self, rows).allSatisfy {
          $0 == 0 || isYears(chunk.minimum + (Int($0) - 1))
        }
      case .shorts:
        chunk.elements(UInt16.self, rows).allSatisfy {
          $0 == 0 || isYears(chunk.minimum + (Int($0) - 1))
        }
      case .none, .words, .wide, .doubles: false
      }
    }
  }
}

/// What can go wrong with a block, the gravest last.
private enum Problem: Int {
  case none
  case irregular
  case memory
  case unreadable
  case cancelled
}

extension Chunk {
  /// Whether its cells must be read again when the column turns out to be text.
  var mustBecomeText: Bool { kind != .text && !(kind == .blank && shorthand.isEmpty) }
}
