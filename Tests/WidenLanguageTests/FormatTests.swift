import Testing
import WidenLanguage

/// The one layout of scripts.
struct FormatTests {
  private func check(
    _ source: String, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let formatted = format(source)
    #expect(formatted.text == expected, sourceLocation: sourceLocation)
    #expect(formatted.diagnostics.isEmpty, sourceLocation: sourceLocation)
  }

  @Test func spacingIsOneAndLongQueriesHaveAStepALine() {
    check("from   staff|count   by band", "from staff | count by band\n")
    check(
      "FROM staff | where fte<1 | Count by band|share",
      "from staff\nwhere fte < 1\ncount by band\nshare\n")
    check("let a=1;let b=2", "let a = 1\nlet b = 2\n")
    check("", "")
  }

  @Test func commentsAndParagraphsStay() {
    check(
      "## Help.\n\n\n\n# one\nlet a = 1   # of two\n# last",
      "## Help.\n\n# one\nlet a = 1  # of two\n# last\n")
    check(
      "from staff\n  where fte = 1   # full time\n  count by band\t\n",
      "from staff\n  where fte = 1   # full time\n  count by band\n")
  }

  @Test func whatDoesNotReadStaysAsItIs() {
    let source = "from staff | cuont"
    let formatted = format(source)
    #expect(formatted.text == source)
    #expect(formatted.diagnostics.map(\.message) == ["'cuont' is not a step"])
  }

  @Test func meaningStaysAndTwiceIsOnce() {
    for source in goodPrograms {
      let before = parse(source)
      let once = format(source).text
      let after = parse(once)
      #expect(after.program.help == before.program.help, "\(source)")
      #expect(
        after.program.statements.map { print($0.statement) }
          == before.program.statements.map { print($0.statement) }, "\(source)")
      #expect(format(once).text == once, "\(source)")
    }
  }
}
