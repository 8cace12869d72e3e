import Testing
import WidenShell

/// What is said about options of `load` that cannot be.
@Suite struct LoadOptionsTests {
  private func check(
    _ options: String, _ message: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let session = try unprotected(ShellOptions(source: .empty))
    let text = "load \"absent.csv\" as t with \(options)"
    switch session.runForPipe(text, parameters: [:], isCancelled: { false }) {
    case .answer, .cancelled: Issue.record("it was taken", sourceLocation: sourceLocation)
    case .failure(let problems):
      #expect(problems.map(\.message) == [message], sourceLocation: sourceLocation)
    }
  }

  @Test func whatCannotBeIsRefusedBeforeTheFileIsOpened() throws {
    try check("months = \"a\"", "load has no option 'months'")
    try check("headers = \"two\"", "'headers' needs a number from 1 to 9")
    try check("headers = 12", "'headers' needs a number from 1 to 9")
    try check("zero = \"-\", zero = \"x\"", "the option 'zero' is given twice")
    try check(
      "dates = \"dd/mm\"",
      #"'dates' needs a pattern such as "dd/mm/yyyy", "dd.mm.yy" or "dd-mmm-yyyy""#)
    try check("separator = \":\"", #"'separator' needs "," or "tab" or ";" or "|""#)
    try check(
      "encoding = \"ebcdic\"", #"'encoding' needs "utf-8" or "windows-1252" or "utf-16""#)
    try check(
      "text = 1..2", "'text' needs the name of a column in quotes, or several in brackets")
  }

  @Test func whatCanBeIsTaken() throws {
    for options in [
      #"text = ("a", "b"), month = c, financial_year = "d", academic_year = "e""#,
      #"dates = "dd/mm/yyyy", zero = ("-", "nil"), fill = "region", headers = 2"#,
      #"separator = "tab", encoding = "Windows-1252""#,
    ] {
      try check(options, "there is no file 'absent.csv'")
    }
  }
}
