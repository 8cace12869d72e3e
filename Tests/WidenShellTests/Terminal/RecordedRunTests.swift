import Glibc
import Testing

/// What a user sees, key by key, at two sizes and on two grounds: `Tests/Golden/terminal`.
///
/// Each picture is the screen as text, `¦` where the cursor stands, and under it the colours of the
/// rows that have any. `UPDATE_GOLDEN=1` takes the pictures anew.
@Suite(.serialized) struct RecordedRunTests {
  struct Form: CustomTestStringConvertible, Sendable {
    var columns: Int
    var rows: Int
    var ground: String

    var testDescription: String { "\(columns)x\(rows)-\(ground)" }
    var colours: String { ground == "light" ? "COLORFGBG=0;15" : "COLORFGBG=15;0" }
  }

  static let forms = [
    Form(columns: 80, rows: 24, ground: "dark"), Form(columns: 80, rows: 24, ground: "light"),
    Form(columns: 200, rows: 60, ground: "dark"), Form(columns: 200, rows: 60, ground: "light"),
  ]

  @Test(arguments: forms) func looksAsRecorded(_ form: Form) throws {
    let file = "Tests/Golden/terminal/\(form.testDescription).txt"
    let pictures = try record(form).joined(separator: "\n")
    if Repository.isUpdating { try Repository.write(pictures, to: file) }
    #expect(pictures == (try? Repository.text(file)), "\(file)")
  }

  private func record(_ form: Form) throws -> [String] {
    let terminal = try #require(
      PseudoTerminal(columns: form.columns, rows: form.rows, environment: [form.colours]))
    try #require(terminal.waits(for: "Ctrl-D leaves"))
    // When a hint comes depends on how busy the machine is.
    terminal.type("set hint off\r")
    terminal.type("\u{C}")
    var pictures: [String] = []
    func take(_ title: String, _ keys: [String], until text: String, resize columns: Int? = nil) {
      for key in keys { terminal.type(key) }
      if let columns { terminal.resize(columns: columns, rows: form.rows) }
      let isThere = terminal.waits(for: text)
      terminal.settle(120)
      let shown = isThere ? "" : "(\(text) did not come)\n"
      pictures.append("== \(title)\n\(shown)\(picture(terminal.screen))")
    }
    take("colours while typing", ["from staff | where (band = \"5\" and age < 30)"], until: "30)")
    take("what is not there is underlined", [" | count by bandd | "], until: "bandd |")
    take(
      "a line that wraps",
      ["\u{17}\u{17}\u{17}by ethnicity, staff_group, organisation as trust"],
      until: "trust")
    take("the same on a narrower screen", [], until: "trust", resize: form.columns * 5 / 8)
    take("typed on there", ["\u{17}nhs_trust by sex"], until: "nhs_trust by sex")
    take("the same on the wide screen again", ["\u{1}"], until: "sex", resize: form.columns)
    take("values with their counts", ["\u{3}", "from staff | where band in ", "\t"], until: "VSM")
    take("they narrow down", ["\"8"], until: "\"8d\"")
    take("a text that goes on", ["a\"\u{1B}\r| count by sex\u{1B}\r| share"], until: "share")
    take("its answer", ["\r"], until: "%")
    take(
      "a mistake is put right at the next prompt", ["from staff | cuont by sex", "\r"],
      until: "did you mean")
    take("what may follow", ["\u{3}", "\u{C}", "from staff | top ?"], until: "keep the rows")
    take(
      "what is still needed", ["\u{3}", "\u{C}", "from staff | count by band | top 3", "\r"],
      until: "still needs")
    take("search", ["\u{3}", "\u{12}", "8a"], until: "i-search")
    take("what was found", ["\u{5}"], until: "share")
    take(
      "a chart", ["\u{3}", "\u{C}", "from staff | count by band | chart\r"], until: "those in force"
    )
    take("rows of many columns", ["\u{C}", "from staff | take 3\r"], until: "are hidden")
    take(
      "what a query means",
      ["\u{C}", "explain from staff | where band = \"5\" | count by ethnicity | share of n\r"],
      until: "share of the whole")
    take(
      "what moved between two runs",
      [
        "\u{C}", "from staff | where age < 40 | count by sex\r",
        "\u{C}", "from staff | where age < 50 | count by sex\r",
        "\u{C}", "compare last to previous\r",
      ], until: "no row is the same")
    take(
      "what is behind a figure",
      ["\u{C}", "from staff | count by sex\r", "\u{C}", "why 1, \"n\"\r"], until: "n is 1,053")
    return pictures
  }

  private func picture(_ screen: Screen) -> String {
    var rows = screen.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    while rows.count <= screen.cursor.row { rows.append("") }
    let place = screen.cursor
    var cells = Array(rows[place.row])
    while cells.count <= place.column { cells.append(" ") }
    cells.insert("¦", at: place.column)
    rows[place.row] = String(cells.reversed().drop { $0 == " " }.reversed())
    let colours = rows.indices.compactMap { row -> String? in
      let found = screen.colours(ofRow: row)
      return found.isEmpty ? nil : "\(row + 1) │ " + found.joined(separator: " │ ")
    }
    return rows.joined(separator: "\n") + "\n-- colours\n" + colours.joined(separator: "\n") + "\n"
  }
}
