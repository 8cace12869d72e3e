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
      "widen again x", status: 2,
      messages: """
        error: there is no command and no dataset called 'again'
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
      messages: "error: \".\" is a folder\n  = --output takes the name of a file\n")
  }

  /// A file that somebody else wrote, or changed, is not replaced by the way.
  @Test func outputReplacesOnlyItsOwn() throws {
    let query = "widen -c 'from organisations | count' --format csv --output a.csv"
    let written = try #require(
      Executable.run("{ \(query) && \(query); } 2>/dev/null; ls -A | grep a.csv"))
    #expect(written.output == "a.csv\na.csv.manifest.json\n")
    for (change, sentence) in [
      ("echo mine > a.csv", "exists, and widen did not write it"),
      (
        query + "; echo >> a.csv", "was changed since widen wrote it, or its export was interrupted"
      ),
    ] {
      try check(
        "{ \(change); } 2>/dev/null; \(query)", status: 2,
        messages: "error: \"a.csv\" \(sentence)\n  = --overwrite replaces it\n")
      try check("{ \(change); } 2>/dev/null; \(query) --overwrite 2>/dev/null", status: 0)
    }
  }

  @Test func anExportIsMadeAgain() throws {
    let query = "widen --sample 500 -c 'from staff | count by sex' --output a.csv 2>/dev/null"
    let result = try #require(
      Executable.run("\(query); mkdir b; mv a.csv* b; widen rerun b/a.csv; cd b; widen rerun a.csv")
    )
    #expect(result.status == 0 && result.messages == "", "\(result)")
    let line = #/same: 2 rows and 2 figures are as they were written on \d{4}-\d\d-\d\d\n/#
    #expect(result.output.matches(of: line).count == 2, "\(result)")
    try check(
      "widen rerun none.csv", status: 1,
      messages: """
        error: "none.csv" cannot be read
          = name a file that widen exported, or the manifest beside it

        """)
    try check(
      "widen rerun", status: 2, messages: "error: an export is due\n  = widen rerun FILE\n")
    try check(
      "echo n > a.csv; widen rerun a.csv", status: 1,
      messages: """
        error: there is no manifest beside "a.csv", so nothing is known of how it was made
          = put "a.csv.manifest.json" back into its folder, or export anew

        """)
    let data = "mkdir d; printf 'a,n\\nx,1\\n' > d/t.csv"
    let first = "widen d -c 'from t' --output a.csv 2>/dev/null"
    try check(
      "\(data); \(first); mv d e; widen rerun a.csv --data e >/dev/null && widen rerun a.csv",
      status: 1,
      messages: """
        error: the data 'd' that 'a.csv' was made from are not where they were
          = name them: widen rerun a.csv --data DATASET

        """)
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
