import Testing
import WidenLanguage

/// Which words of a script may name a column of a file.
@Suite struct NamedColumnsTests {
  @Test(arguments: [
    ("from staff | count by band", "band"),
    ("from staff | where Sex = \"Female\" | count distinct `Staff Id`", "sex, staff id"),
    ("from s | select band, sex | describe", "band, sex"),
    ("from s | where a > 1 | distinct b | export to \"b.csv\"", "a, b"),
    ("let x = from s | count by a\n\nfrom x | sort n\n\nexport x to \"x.csv\"", "a"),
    ("from s | count by a | keep as b\n\nfrom c | count by d | join b on a | take 3", "a, d"),
    ("from s | crosstab a by b\n\nfrom last | take 1\n\nfrom previous | take 1", "a, b"),
    ("param org as text from s.place\n\nfrom s | where place = $org | count", "place"),
    (
      "load \"a.csv\" as s personal by id\n\nfrom s | likelihood of hired for b \"x\" against \"y\"",
      "id, hired, b"
    ),
    ("from s | funnel a among c by d", "a, c, d"),
    ("define whole(x) as x + extra\n\nfrom s | summarise sum whole(fte) as t", "extra, fte"),
  ])
  func namesWhatIsUsed(text: String, names: String) throws {
    let found = try #require(namedColumns(in: [text], definitions: Definitions()))
    for name in names.split(separator: ", ") { #expect(found.contains(String(name))) }
    #expect(!found.contains("salary"))
  }

  @Test(arguments: [
    "from s", "from s | where a = 1", "from s | sort a | take 3", "from s | describe",
    "from s | keep as t | count by a", "from s | export to \"a.csv\" | count", "from s | distinct",
    "from s | chart bar", "from s | count by a\n\nshow tables", "explain from s | count", "back",
    "run \"x\"", "why 1, \"n\"", "save \"x.widen\"", "export s to \"s.csv\"",
    "let x = from s | take 1",
    "compare last to previous", "report \"x\"", "from last | take 1", "from s | count by",
    "from s | count by a | join t on a",
    "from s | count by a | keep as t\n\nload \"t.csv\"\n\nfrom t",
    "from s | count by a | share within a | compare to b on a through c weighted by d",
    "from previous | take 1\n\nfrom s | count", "from s | count\n\nfrom previous",
  ])
  func takesAllColumnsWhenRowsMayBeShown(text: String) {
    #expect(namedColumns(in: [text], definitions: Definitions()) == nil)
  }

  @Test func followsDefinitionsAsFarAsTheyGo() throws {
    var definitions = Definitions()
    for placed in parse(
      """
      define staff.group as if code(ethnicity) = "A" then "White" else other_group
      define code(x) as left(x, digits)
      define measure cost as sum (salary * on_costs)
      define unused as never
      """
    ).program.statements {
      if case .define(let definition) = placed.statement { definitions.add(definition) }
    }
    let found = try #require(
      namedColumns(
        in: ["from staff | summarise Cost by Group"], definitions: definitions))
    #expect(found.isSuperset(of: ["ethnicity", "other_group", "digits", "salary", "on_costs"]))
    #expect(!found.contains("never"))
  }

  @Test func knowsResultsOfEarlierTexts() {
    let texts = ["from s | count by a", "from last | take 1"]
    #expect(namedColumns(in: texts, definitions: Definitions()) != nil)
    #expect(namedColumns(in: texts.reversed(), definitions: Definitions()) == nil)
  }
}
