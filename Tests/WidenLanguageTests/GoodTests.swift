import Testing
import WidenLanguage

@Suite struct GoodTests {
  @Test(arguments: goodPrograms.indices)
  func parsesAndPrints(_ index: Int) {
    checkGood(goodPrograms[index])
  }

  @Test func examplesOfTheTablesParse() {
    let examples =
      stepRecords.map(\.example) + statementRecords.map(\.example) + aggregateRecords.map(\.example)
    for example in examples { checkGood(example) }
  }

  @Test func questionsParse() throws {
    let found = try questions()
    #expect(found.count >= 24)
    for question in found { checkGood(question) }
  }

  @Test func helpLinesAreKept() {
    let text = "## Staff by band\n##\n##   asks for nothing\nfrom staff | count by band"
    #expect(checkGood(text).help == ["Staff by band", "", "asks for nothing"])
    #expect(
      parse("\u{FEFF}## one\r\n\t## two \r\n# three\n## four").program.help == ["one", "two"])
  }

  @Test func newlinesAndBarsAreTheSame() {
    let queries = [
      "from a | where x = 1 | count by y | share within y | export to \"f\"",
      "from a | summarise count where x as n by y | drop unmatched | keep as k | top 3 by n",
      "from a | join b on c | drop unmatched | compare to d on e",
    ]
    for query in queries {
      #expect(parse(query).program == parse(query.replacing(" | ", with: "\n")).program)
    }
  }

  @Test func longQueriesTakeOneStepALine() {
    let query = "from staff | where fte = 1 | count by band"
    let program = parse(query).program
    #expect(print(program) == query)
    #expect(print(program, width: 20) == "from staff\nwhere fte = 1\ncount by band")
  }

  @Test func theTreeCarriesItsPlaces() throws {
    let text = "from staff | where band = \"8a\" and left(name, 2) = $x"
    let statement = try #require(parse(text).program.statements.first)
    guard case .query(let query) = statement.statement,
      case .where(let condition)? = query.steps.first?.step,
      case .all(let parts) = condition, case .comparison(let first) = parts[0],
      case .comparison(let second) = parts[1], case .call(let call) = second.left
    else {
      Issue.record("another tree")
      return
    }
    let covered = { (place: Place) in
      String(decoding: Array(text.utf8)[place.range.start..<place.range.end], as: UTF8.self)
    }
    #expect(covered(statement.place) == text)
    #expect(covered(query.table.place) == "staff")
    #expect(covered(query.steps[0].word) == "where")
    #expect(covered(query.steps[0].place).hasSuffix("= $x"))
    #expect(covered(first.left.place) == "band")
    #expect(covered(first.place) == "=")
    #expect(covered(first.right.place) == "\"8a\"")
    #expect(covered(call.place) == "left(name, 2)")
    #expect(covered(condition.place).hasPrefix("band = "))
  }
}

@Suite struct MeaningTests {
  @Test(arguments: [
    ("where a or b and not c = 1 + 2 * 3", "where a or (b and (not (c = (1 + (2 * 3)))))"),
    ("summarise distinct x", "summarise count distinct x"),
    ("share within a of n", "share of n within a"),
    ("summarise rate any b where c", "summarise rate (any b where c)"),
    ("where count > 5", "where `count` > 5"), ("where x in (5)", "where x in 5"),
    ("summarize mean x", "summarise mean x"), ("sort n asc", "sort n"),
    ("where x = 'a'", "where x = \"a\""), ("where y = fy2014/15", "where y = FY2014/15"),
    ("share with interval", "share with interval 95%"), ("join b on c", "JOIN b ON c"),
  ])
  func same(_ pair: (String, String)) {
    #expect(checkGood("from t | " + pair.0) == checkGood("from t | " + pair.1))
  }

  @Test(arguments: [
    ("summarise rate any b where c", "summarise rate (any b) where c"),
    ("where x = 2014-09", "where x = 2014 - 09"),
    ("summarise count by x", "summarise `count` by x"), ("where x - y - z", "where x - (y - z)"),
    ("where x = \"a\"", "where x = \"A\""), ("join b on c drop unmatched", "join b on c"),
    ("where x in 1..2", "where x in (1, 2)"), ("share", "share of n"),
  ])
  func different(_ pair: (String, String)) {
    #expect(checkGood("from t | " + pair.0) != checkGood("from t | " + pair.1))
  }
}
