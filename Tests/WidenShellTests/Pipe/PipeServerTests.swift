import Testing
import WidenLanguage

@testable import WidenShell

struct PipeServerTests {
  private let shell = FakeShell()

  /// Sends lines through the pipe and returns all that came back.
  private func serve(_ lines: [String], limit: Int = 1 << 20) -> (RunStatus, [String]) {
    var time = 0.0
    let clock = PipeServer.Clock(
      wall: {
        time += 1.5
        return time
      }, processor: { time * 2 })
    var input = Array(lines.joined(separator: "\n").utf8)[...]
    var reader = LineReader(limit: limit) { block in
      let part = input.prefix(min(block.count, 7))
      input = input.dropFirst(part.count)
      block.copyBytes(from: part)
      return part.count
    }
    var output: [UInt8] = []
    let status = PipeServer(shell: shell, clock: clock).serve(
      read: { reader.next() },
      write: {
        output += $0
        return true
      })
    let answers = String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
    return (status, answers)
  }

  private func check(
    _ line: String, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(serve([line]).1 == [expected], sourceLocation: sourceLocation)
  }

  private func checkRefusal(
    _ line: String, _ message: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let answer = serve([line]).1.first ?? ""
    #expect(
      answer.hasPrefix("{\"ok\":false,\"errors\":[{\"message\":\"\(message)\""),
      "\(answer)", sourceLocation: sourceLocation)
    #expect(shell.asked.isEmpty, sourceLocation: sourceLocation)
  }

  @Test func answersWithATable() {
    shell.answers = { _ in
      .answer(
        PipeAnswer(
          columns: [.init("band", .category), .init("share", .decimal)], rowCount: 2,
          notes: ["12 missing skipped"]
        ) { row, column in
          column == 0 ? .text("band \(row)") : row == 0 ? .decimal(0.25) : .missing
        })
    }
    let head =
      #"{"ok":true,"columns":[{"name":"band","type":"category"},{"name":"share","type":"decimal"}],"#
    let tail =
      #""row_count":2,"notes":["12 missing skipped"],"milliseconds":1.5,"cpu_milliseconds":3.0}"#
    check("from staff", head + #""rows":[["band 0",0.25],["band 1",null]],"# + tail)
    check(#"{"query":"from staff","rows":false}"#, head + #""rows":[],"# + tail)
    #expect(shell.asked.map(\.query) == ["from staff", "from staff"])
  }

  @Test func answersStatementsWithoutAResult() {
    check(
      "let a = 1",
      #"{"ok":true,"columns":[],"rows":[],"row_count":0,"notes":[],"#
        + #""milliseconds":1.5,"cpu_milliseconds":3.0}"#)
  }

  @Test func handsParametersOver() {
    let line = """
      {"query":"q","parameters":{"a":null,"b":true,"c":3,"d":0.5,"e":"x","f":["y",2]}}
      """
    #expect(serve([line]).1.first?.hasPrefix("{\"ok\":true") == true)
    #expect(
      shell.asked.first?.parameters == [
        "a": .missing, "b": .boolean(true), "c": .integer(3), "d": .decimal(0.5), "e": .text("x"),
        "f": .list([.text("y"), .integer(2)]),
      ])
  }

  @Test func tellsProblemsWithTheirPlaces() {
    shell.answers = { text in
      .failure([
        PipeProblem(
          Diagnostic(
            .error,
            "'cuont' is not a step", at: SourceRange(16, 21), hint: "did you mean 'count'?"),
          in: text), PipeProblem("no place"),
      ])
    }
    check(
      #"{"query":"from naïve\n  | cuont by x"}"#,
      #"{"ok":false,"errors":[{"message":"'cuont' is not a step","line":2,"column":5,"length":5,"#
        + #""suggestion":"did you mean 'count'?"},{"message":"no place","line":null,"#
        + #""column":null,"length":null,"suggestion":null}]}"#)
  }

  @Test func refusesRequestsItDoesNotUnderstand() {
    checkRefusal(" ", "the line is empty")
    checkRefusal("  \r", "the line is empty")
    checkRefusal("{\"query\":", "the line is not JSON: the text ends too early")
    checkRefusal("{}", "'query' is missing")
    checkRefusal("{\"query\":1}", "'query' must be text")
    checkRefusal("{\"query\":\"q\",\"rows\":0}", "'rows' must be true or false")
    checkRefusal("{\"query\":\"q\",\"row\":true}", "'row' is no member of a request")
    checkRefusal("{\"query\":\"q\",\"parameters\":[]}", "'parameters' must be an object")
    checkRefusal(
      "{\"query\":\"q\",\"parameters\":{\"a\":{}}}",
      "parameter 'a' must be a value or a list of values")
    checkRefusal(
      "{\"query\":\"q\",\"parameters\":{\"a\":[[1]]}}", "parameter 'a' is a list of lists")
  }

  @Test func answersEveryLineOnce() {
    let (status, answers) = serve(
      ["a", "{", "", String(repeating: "x", count: 100), "b"], limit: 99)
    #expect(status == .done)
    #expect(answers.map { $0.hasPrefix("{\"ok\":true") } == [true, false, false, false, true])
    #expect(answers[3].contains("the line is longer than"))
    #expect(shell.asked.map(\.query) == ["a", "b"])
  }

  @Test func refusesBytesThatAreNoText() {
    #expect(throws: PipeProblem("the line is not UTF-8", suggestion: "send it as UTF-8")) {
      try PipeRequest([0x61, 0xFF][...])
    }
  }

  @Test func endsWhenStopped() {
    shell.answers = { _ in .cancelled }
    let (status, answers) = serve(["a", "b"])
    #expect(status == .interrupted)
    #expect(answers.count == 1)
    #expect(answers.first?.contains("\"message\":\"cancelled\"") == true)
  }

  @Test func endsQuietlyWhenNobodyReads() {
    let server = PipeServer(shell: shell)
    #expect(server.serve(read: { .line([0x61]) }, write: { _ in false }) == .done)
    #expect(shell.asked.count == 1)
  }

  @Test func writesLongAnswersInBlocks() {
    shell.answers = { _ in
      .answer(
        PipeAnswer(columns: [.init("n", .integer)], rowCount: 100_000) { row, _ in .integer(row) })
    }
    var lines: [PipeLine] = [.line([0x61])]
    var blocks: [Int] = []
    let status = PipeServer(shell: shell).serve(
      read: { lines.popLast() ?? .end },
      write: {
        blocks.append($0.count)
        return true
      })
    #expect(status == .done)
    #expect(blocks.count > 5)
    #expect(blocks.allSatisfy { $0 < 70_000 })
  }

  @Test(arguments: [1, 3, 1 << 16]) func cutsLines(blockBytes: Int) {
    var input = Array("one\n\nthree\r\nlast".utf8)[...]
    var reader = LineReader { block in
      let part = input.prefix(min(block.count, blockBytes))
      input = input.dropFirst(part.count)
      block.copyBytes(from: part)
      return part.count
    }
    var lines: [String] = []
    while case .line(let line) = reader.next() {
      lines.append(String(decoding: line, as: UTF8.self))
    }
    #expect(lines == ["one", "", "three\r", "last"])
  }
}
