import Glibc
import Testing

@testable import WidenShell

struct HistoryTests {
  /// A folder that lives as long as a test.
  private final class Folder {
    let path: String

    init() {
      var template = Array("\(HistoryTests.temporary)/widen-history-XXXXXX".utf8CString)
      path = template.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress, mkdtemp(base) != nil else { return "" }
        return String(cString: base)
      }
    }

    var file: String { path + "/state/widen/history-x" }

    deinit {
      for file in ["/state/widen/history-x", "/state/widen/history-x.damaged"] {
        unlink(path + file)
      }
      for folder in ["/state/widen", "/state", ""] { rmdir(path + folder) }
    }
  }

  private static var temporary: String {
    getenv("TMPDIR").map { String(cString: $0) } ?? "/var/tmp"
  }

  private func bytes(_ path: String) -> [UInt8] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while case let byte = fgetc(file), byte >= 0 { bytes.append(UInt8(byte)) }
    return bytes
  }

  private func write(_ bytes: [UInt8], to path: String) {
    guard let file = fopen(path, "w") else { return }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }

  private func mode(_ path: String) -> mode_t {
    var status = stat()
    stat(path, &status)
    return status.st_mode & 0o777
  }

  @Test func keepsWholeEntriesWithTheirTimes() {
    let folder = Folder()
    let history = History(path: folder.file)
    history.add("from staff\n  | count", at: 100)
    history.add("#1 is a comment\n\\back\n#2", at: 200)
    #expect(History(path: folder.file).entries == history.entries)
    #expect(
      history.entries == [
        .init(text: "from staff\n  | count", time: 100),
        .init(text: "#1 is a comment\n\\back\n#2", time: 200),
      ])
    #expect(history.problem == nil)
  }

  @Test func isReadableByItsOwnerOnly() {
    let folder = Folder()
    History(path: folder.file).add("a", at: 1)
    #expect(mode(folder.file) == 0o600)
    #expect(mode(folder.path + "/state/widen") == 0o700)
    chmod(folder.file, 0o644)
    _ = History(path: folder.file)
    #expect(mode(folder.file) == 0o600)
  }

  @Test func keepsEachTextOnce() {
    let folder = Folder()
    let history = History(path: folder.file)
    for (time, text) in ["a", "b", "a", " secret", "", "  ", "b "].enumerated() {
      history.add(text, at: time)
    }
    let expected = [History.Entry(text: "a", time: 2), History.Entry(text: "b", time: 6)]
    #expect(history.entries == expected)
    #expect(History(path: folder.file).entries == expected)
    #expect(!String(decoding: bytes(folder.file), as: UTF8.self).contains("secret"))
  }

  @Test func keepsNoDataThatWasPasted() {
    let folder = Folder()
    let history = History(path: folder.file)
    history.add(String(repeating: "x", count: 70_000), at: 1)
    history.add("from staff", at: 2)
    #expect(history.entries.count == 2)
    #expect(History(path: folder.file).entries.map(\.text) == ["from staff"])
    #expect(bytes(folder.file).count < 100)
  }

  @Test func readsADamagedFileSafely() {
    let folder = Folder()
    History(path: folder.file).add("whole", at: 1)
    write(
      Array("#5\nfrom \u{1B}[31mstaff\u{9B}2J\u{202E}\0\n#x\n#6\n\n#7\nlast".utf8) + [0xFF, 0xC3],
      to: folder.file)
    #expect(
      History(path: folder.file).entries == [
        .init(text: "from [31mstaff2J\n#x", time: 5), .init(text: "last\u{FFFD}\u{FFFD}", time: 7),
      ])
  }

  @Test func readsAFileWithoutTimes() {
    let entries = HistoryText.decoded("a\nb\na\n".utf8)
    #expect(entries.map(\.text) == ["a", "b", "a"])
  }

  @Test func staysShort() {
    let folder = Folder()
    History(path: folder.file).add("first", at: 1)
    let many = (0..<12_000).flatMap {
      HistoryText.encoded(History.Entry(text: "query \($0)", time: $0))
    }
    write(many, to: folder.file)
    let history = History(path: folder.file)
    #expect(history.entries.count == 10_000)
    #expect(history.entries.first?.text == "query 2000")
    #expect(HistoryText.decoded(bytes(folder.file)).count == 10_000)
    #expect(mode(folder.file) == 0o600)
    history.add("new", at: 1)
    #expect(history.entries.count == 10_000)
    #expect(history.entries.last?.text == "new")
  }

  @Test func saysWhenItCannotBeKept() {
    let history = History(path: "/dev/null/history")
    history.add("a", at: 1)
    #expect(history.entries.map(\.text) == ["a"])
    #expect(history.problem?.hasPrefix("the history cannot be") == true)
    #expect(
      History(path: "/dev/full").problem
        == "the history is not kept: '/dev/full' is no regular file")
  }

  @Test func knowsItsPlace() {
    func path(_ dataset: String, _ environment: [String: String]) -> String? {
      History.path(dataset: dataset) { environment[$0] }
    }
    let home = ["HOME": "/users/u"]
    #expect(path("sample", home) == "/users/u/.local/state/widen/history-sample")
    #expect(
      path("../a b/é", ["XDG_STATE_HOME": "/s", "HOME": "/users/u"])
        == "/s/widen/history-.._a_b__")
    #expect(
      path("x", ["XDG_STATE_HOME": "relative", "HOME": "/h"])
        == "/h/.local/state/widen/history-x")
    #expect(path("x", [:]) == nil)
  }
}
