import Testing

@testable import widen

struct ProgressTests {
  @Test func drawsNothingForWhatIsReadAtOnce() {
    var drawn = ""
    let line = ProgressLine { drawn += $0 }
    line.tell("a.csv", 0.1)
    line.tell("a.csv", 0.9)
    line.tell("a.csv", 1)
    #expect(drawn.isEmpty)
  }

  @Test func isTakenAwayAtTheEnd() async throws {
    var drawn: [String] = []
    let line = ProgressLine { drawn.append($0) }
    line.tell("a.csv", 0)
    try await Task.sleep(for: .milliseconds(520))
    line.tell("a.csv", 0.256)
    line.tell("a.csv", 0.3)
    line.tell("", 1)
    line.tell("", 1)
    #expect(drawn == ["\rreading a.csv: 25%", "\r\(String(repeating: " ", count: 18))\r"])
  }
}
