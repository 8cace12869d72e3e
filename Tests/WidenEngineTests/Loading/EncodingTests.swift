import Testing
import WidenLanguage

@testable import WidenEngine

@Suite("Separators, encodings and packed files")
struct EncodingTests {
  @Test(arguments: [(";", "semicolons"), ("\t", "tabs"), ("|", "vertical bars")])
  func otherSeparatorsAreSeen(_ separator: String, _ noun: String) throws {
    let rows = [["name", "share", "place"], ["Ann", "0,5", "Ely"], ["Bob", "1,5", "Ely, Cambs"]]
    let text = rows.map { $0.joined(separator: separator) }.joined(separator: "\n")
    let loaded = try load(text)
    #expect(loaded.table.columns.map(\.description.name) == rows[0])
    #expect(loaded.cells(2) == ["\"Ely\"", "\"Ely, Cambs\""])
    #expect(loaded.notes.first == "read as separated by \(noun)")
  }

  @Test func commasWinUnlessOthersFitMoreRows() throws {
    #expect(try load("a,b;c\n1,2;3\n").table.columns.count == 2)
    #expect(try load("note\nx; y\nplain\nother\nmore\n").table.columns.count == 1)
    #expect(try load("a;b,c;d\n1;2;3\n4;5;6\n").table.columns.count == 3)
    #expect(try load("a\tb\n1\t2\n", name: "x.tsv").notes.isEmpty)
    let declared = try load("a;b,c\n1;2,3\n4;5,6\n") { $0.separator = .semicolon }
    #expect(declared.cells(1) == ["\"2,3\"", "\"5,6\""])
    #expect(!declared.notes.contains { $0.contains("separated") })
  }

  @Test func commasBetweenDigitsAreNoThousandsWhereSemicolonsSeparate() throws {
    #expect(try load("a;b\nx;1,234\ny;2,345\n").cells(1) == ["\"1,234\"", "\"2,345\""])
    #expect(try load("a,b\nx,\"1,234\"\ny,\"2,345\"\n").cells(1) == ["1234", "2345"])
  }

  @Test(arguments: [true, false]) func wideText(_ isBig: Bool) throws {
    let units = Array("\u{FEFF}name,n\r\nZoë 🙂,1\r\n".utf16)
    let bytes = units.flatMap { unit -> [UInt8] in
      let both = [UInt8(unit >> 8), UInt8(unit & 255)]
      return isBig ? both : both.reversed()
    }
    let loaded = try load(bytes)
    #expect(loaded.cells(0) == ["\"Zoë 🙂\""] && loaded.cells(1) == ["1"])
    #expect(loaded.notes == ["read as UTF-16"])
    #expect(refusal(bytes + [0]).hasSuffix("half of its last character is missing"))
    let unmarked = Array(bytes.dropFirst(2))
    #expect(refusal(unmarked) == "'test.csv' is not CSV text: it looks like UTF-16 text")
    #expect(try load(unmarked) { $0.encoding = .utf16 }.cells(0) == ["\"Zoë 🙂\""])
    let half = isBig ? [0xD8, 0x3D, 0, 0x2C] : [0x3D, 0xD8, 0x2C, 0]
    #expect(
      refusal(bytes + half.map { UInt8($0) })
        == "'test.csv' is not UTF-16 text: line 3 holds half a character")
  }

  @Test func windows1252() throws {
    let bytes = Array("name,cost\nO".utf8) + [0x92] + Array("Neil,".utf8) + [0xA3, 0x35, 0x0A]
    let loaded = try load(bytes)
    #expect(loaded.cells(0) == ["\"O’Neil\""] && loaded.cells(1) == ["5"])
    #expect(
      loaded.report.notes.first
        == Answer.Note(
          .warning, "it is not UTF-8 and was read as Windows-1252: look at names with accents"))
    #expect(try load(bytes) { $0.encoding = .windows1252 }.notes.first == "read as Windows-1252")
    let refused = "'test.csv' is not UTF-8 text: line 2 holds a byte that does not belong there"
    #expect(refusal(bytes) { $0.encoding = .utf8 } == refused)
    // In a header too, and in a file whose blocks are small.
    let header = Array("Zo".utf8) + [0xEB] + Array(",b\n1,2\n3,4\n".utf8)
    #expect(try load(header, blockBytes: 1).table.columns[0].description.name == "Zoë")
    // Bytes that stand for no character, control characters, and what looks like UTF-8.
    for wrong in [[0x81, 0x41], [0xE9, 0x01], [0xC3, 0xA9, 0x0A, 0xE9, 0x0A]] as [[UInt8]] {
      let text = Array("a,b\n1,".utf8) + wrong + Array("\n".utf8)
      #expect(refusal(text).contains("is not UTF-8 text"))
    }
    let undefined = Array("a,b\n1,x\n2,".utf8) + [0x9D]
    #expect(
      refusal(undefined) { $0.encoding = .windows1252 }
        == "'test.csv' is not Windows-1252 text: line 3 holds a byte that does not belong there")
  }

  @Test func gzip() throws {
    let text = Array(("a,b\n" + (0..<5000).map { "\($0),x\($0 % 7)\n" }.joined()).utf8)
    let bytes = packed(text, .gzip)
    let loaded = try load(bytes, name: "x.csv.gz")
    #expect(loaded.table.rowCount == 5000 && loaded.notes == ["unpacked from gzip"])
    let half = text.count / 2
    let parts = packed(Array(text[..<half]), .gzip) + packed(Array(text[half...]), .gzip)
    #expect(try load(parts + [0, 0, 0]).everything == loaded.everything)
    #expect(refusal(bytes.dropLast(20)).hasSuffix("it ends before what is packed in it does"))
    #expect(refusal(bytes + [7, 7]).hasSuffix("other bytes follow what is packed in it"))
    var wrong = bytes
    wrong[wrong.count - 8] ^= 1
    #expect(refusal(wrong).contains("does not fit its checksum"))
    #expect(refusal(packed(bytes, .gzip)) == "'test.csv' holds no text")
  }

  @Test func bombsAreRefused() throws {
    let zeros = packed([UInt8](repeating: 65, count: 1 << 20), .gzip)
    var made = 0
    let inflater = try Inflater(
      .gzip, name: "x", limit: InflationLimit(bytes: 1 << 30, ratio: 200, ratioBytes: 1 << 18))
    #expect(throws: LoadError.self) { _ = try inflater.unpack(zeros) { made += $0.count } }
    #expect(made <= 1 << 19)
    let limited = try Inflater(
      .gzip, name: "x", limit: InflationLimit(bytes: 1 << 18, ratio: 5000, ratioBytes: 0))
    let error = #expect(throws: LoadError.self) { _ = try limited.unpack(zeros) { _ in } }
    #expect(error?.message == "'x' is too large: it unpacks to more than 0 MiB")
  }
}
