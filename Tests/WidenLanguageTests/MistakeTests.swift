import Testing
import WidenLanguage

@Suite struct MistakeTests {
  @Test func thereAreManyOfThem() {
    #expect(mistakes.count >= 120)
  }

  @Test(arguments: mistakes.indices)
  func isExplained(_ index: Int) throws {
    let (text, says, repaired) = mistakes[index]
    let diagnostics = parse(text).diagnostics
    let first = try #require(diagnostics.first, "accepted: \(text.prefix(80))")
    #expect(pictures(text).contains(says), "\(pictures(text).prefix(400))")
    #expect(first.repaired(text) == repaired, "\(pictures(text).prefix(400))")
    for diagnostic in diagnostics { checkWording(diagnostic, text) }
  }

  /// The house's wording, and a range inside the text.
  private func checkWording(_ diagnostic: Diagnostic, _ text: String) {
    let start = diagnostic.message.first
    #expect(start?.isUppercase != true && diagnostic.message.last != ".", "\(diagnostic.message)")
    #expect(diagnostic.hint?.last != ".")
    #expect(!diagnostic.message.contains(" you "))
    let range = diagnostic.range
    #expect(0 <= range.start && range.start <= range.end && range.end <= text.utf8.count)
  }

  @Test(arguments: [
    "from", "from a |", "from a | where", "from a | count by", "from a | where (x = 1",
    "from a | where x in (1,", "let x =", "from a | derive 2 * x", "from a | crosstab x",
    "from a | where x and", "from a |\n", "from a | summarise rate x among", "explain",
    "from a | recode b (1 =>", "param x as", "define x as",
  ])
  func unfinished(_ text: String) {
    #expect(!isComplete(text))
    #expect(parse(text).isIncomplete)
  }

  @Test(arguments: [
    "", "from a", "from a | count", "from a | where x = \"5", "from a | cuont", "from a |\n\n",
    "from a | where (x\n\n", "from a | where x = = 5", "from a | cuont | where",
  ])
  func finished(_ text: String) {
    #expect(isComplete(text))
  }

  /// What Return says of a text that may look finished and was not run.
  private func check(
    _ text: String, needs line: String?, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(awaited(text) == line, sourceLocation: sourceLocation)
  }

  @Test func whatLooksFinishedSaysWhatItNeeds() {
    check(
      "from a | count | top 3", needs: "still needs 'by' · top NUMBER by COLUMN [within COLUMN, …]")
    check("from a | take", needs: "still needs a whole number")
    check("from a | summarise sum", needs: "still needs a column, a number or a \"text\"")
    check(
      "from a | derive 2 * x",
      needs:
        "still needs 'as' and a name for the new column · derive EXPRESSION as NAME, …")
    check("from a | snapshot", needs: "still needs at, each")
    check("from a | where (x = 1", needs: "this bracket is never closed · close it with )")
    check("from a | top 3 \n  ", needs: awaited("from a | top 3"))
    for text in ["", "from a", "from a | cuont", "from a |", "from a | where x =", "set rows ("] {
      check(text, needs: nil)
    }
  }

  @Test func theParserGoesOnAfterAProblem() throws {
    let line = "from a | cuont | wher x | share witin y | tkae 5 | sort z\n\nfrom b | count"
    #expect(parse(line).diagnostics.count == 3)

    let script = "from a\nwher x = 1\ncount by b\nshare witin b\ntake 5\n\nfrom b | cuont"
    let result = parse(script)
    let quoted = result.diagnostics.map { $0.message.split(separator: "'")[0] }
    #expect(quoted == ["wher", "witin", "cuont"])
    guard case .query(let query)? = result.program.statements.first?.statement else {
      Issue.record("the query is gone")
      return
    }
    #expect(query.steps.map(\.step.keyword) == ["count", "take"])
  }

  @Test func oneCauseIsReportedOnce() {
    for text in ["from a | take 5a", "from a | where x @ 5", "from a | where x = $ | count"] {
      #expect(parse(text).diagnostics.count == 1, "\(pictures(text))")
    }
  }

  @Test func repairsParseInTheEnd() {
    for mistake in mistakes {
      guard var text = mistake.repaired else { continue }
      // A repair may uncover one more mistake, and so on, but never goes round in circles.
      for _ in 0..<4 { text = parse(text).diagnostics.first?.repaired(text) ?? text }
      let isLater = ["from a | take \"5a\"", "from a | where b = mising"].contains(mistake.repaired)
      #expect(isLater || parse(text).diagnostics.isEmpty, "\(pictures(text))")
    }
  }
}
