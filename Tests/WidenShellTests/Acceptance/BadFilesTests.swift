import Foundation
import Testing

/// Every hostile file goes through the program itself: it ends by itself and in time, with a
/// status of its own, and sends nothing to a terminal that could act on it.
@Suite(.enabled(if: CheckData.folder != nil && Executable.path != nil))
struct BadFilesTests {
  private static let folder = (CheckData.folder ?? "") + "/checks/badinput"
  private static let files =
    (try? FileManager.default.contentsOfDirectory(atPath: folder))?.sorted() ?? []

  @Test func thereAreFiles() {
    #expect(Self.files.count > 85)
  }

  @Test(arguments: files) func endsInTimeWithoutActingOnTheTerminal(_ file: String) throws {
    let clock = ContinuousClock()
    let start = clock.now
    let result = try #require(
      Executable.run(
        "widen --empty -c 'load \"\(Self.folder)/\(file)\" as t; from t | take 3; show load t'"))
    #expect(result.status == 0 || result.status == 1)
    // Twice the two seconds that the release build has, which is ten times as fast.
    #expect(clock.now - start < .seconds(20))
    for text in [result.output, result.messages] {
      let unsafe = text.unicodeScalars.filter {
        $0 != "\n"
          && ($0.properties.generalCategory == .control || (0x202A...0x202E).contains($0.value))
      }
      #expect(unsafe.isEmpty, "\(unsafe.map(\.value))")
    }
  }
}
