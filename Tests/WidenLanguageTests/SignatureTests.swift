import Testing

@testable import WidenLanguage

@Suite struct SignatureTests {
  @Test func everyWordHasItsRecord() {
    #expect(stepRecords.map(\.word).sorted() == StepWord.all.sorted())
    #expect(statementRecords.map(\.word) == StatementWord.all)
    #expect(aggregateRecords.map(\.word).sorted() == AggregateWord.all.sorted())
    for record in stepRecords {
      #expect(!record.summary.isEmpty && record.example.contains("from"))
    }
  }

  @Test func signaturesAreShownInTheWordsOfHelp() {
    #expect(StepWord.count.record.signature == "[distinct COLUMN] [as NAME] [by COLUMN, …]")
    #expect(
      StepWord.snapshot.record.signature == "(at VALUE | each month|quarter|year|fy|ay in RANGE)")
    #expect(StepWord.describe.record.signature == "")
    #expect(StepWord.count.record.isAvailable && StepWord.protect.record.isAvailable)
  }

  @Test func signaturesAreCompiled() {
    #expect(
      compile(signature: "a [b <c:path>] [d] ( e | <f:x|y> )") == [
        .word("a"), .options([[.word("b"), .field("c", .path)], [.word("d")]]),
        .either([[.word("e")], [.choice("f", ["x", "y"])]]),
      ])
    #expect(flagName([.word("without"), .word("totals")]) == "without_totals")
  }

  /// LL(1): optional parts side by side, and what follows them, start with different words.
  @Test func everyDecisionNeedsOneWord() {
    for word in StepWord.allCases { checkDecisions(word.items, word.rawValue, after: ["|"]) }
    for word in StatementWord.allCases { checkDecisions(word.items, word.rawValue, after: [";"]) }
  }

  private func checkDecisions(_ items: [SignatureItem], _ place: String, after: Set<String>) {
    for (index, item) in items.enumerated() {
      let rest = index + 1 < items.count ? starts(items[index + 1]) : after
      switch item {
      case .word, .field, .choice: continue
      case .either(let alternatives):
        checkDistinct(alternatives.map { $0.first.map(starts) ?? [] }, place)
        for alternative in alternatives { checkDecisions(alternative, place, after: rest) }
      case .options(let groups):
        checkDistinct(groups.map { $0.first.map(starts) ?? [] } + [rest], place)
        for group in groups { checkDecisions(group, place, after: rest) }
      }
    }
  }

  private func checkDistinct(_ sets: [Set<String>], _ place: String) {
    let union = sets.reduce(into: Set()) { $0.formUnion($1) }
    #expect(sets.reduce(0) { $0 + $1.count } == union.count, "\(place): \(sets)")
  }

  private func starts(_ item: SignatureItem) -> Set<String> {
    switch item {
    case .word(let word): [word]
    case .field: ["<operand>"]
    case .choice(_, let words): Set(words)
    case .options(let groups), .either(let groups):
      groups.reduce(into: Set()) { found, group in found.formUnion(group.first.map(starts) ?? []) }
    }
  }

  /// An open range ends before every word that can start a clause after an operand.
  @Test func openRangesStopBeforeClauses() {
    let notAfterOperands: Set<String> = [
      "distinct", "for", "overwrite", "because", "list", "sheet", "skip", "personal", "of",
    ]
    let records = StepWord.allCases.map(\.items) + StatementWord.allCases.map(\.items)
    for word in records.flatMap(clauseWords) where !notAfterOperands.contains(word) {
      #expect(followingWords.contains(word), "\(word)")
    }
  }

  private func clauseWords(_ items: [SignatureItem]) -> [String] {
    items.flatMap { item -> [String] in
      guard case .options(let groups) = item else { return [] }
      return groups.flatMap { group -> [String] in
        guard case .word(let word)? = group.first else { return clauseWords(group) }
        return [word] + clauseWords(group)
      }
    }
  }
}

@Suite struct HighlightTests {
  @Test func wordsAreWhatTheyMean() {
    let text = "from staff | count by share, left(x, 2) # all\n| share of n"
    let found = highlight(text).map { highlight in
      let range = highlight.range
      let word = String(decoding: Array(text.utf8)[range.start..<range.end], as: UTF8.self)
      return "\(word):\(highlight.kind.rawValue)"
    }
    #expect(
      found == [
        "from:step", "staff:table", "|:sign", "count:step", "by:keyword", "share:name", ",:sign",
        "left:function", "(:sign", "x:name", ",:sign", "2:number", "):sign", "# all:comment",
        "|:sign", "share:step", "of:keyword", "n:name",
      ])
  }

  @Test func mistakesAreMarked() {
    #expect(highlight("from a | where x = 8a").last?.kind == .error)
    #expect(highlight("from a @").last?.kind == .error)
    #expect(highlight("from a | zzz by \"x\"").last?.kind == .text)
  }
}
