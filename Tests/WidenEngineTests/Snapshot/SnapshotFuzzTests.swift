import Glibc
import Testing
import WidenLanguage

@testable import WidenEngine

/// Spoilt snapshots are refused; those that were made to deceive do no harm.
@Suite struct SnapshotFuzzTests {
  private let whole: [UInt8]
  private let everything: String

  init() throws {
    let package = everyForm(rows: 90)
    everything = package.everything
    whole = try withFolder([:]) { folder in
      let path = folder + "/x.snapshot"
      defer { unlink(path) }
      let contents = SnapshotContents(
        key: [7], sources: SnapshotSources(folder: "/"), package: package)
      #expect(writeSnapshot(contents, to: path, threads: 1))
      return WidenEngineTests.contents(path)
    }
    #expect(whole.count > 4000)
  }

  @Test func refusesWhatIsCutOrChanged() throws {
    var random = Seeded(3)
    try reading { read in
      #expect(read(whole)?.everything == everything)
      for _ in 0..<300 {
        #expect(read(Array(whole.prefix(random.below(whole.count)))) == nil)
      }
      for _ in 0..<1500 {
        var bytes = whole
        bytes[random.below(whole.count)] ^= 1 << UInt8(random.below(8))
        #expect(read(bytes) == nil)
      }
      #expect(read(whole + whole) == nil)
      #expect(read((0..<4096).map { _ in UInt8(random.below(256)) }) == nil)
    }
  }

  /// With a right checksum: what is opened can be read, counted and computed with.
  @Test func survivesForgedSnapshots() throws {
    var random = Seeded(Int(getenv("SNAPSHOT_SEED").map { atoi($0) } ?? 11))
    var opened = 0
    try reading { read in
      for _ in 0..<1200 {
        var bytes = whole
        for _ in 0...random.below(3) { change(&bytes, &random) }
        guard let package = read(signed(bytes)) else { continue }
        opened += 1
        use(package.dataset)
      }
    }
    // Most changes are of values and names, which may be anything.
    #expect(opened > 50)
  }

  @Test func refusesFilesOfOthers() throws {
    try reading { read in #expect(read(whole) != nil) }
    try withFolder([:]) { folder in
      let (path, link) = (folder + "/x.snapshot", folder + "/link")
      defer {
        unlink(path)
        unlink(link)
      }
      write(whole, to: path)
      #expect(readSnapshot(path, threads: 1) { _ in true } != nil)
      symlink(path, link)
      #expect(readSnapshot(link, threads: 1) { _ in true } == nil)
      chmod(path, 0o666)
      #expect(readSnapshot(path, threads: 1) { _ in true } == nil)
      mkfifo(folder + "/pipe", 0o600)
      defer { unlink(folder + "/pipe") }
      #expect(readSnapshot(folder + "/pipe", threads: 1) { _ in true } == nil)
    }
  }

  private func reading(_ body: ((([UInt8]) -> OpenedPackage?)) throws -> Void) throws {
    try withFolder([:]) { folder in
      let path = folder + "/x.snapshot"
      defer { unlink(path) }
      try body { bytes in
        write(bytes, to: path)
        return readSnapshot(path, threads: 2) { _ in true }?.package
      }
    }
  }

  /// Changes a byte or a word, in the descriptions half of the time, since they are short.
  private func change(_ bytes: inout [UInt8], _ random: inout Seeded) {
    let start = bytes.withUnsafeBytes { SnapshotHeader($0)?.catalogueStart } ?? 64
    let first = random.once(in: 2) ? start : SnapshotHeader.byteCount
    let place = first + random.below(bytes.count - first)
    if random.once(in: 2) {
      bytes[place] = UInt8(random.below(256))
      return
    }
    let numbers = [0, 1, -1, .min, .max, 255, 256, 65_536, Int(UInt32.max), bytes.count, start]
    let number = numbers[random.below(numbers.count)]
    for index in 0..<8 where place & ~7 + index < bytes.count {
      bytes[place & ~7 + index] = UInt8(truncatingIfNeeded: number >> (8 * index))
    }
  }

  private func use(_ dataset: Dataset) {
    for entry in dataset.entries {
      for column in entry.table.columns {
        for row in 0..<entry.table.rowCount { _ = written(column.data[row]) }
        guard let origin = column.description.origin else { continue }
        _ = dataset.values(of: origin)
        _ = dataset.recordedRows(of: origin)
      }
      let names = entry.description.columns.map(\.name)
      for name in names {
        ask("from `\(entry.description.name)` | count by `\(name)`", dataset)
        ask("from `\(entry.description.name)` | sort `\(name)` | take 3", dataset)
      }
    }
  }

  private func ask(_ text: String, _ dataset: Dataset) {
    let parsed = parse(text)
    guard case .query(let tree)? = parsed.program.statements.first?.statement,
      case .success(let bound) = bind(
        tree, in: Environment(catalogue: dataset, unknownValues: .warning), source: text)
    else { return }
    let context = ExecutionContext(dataset: dataset, threads: 2)
    guard let answer = try? execute(bound.plan, in: context) else { return }
    for row in 0..<min(5, answer.table.rowCount) {
      for column in answer.table.columns.indices { _ = written(answer.table[row, column]) }
    }
  }
}
