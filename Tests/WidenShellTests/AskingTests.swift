import Testing

@testable import WidenShell

/// A script's parameters that were not given are asked for at a terminal.
struct AskingTests {
  private static let script = """
    param org as text from organisations.organisation
    param at as date
    param bands as text list from staff.band default "2"
    from staff | snapshot at $at | where organisation = $org and band in $bands | count
    """

  private func run(_ answers: [String?]) throws -> (asked: [String], shown: String, Outcome) {
    let session = try Session(options: ShellOptions(source: .sample(posts: 2000)))
    var rest = answers[...]
    var asked: [String] = []
    var shown = ""
    let outcome = session.run(
      Self.script, mode: .script(name: "s.widen", parameters: []),
      to: Sinks(
        output: { shown += $0 }, messages: { shown += $0 },
        ask: { question in
          asked.append(question)
          return rest.popFirst() ?? nil
        }))
    return (asked, shown, outcome)
  }

  @Test func questionsSayWhatIsDue() throws {
    let (asked, shown, outcome) = try run(["RKE", " 2015-03-31 "])
    #expect(
      asked == [
        "org (one of 07L, 07M, 07R, 07T, 07X, 08D and 21 more): ",
        "at (a date, such as 2015-03-31): ",
      ])
    #expect(outcome.status == .done, "\(shown)")
    #expect(shown.contains("\nn: "))
  }

  @Test func quotesAreNotTakenForText() throws {
    #expect(try run(["\"RKE\"", "2015-03-31"]).2.status == .done)
  }

  @Test func aWrongAnswerIsAskedForAgain() throws {
    let (asked, shown, outcome) = try run(["RKX", "RKE", "31/03/2015", "", "2015-03-31"])
    #expect(asked.count == 5)
    #expect(outcome.status == .done, "\(shown)")
    #expect(shown.contains("the nearest value is \"RKE\""))
    #expect(shown.contains("needs a date"), "\(shown)")
  }

  @Test func thereIsAnEndToIt() throws {
    #expect(try run(["x", "y", "z", "RKE"]).asked.count == 3)
    let (asked, shown, outcome) = try run([nil])
    #expect(asked.count == 1 && outcome.status == .failed)
    #expect(shown.contains("parameter 'org' has no value"))
  }

  /// What was probably meant stands in the next prompt, also when there was an answer.
  @Test(arguments: [
    (#"from staff | where sex = "female" | count"#, #"from staff | where sex = "Female" | count"#),
    (#"from staff | where role = "nurse" | count"#, nil),
    (
      "from staff | count by sex | share | where share > 50",
      "from staff | count by sex | share | where share > 50%"
    ),
    (#"from staff | where sex = "Female" | count"#, nil),
  ])
  func aWarningProposesItsRepair(text: String, repaired: String?) throws {
    let session = try openGoldenShell()
    let sinks = Sinks(output: { _ in }, messages: { _ in })
    let atTerminal = session.run(text, mode: .terminal, to: sinks)
    #expect(atTerminal.status == .done)
    #expect(atTerminal.proposal == repaired)
    let script = session.run(text, mode: .script(name: "s", parameters: []), to: sinks)
    #expect(script.proposal == nil || script.status == .failed)
  }
}
