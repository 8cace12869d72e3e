import Testing

@testable import widen

/// The quick way through the command line means what the argument parser means.
struct PlainArgumentsTests {
  private static let words = [
    "-c", "q", "--empty", "--no-cache", "--no-config", "--sample", "5", "0", "+7", "--format",
    "csv", "CSV", "--output", "--overwrite",
    "o.json", "o.xlsx", "--color", "never", "--colour", "a.csv", "run", "help", "--", "-h", "",
    "--sample=5", "é", "open-shell", "pipe", "--format=json", "-c=q", "-",
  ]

  @Test func agreesWithTheArgumentParser() {
    var random = SeededBytes(state: 5)
    var plain = 0
    for _ in 0..<600 {
      let arguments = (0..<Int.random(in: 0...5, using: &random)).map { _ in
        PlainArgumentsTests.words[
          Int.random(in: 0..<PlainArgumentsTests.words.count, using: &random)]
      }
      guard PlainArguments(arguments) != nil else { continue }
      plain += 1
      let quick = Result { try Invocation(arguments) }
      let parsed = Result { try Invocation(parsing: arguments) }
      #expect("\(quick)" == "\(parsed)", "\(arguments)")
    }
    #expect(plain > 50)
  }

  @Test func leavesTheRestToTheArgumentParser() {
    for line in [
      "run s", "--help", "--sample", "--sample x", "--colour never", "-c", "--empty --empty",
    ] {
      #expect(PlainArguments(line.split(separator: " ").map(String.init)) == nil, "\(line)")
    }
  }
}
