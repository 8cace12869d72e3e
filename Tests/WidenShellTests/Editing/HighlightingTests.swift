import Testing
import WidenEngine

@testable import WidenShell

/// What is marked while a text is typed, over the sample.
struct HighlightingTests {
  private let session: Session

  init() throws { session = try Session(options: .init(source: .sample(posts: 500))) }

  /// The marked parts of a text whose cursor stands at `¦`, as `problem:cuont`.
  private func check(
    _ text: String, _ expected: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let parts = text.split(separator: "¦", omittingEmptySubsequences: false)
    let plain = parts.joined()
    let cursor = parts[0].utf8.count
    let spans = session.highlight(plain, cursor: cursor)
    let bytes = Array(plain.utf8)
    var end = 0
    for span in spans {
      #expect(span.bytes.lowerBound >= end && span.bytes.upperBound <= bytes.count)
      end = span.bytes.upperBound
    }
    let marked = spans.filter { [.problem, .doubt, .bracket].contains($0.kind) }
      .map { "\($0.kind):\(String(decoding: bytes[$0.bytes], as: UTF8.self))" }
    #expect(marked == expected, sourceLocation: sourceLocation)
  }

  @Test func aWordThatMayStillBecomeRightIsNotWrong() throws {
    try check("from staff | cou¦")
    try check("from staff | cou ¦", "problem:cou")
    try check("from staff | cuo¦", "problem:cuo")
    try check("from sta¦")
    try check("from sta ¦", "problem:sta")
    try check("from stff¦", "problem:stff")
    try check("from staff | where ban¦")
    try check("from staff | where fte ¦")
    try check("from staff | where fte | ¦", "problem:fte")
    try check("from staff | where band = 8¦")
    try check("from staff | where band = 8 ¦", "problem:8")
    try check("from staff | where band = \"8x¦")
    try check("from staff¦ | cuont ", "problem:cuont")
  }

  @Test func namesAndValuesThatAreNotThereAreMarked() throws {
    try check("from staff | where bnad = \"2\" ¦", "problem:bnad")
    try check("from staff | where band = \"8x\"¦", "doubt:\"8x\"")
    try check("from staff | count by band | where fte = 1 | ¦", "problem:fte")
    try check("from staff | where band == \"2\"¦", "problem:==")
    try check("from staff\n  | where bnad = 1\n  | ¦", "problem:bnad")
  }

  @Test func laterStatementsMayUseWhatEarlierOnesMake() throws {
    try check("let x = from staff | count by band\nfrom x | where n > 5 ¦")
    try check("define staff.odd as age > 5\nfrom staff | where odd ¦")
  }

  @Test func bracketsAtTheCursorAreMarked() throws {
    try check("from staff | where (role contains \")\" )¦", "bracket:(", "bracket:)")
    try check("from staff | where ¦(band = \"2\")", "bracket:(", "bracket:)")
    try check("from staff | where (band = ¦\"2\")")
    try check("from staff | where (band = \"2\"¦")
  }
}

/// The live hint.
struct HintTests {
  private func hint(_ text: String, _ settings: String = "") throws -> String? {
    let session = try Session(options: .init(source: .sample(posts: 500)))
    let sinks = Sinks(output: { _ in }, messages: { _ in })
    if !settings.isEmpty { _ = session.run(settings, mode: .terminal, to: sinks) }
    guard let part = session.countedPart(of: text) else { return nil }
    // What took too long once, while other tests ran, need not the next time.
    for _ in 0..<50 {
      if let found = session.hint(part, isAbandoned: { false }) { return found }
    }
    return nil
  }

  @Test func countsTheWholeSteps() throws {
    let staff = try #require(try hint("from staff"))
    #expect(staff.hasPrefix("staff "))
    let kept = try #require(try hint("from staff | where band = \"5\" | cou"))
    #expect(kept.hasPrefix(staff + " → where "))
    #expect(try hint("from staff | where band = \"5\" | count by ") == kept)
    #expect(
      try hint("from staff | where band = \"5\" | count by sex | share")?
        .hasPrefix(kept + " → count ") == true)
  }

  @Test func keepsOutOfTheWay() throws {
    #expect(try hint("") == nil)
    #expect(try hint("show tables") == nil)
    #expect(try hint("from nothing | count") == nil)
    #expect(try hint("from staff | where nothing = 1") == hint("from staff"))
    #expect(try hint("from staff", "set hint off") == nil)
  }

  @Test func doesNothingBesides() throws {
    let session = try Session(options: .init(source: .sample(posts: 500)))
    let part = try #require(
      session.countedPart(of: "from staff | keep as kept | export to \"never.csv\" | chart"))
    #expect(part == "from staff")
    _ = session.hint(part, isAbandoned: { false })
    #expect(session.state.dataset.table(named: "kept") == nil)
    #expect(session.hint(part, isAbandoned: { true }) == nil)
  }
}

/// `?` at the end of a line.
struct FollowingTests {
  private func page(_ text: String) throws -> String? {
    try Session(options: .init(source: .sample(posts: 500)))
      .following(text, at: text.utf8.count)
  }

  @Test func showsSignaturesAndSummaries() throws {
    let steps = try #require(try page("from staff | "))
    #expect(steps.contains("  count [distinct COLUMN]"))
    #expect(steps.contains("keep the rows for which a condition holds\n"))
    let values = try #require(try page("from staff | where band = "))
    #expect(values.contains("values\n  \"1\"  "))
    #expect(values.contains("left(text, count)"))
    #expect(try page("from staff | summarise me")?.contains("median VALUE") == true)
    #expect(try page("from staff | count as ")?.hasSuffix("a name of your own\n") == true)
    #expect(try page("from staff | cuo") == "'cuo' is not a step\n")
    #expect(try page("from staff | take ")?.contains("take NUMBER") == true)
  }

  @Test func isASignInsideTextsAndComments() throws {
    #expect(try page("from staff | where role = \"why") == nil)
    #expect(try page("from staff # why") == nil)
  }
}
