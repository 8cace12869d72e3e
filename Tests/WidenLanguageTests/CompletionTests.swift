import Testing
import WidenLanguage

@Suite struct CompletionTests {
  /// What may follow this text, checked to parse.
  private func check(
    _ text: String, offers words: [String] = [], not others: [String] = [],
    names: [DueName] = [], sourceLocation: SourceLocation = #_sourceLocation
  ) -> CompletionContext {
    let context = keywordCompletions(text)
    let offered = context.keywords + context.signs
    for word in words {
      #expect(offered.contains(word), "\(offered)", sourceLocation: sourceLocation)
    }
    for word in others {
      #expect(!offered.contains(word), "\(offered)", sourceLocation: sourceLocation)
    }
    for name in names {
      #expect(context.names.contains(name), "\(context.names)", sourceLocation: sourceLocation)
    }
    let base = String(decoding: Array(text.utf8)[..<context.replaced.start], as: UTF8.self)
    let known = parse(base).diagnostics.filter { !$0.isIncomplete }.count
    for word in offered {
      let result = parse(base + word + " ").diagnostics.filter { !$0.isIncomplete }
      #expect(result.count <= known, "\(base + word)", sourceLocation: sourceLocation)
    }
    return context
  }

  @Test func statementsStartTheText() {
    _ = check("", offers: ["from", "let", "show", "help", "quit"], not: ["where", "report"])
    _ = check("fr", offers: ["from"], not: ["let"])
    _ = check("from a\n\n", offers: ["from", "let"], not: ["where", "count", "by"])
    _ = check("from a; ", offers: ["from"], not: ["where"])
  }

  @Test func stepsFollowTheSeparator() {
    let context = check(
      "from staff | ", offers: ["where", "count", "protect"], not: ["from"])
    #expect(context.query?.table.text == "staff")
    _ = check("from staff | co", offers: ["count", "control"], not: ["where"])
    _ = check("from staff\n", offers: ["where", "from", "|"], not: ["by"])
    _ = check("from staff\ncount\n", offers: ["by", "as", "share", "from"], not: ["of"])
    _ = check("from staff | count ", offers: ["by", "as", "distinct", "|"], not: ["share"])
    _ = check("from staff | count by band ", offers: ["as", "|", ","], not: ["by", "share"])
  }

  @Test func theStepsBeforeAreKnown() {
    let query = check("from staff | where fte = 1 | count by band | share ").query
    #expect(query?.steps.map(\.step.keyword) == ["where", "count"])
    #expect(keywordCompletions("from staff | count by ").query?.steps.isEmpty == true)
    #expect(keywordCompletions("let x = from staff | count | ").query?.steps.count == 1)
    #expect(keywordCompletions("from staff | count\n\n").query == nil)
  }

  @Test func namesAreDue() {
    _ = check("from ", names: [.table])
    _ = check("from st", names: [.table])
    _ = check(
      "from staff | where ", offers: ["not", "any", "if"], names: [.column(after: []), .function])
    _ = check("from staff | where staff.", names: [.column(after: ["staff"])])
    _ = check("from staff | where any ", names: [.table])
    _ = check("from staff | where any ca", names: [.table])
    _ = check("from staff | count as ", names: [.newName])
    _ = check("from staff | summarise ", offers: ["mean", "count"], names: [.aggregate])
    _ = check("from staff | summarise sum ", names: [.column(after: [])])
    _ = check("from staff | take $", names: [.parameter])
    _ = check("from staff | where org = $or", names: [.parameter])
    _ = check("from staff | join ", names: [.table])
    _ = check("from staff | sort n ", offers: ["desc", "asc"])
    _ = check("set ", names: [.setting])
    _ = check("set width ", names: [.settingValue(of: "width")])
    _ = check("load ", names: [.file])
    _ = check("load \"da", names: [.file])
    _ = check("show values of ", names: [.column(after: [])])
    _ = check("show ", offers: ["tables", "columns", "values"])
    _ = check("show columns ", offers: ["of"])
    _ = check("from staff | distinct ", names: [.column(after: [])])
  }

  @Test(arguments: [
    "from staff | where band = ", "from staff | where band = \"", "from staff | where band = \"8",
    "from staff | where band in (\"2\", ", "from staff | where band in \"2\"..",
    "from staff | where x = 1 and band != '", "from staff | where band = 8",
    "from staff | where band in ", "from staff | where band contains \"a",
  ])
  func valuesAreDue(_ text: String) {
    _ = check(text, names: [.value(of: Path([Name("band")]))])
  }

  @Test func valuesOfOtherSteps() {
    _ = check(
      "from staff | likelihood of x for band \"2\" against ",
      names: [.value(of: Path([Name("band")]))])
    _ = check("from staff | share excluding ", names: [.groupValue])
    _ = check("from staff | recode band (", names: [.value(of: Path([Name("band")]))])
  }

  @Test func theUnfinishedWordIsReplaced() {
    let quoted = keywordCompletions("from staff | where name = \"Whi")
    #expect(quoted.typed == "Whi" && quoted.opening == "\"" && quoted.keywords.isEmpty)
    #expect(quoted.replaced == SourceRange(26, 30))
    let ticked = keywordCompletions("from staff | where `Staff Gr")
    #expect(ticked.typed == "Staff Gr" && ticked.opening == "`")
    #expect(ticked.names.contains(.column(after: [])) && !ticked.names.contains(.parameter))
    #expect(keywordCompletions("from staff | # any").keywords.isEmpty)
    #expect(keywordCompletions("from staff ").replaced == SourceRange(11, 11))
  }

  @Test func aWordIsAStepOnlyWhereOneStarts() {
    #expect(keywordCompletions("from staff | ").mayStartStep)
    #expect(!keywordCompletions("from staff | summarise ").mayStartStep)
    #expect(!keywordCompletions("from staff | count ").mayStartStep)
    #expect(keywordCompletions("from staff\n").mayStartStep)
    #expect(keywordCompletions("").mayStartStatement)
    #expect(!keywordCompletions("from staff | ").mayStartStatement)
  }

  /// Random programs, cut anywhere: in words, texts, brackets and between lines.
  @Test func nothingOfferedInARandomProgramFailsToParse() {
    for seed in 0..<120 {
      var maker = RandomPrograms(seed: seed)
      let text = print(maker.program(), width: maker.pick([0, 100, Int.max])).unicodeScalars
      for _ in 0..<3 {
        let length = Int.random(in: 0...min(text.count, 400), using: &maker.random)
        _ = check(String(text.prefix(length)))
      }
    }
  }

  @Test func nothingThatIsOfferedFailsToParse() throws {
    let texts = try questions() + goodPrograms.filter { $0.utf8.count < 120 }
    for text in texts {
      for length in stride(from: 0, to: min(text.count, 160), by: 7) {
        _ = check(String(text.prefix(length)))
      }
    }
  }
}
