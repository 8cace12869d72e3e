import Testing

/// How golden files and documents are read and written.
@Suite struct TranscriptTests {
  @Test func readsQueriesOfSeveralLinesAndTheirAnswers() throws {
    let lines = ["› from staff", "  count", "", "     n", "20,000", "", "› back", "done"]
    let transcript = try #require(Transcript(lines, prompt: "› "))
    #expect(transcript.entries.map(\.query) == ["from staff\ncount", "back"])
    #expect(transcript.entries.map(\.answer) == ["     n\n20,000", "done"])
    #expect(transcript.lines(prompt: "› ") == lines)
  }

  @Test func keepsEmptyLinesInsideAnAnswer() throws {
    let transcript = try #require(Transcript(["› a", "", "one", "", "two", ""], prompt: "› "))
    #expect(transcript.entries == [.init(query: "a", answer: "one\n\ntwo")])
  }

  @Test(arguments: [[], [""], ["answer"], ["", "answer", "› a"]])
  func needsAPromptFirst(lines: [String]) {
    #expect(Transcript(lines, prompt: "› ") == nil)
  }

  @Test func splitsAFileIntoSessions() throws {
    let text = "# one\n\n› a\nfirst\n\n---\n› b\n  c\nsecond\n\n› d\n"
    let file = try #require(GoldenFile(text))
    #expect(file.sections.map(\.comments) == [["# one"], []])
    #expect(file.sections.map(\.transcript.entries.count) == [1, 2])
    #expect(file.text == text)
  }

  @Test func findsTheBlocksOfADocument() throws {
    let text = """
      Words.

      ```widen
      widen› from staff
             count
      old
      ```

      ```text
      widen› not run
      ```

      ```widen
      from staff | count
      ```

      ```sh
      scripts/run
      ```
      """
    let document = GoldenDocument(text)
    #expect(document.blocks.count == 3)
    guard case .transcript(var transcript) = document.blocks[0].block else {
      Issue.record("the first block is no transcript")
      return
    }
    #expect(transcript.entries == [.init(query: "from staff\ncount", answer: "old")])
    #expect(document.blocks[1].block == .script("from staff | count"))
    #expect(document.blocks[2].block == .shell(["scripts/run"]))
    #expect(document.text(with: [transcript]) == text)
    transcript.entries[0].answer = "new\nlines"
    let changed = document.text(with: [transcript])
    #expect(changed == text.split(separator: "old").joined(separator: "new\nlines"))
  }

  @Test func runsEntriesInAFolderOfItsOwn() throws {
    let entries = try #require(
      Transcript(["› export last to \"x.csv\"", "old", "› load \"x.csv\" as a"], prompt: "› "))
    var heard: [String] = []
    let answered = transcript(entries, folder: "/there") { query in
      heard.append(query)
      return GoldenReply(text: "\nwrote /there/x.csv\n")
    }
    #expect(heard == ["export last to \"/there/x.csv\"", "load \"/there/x.csv\" as a"])
    #expect(answered.entries.map(\.answer) == ["wrote x.csv", "wrote x.csv"])
    #expect(answered.entries.map(\.query) == entries.entries.map(\.query))
  }
}
