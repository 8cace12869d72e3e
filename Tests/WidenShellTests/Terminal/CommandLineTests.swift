import Testing

/// The program as a command among others: its streams and how it ends.
struct CommandLineTests {
  private func check(
    _ command: String, status: Int32, messages: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let result = try #require(Executable.run(command), sourceLocation: sourceLocation)
    #expect(result.status == status, "\(result)", sourceLocation: sourceLocation)
    if let messages {
      #expect(result.messages == messages, sourceLocation: sourceLocation)
      #expect(result.output == "", sourceLocation: sourceLocation)
    }
  }

  @Test func unknownWordsAreNoDatasets() throws {
    try check(
      "widen rerun x", status: 2,
      messages: """
        error: there is no command and no dataset called 'rerun'
          = widen --help shows how it is called

        """)
    try check(
      "widen -c 'from staff' none.csv", status: 2,
      messages: """
        error: the dataset 'none.csv' cannot be read: no such file or directory
          = a dataset is a folder, a datapackage.json or a data file

        """)
  }

  @Test func missingScriptsAreNamed() throws {
    try check(
      "widen run ./none.widen", status: 2,
      messages: """
        error: './none.widen' cannot be read: no such file or directory
          = widen --help shows how it is called

        """)
  }

  @Test func aClosedPipeEndsQuietly() throws {
    let result = try #require(
      Executable.run("widen --help | head -1; exit ${PIPESTATUS[0]}"))
    #expect(result.status == 0)
    #expect(result.messages == "")
  }

  @Test func aFullDiskIsAnError() throws {
    try check(
      "widen --help >/dev/full", status: 1,
      messages: "error: standard output cannot be written: no space left on device\n")
    try check(
      "widen --help >&-", status: 1,
      messages: "error: standard output cannot be written: bad file descriptor\n")
  }

  @Test func outputIsNoFolder() throws {
    try check(
      "widen -c 'from staff | count' --output .", status: 2,
      messages: "error: '.' is a folder\n  = --output takes the name of a file\n")
  }

  @Test func thePipeAnswersWhateverComes() throws {
    let result = try #require(
      Executable.run("printf '{\"query\":1}\\n\\377\\n' | widen pipe --empty"))
    #expect(result.status == 0)
    #expect(
      result.output == """
        {"ok":false,"errors":[{"message":"'query' must be text","line":null,"column":null,\
        "length":null,"suggestion":null}]}
        {"ok":false,"errors":[{"message":"the line is not UTF-8","line":null,"column":null,\
        "length":null,"suggestion":"send it as UTF-8"}]}

        """)
  }

  @Test func theHelpOfEveryCommandIsThere() throws {
    for command in ["--help", "help", "run --help", "check -h", "pipe --help", "--version"] {
      let result = try #require(Executable.run("widen \(command)"))
      #expect(result.status == 0)
      #expect(result.output.contains("widen"))
      #expect(result.messages == "")
    }
  }
}
