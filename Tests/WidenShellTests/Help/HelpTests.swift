import Testing
import WidenLanguage

@testable import WidenShell

/// Help fits the screen, leads somewhere from every word, and its examples run.
struct HelpTests {
  @Test func helpFitsOneScreen() throws {
    let lines = try help([]).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 23)
    for line in lines { #expect(cellWidth(String(line)) <= 80, "\(line)") }
  }

  @Test func theExamplesOfATopicRun() throws {
    let folder = try Repository.temporaryFolder()
    defer { Repository.remove(folder) }
    #expect(HelpTopic.all.count > 12)
    for topic in HelpTopic.all {
      // A page's examples may go on from one another.
      let session = try openGoldenShell()
      for example in topic.examples {
        var messages = ""
        var output = ""
        let sinks = Sinks(output: { output += $0 }, messages: { messages += $0 })
        let outcome = session.run(placed(example, in: folder), mode: .terminal, to: sinks)
        #expect(outcome.status == .done, "\(topic.name): \(example)\n\(messages)")
        #expect(!output.contains("no rows"), "\(topic.name): \(example) gives no rows")
      }
      for line in topic.page.split(separator: "\n") {
        #expect(cellWidth(String(line)) <= 100, "\(topic.name): \(line)")
      }
    }
  }

  @Test func everyNameOfATopicLeadsToIt() throws {
    var names: Set<String> = []
    for topic in HelpTopic.all {
      for name in [topic.name] + topic.otherNames {
        #expect(names.insert(name).inserted, "\(name) names two topics")
        #expect(try help([name]).contains(topic.name), "help \(name)")
      }
    }
    for words in [
      ["group", "by"], ["with", "interval"], ["average"], ["among"], ["unmatched"], ["="],
    ] {
      #expect(try help(words).count > 40, "help \(words)")
    }
  }

  @Test func theExamplesAreAScript() throws {
    let session = try openGoldenShell()
    var output = ""
    _ = session.run(
      "show examples", mode: .terminal, to: Sinks(output: { output += $0 }, messages: { _ in }))
    let parsed = parse(output)
    #expect(parsed.diagnostics.isEmpty)
    #expect(parsed.program.statements.count == stepRecords.filter(\.isAvailable).count)
  }
}

/// The tour: five questions, each put into the prompt after the one before.
struct TourTests {
  private func run(_ text: String, in session: any Shell) -> (shown: String, outcome: Outcome) {
    var shown = ""
    let sinks = Sinks(output: { shown += $0 }, messages: { shown += $0 })
    let outcome = session.run(text, mode: .terminal, to: sinks)
    return (shown, outcome)
  }

  @Test func goesThroughAllQuestions() throws {
    let session = try openGoldenShell()
    var step = run("help tour", in: session)
    for number in 1...5 {
      #expect(step.shown.contains("\(number) of 5 · "))
      let query = try #require(step.outcome.proposal)
      step = run(query, in: session)
      #expect(step.outcome.status == .done, "\(step.shown)")
      #expect(step.shown.contains("→"), "question \(number) has an answer with its rows")
    }
    #expect(step.shown.contains("That was the tour"))
    #expect(step.outcome.proposal == nil)
    #expect(run("help tour", in: session).shown.contains("1 of 5"), "it can be taken again")
  }

  @Test func waitsWhileSomethingElseIsAsked() throws {
    let session = try openGoldenShell()
    let first = run("help tour", in: session)
    let other = run("from staff | count", in: session)
    #expect(other.outcome.proposal == nil && !other.shown.contains("of 5"))
    #expect(run("help tour", in: session).outcome.proposal == first.outcome.proposal)
  }

  @Test func isReadWhereNobodyTypes() throws {
    let session = try Session(options: ShellOptions(source: .sample(posts: 500)))
    let read = run("help tour", in: session)
    for question in Tour.questions { #expect(read.shown.contains(question.query)) }
    #expect(read.outcome.proposal == nil)
  }

  @Test func itsLinesFit() {
    for index in Tour.questions.indices {
      for line in Tour.introduction(index).split(separator: "\n") {
        #expect(cellWidth(String(line)) <= 90)
      }
    }
  }

  @Test func isOfferedOnce() throws {
    let session = try Session(
      options: ShellOptions(source: .sample(posts: 500), isInteractive: true))
    #expect(!session.greeting.contains("help tour"), "no history is no first run")
    session.history = History()
    #expect(session.greeting.contains("help tour"))
    _ = session.history?.add("from staff", at: 1)
    #expect(!session.greeting.contains("help tour"))
  }
}
