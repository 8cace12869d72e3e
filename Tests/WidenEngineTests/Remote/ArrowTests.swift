import Glibc
import Testing

@testable import WidenRemote

/// The rows of Arrow streams are read as text, and what is no such stream does no harm.
@Suite struct ArrowTests {
  /// The rows of a stream, cells parted by bars.
  private func rows(_ recorded: String) throws -> String {
    var stream = ArrowStream()
    let batches = try stream.read(try #require(base64Decoded(recorded)))
    return batches.flatMap { batch in
      (0..<batch.rowCount).map { line(ServerRow(cells: batch, row: $0), stream.fields.count) }
    }.joined(separator: "\n")
  }

  private func line(_ row: ServerRow, _ count: Int) -> String {
    (0..<count).map { row.text($0) ?? "null" }.joined(separator: "|")
  }

  @Test func readsWhatSparkSends() throws {
    #expect(
      try rows(RecordedStream.spark) == """
        Band 5|12|3|7|-1|1.25|0.5|1234.50|true|2024-02-29|2024-01-02 03:04:05.000006|null|AB
        naïve ✓|-9223372036854775807|-3|null|127|nan|inf|-0.05|false|1969-12-31|1960-01-01 \
        00:00:00|null|
        null|null|null|null|null|null|null|null|null|null|null|null|null
        """)
  }

  @Test func readsWhatOthersSend() throws {
    #expect(
      try rows(RecordedStream.other) == """
        a|x|q|0|0|0|0|1970-01-01|1970-01-01 00:00:00|1970-01-01 00:00:00.001000|1970-01-01 00:00:00|null
        b|null|r|255|18446744073709551615|65535|4294967295|1969-12-31|1969-12-31 23:59:59|\
        1969-12-31 23:59:59.999000|1969-12-31 23:59:59.999999|null
        null||null|null|null|null|null|null|null|null|null|null
        a|zz||1|1|1|1|1970-01-02|1970-01-01 23:59:59|1970-01-01 00:00:00|\
        1970-01-01 00:00:00.000001|null
        """)
  }

  @Test func namesAColumnWhoseTypeIsNotKnown() throws {
    let failure = #expect(throws: Malformed.self) { try rows(RecordedStream.list) }
    #expect(failure?.reason == "the column 'parts' has a type that is not read here: list")
    #expect(failure?.hint == "a view at the server can give it as text: cast(… as string)")
  }

  @Test func hasNoCellsBesideItsOwn() throws {
    var stream = ArrowStream()
    let bytes = try #require(base64Decoded(RecordedStream.spark))
    let batch = try #require(try stream.read(bytes).first)
    for (row, column) in [(-1, 0), (3, 0), (0, -1), (0, 13), (0, 11), (2, 0)] {
      #expect(batch.bytes(row, column) == nil)
    }
    #expect(batch.bytes(1, 12)?.count == 0)
  }

  /// Whatever is cut off or changed, reading ends: with rows, or with a reason.
  @Test func survivesSpoiltStreams() throws {
    let wanted = getenv("WIDEN_FUZZ_ARROW").map { Int(atoi($0)) } ?? 4000
    var random = Seeded(getenv("WIDEN_FUZZ_SEED").map { Int(atoi($0)) } ?? 1)
    let whole = try [RecordedStream.spark, RecordedStream.other, RecordedStream.list].map {
      recorded in
      let stream = try #require(base64Decoded(recorded))
      // As it comes: in a message within a message.
      return Self.field(13, Array("response".utf8)) + Self.field(2, Self.field(2, stream))
    }
    var (read, refused) = (0, 0)
    for _ in 0..<wanted {
      var bytes = whole[random.below(whole.count)]
      for _ in 0...random.below(4) { Self.change(&bytes, &random) }
      do throws(Malformed) {
        try use(bytes)
        read += 1
      } catch {
        #expect(!error.reason.isEmpty)
        refused += 1
      }
    }
    // Many a change is of a value, which may be anything.
    #expect(read > wanted / 20 && refused > wanted / 20, "\(read) read, \(refused) refused")
  }

  private func use(_ bytes: [UInt8]) throws(Malformed) {
    let response = try SparkResponse(bytes)
    guard let range = response.rows else { return }
    var stream = ArrowStream()
    for batch in try stream.read(bytes, range) {
      for row in [0, 1, 2, 3, batch.rowCount - 1, batch.rowCount] {
        _ = line(ServerRow(cells: batch, row: row), stream.fields.count)
      }
    }
  }

  private static func field(_ number: UInt8, _ content: [UInt8]) -> [UInt8] {
    var count = content.count
    var head = [number << 3 | 2]
    while count > 127 {
      head.append(UInt8(count & 127) | 128)
      count >>= 7
    }
    return head + [UInt8(count)] + content
  }

  /// Changes a byte, a number of four or eight bytes, or the length.
  private static func change(_ bytes: inout [UInt8], _ random: inout Seeded) {
    guard bytes.count > 16 else { return }
    let place = random.below(bytes.count)
    switch random.below(8) {
    case 0, 1, 2: bytes[place] = UInt8(random.below(256))
    case 3: bytes[place] = [0, 1, 0x7F, 0x80, 0xFF][random.below(5)]
    case 4, 5:
      let numbers = [
        0, 1, -1, .min, .max, 255, 65_536, Int(Int32.max), Int(UInt32.max), bytes.count,
      ]
      let number = numbers[random.below(numbers.count)]
      for index in 0..<(random.once(in: 2) ? 4 : 8) where place & ~3 + index < bytes.count {
        bytes[place & ~3 + index] = UInt8(truncatingIfNeeded: number >> (8 * index))
      }
    case 6: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.below(9)))
    default: bytes.removeLast(random.below(min(bytes.count, 200)))
    }
  }
}
