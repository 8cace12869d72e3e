import Foundation
import Testing

@testable import WidenShell

/// Reports as axe sees them in Chromium: whatever keeps somebody from reading a page is a problem.
///
/// Each page is looked at as wide as a telephone and as a laptop, in light and in dark colours.
struct AccessibilityTests {
  /// What each page is made of; a page of one result has no contents.
  private static let reports = [
    "from staff | snapshot at 2015-03-31 | count by band, sex | share",
    "from staff | where organisation = \"RNK\" | crosstab band by sex",
    "from staff | snapshot at 2015-03-31 | crosstab organisation by role",
    "from staff | snapshot at 2015-03-31 | where age > 200 | count by band",
    """
    ## Workforce of north central and east London
    ## Figures for the board of March.
    set policy none because "the people of the sample are invented"
    report "Many results"
    ## Who works in which band
    ## Bands 1 to 4 are the largest group.
    from staff | snapshot at 2015-03-31 | count by cluster | share | chart bar
    from staff | snapshot at 2015-03-31 | where ethnicity is recorded
      crosstab cluster by ethnic_group percent of row | chart heat
    from participation | count by fy(started) as year, initiative.kind as kind | chart line
    from staff | snapshot at 2015-03-31 | where ethnicity is recorded
      summarise rate bme with interval by organisation | chart dot
    from staff | funnel left is recorded by organisation | chart funnel
    from participation | control count over month(started) | chart control
    from staff | where organisation = "RNK" | count by band | protect safe | chart
    """,
  ]

  @Test func nobodyIsKeptFromReading() throws {
    guard let axe = Readers.axe else { return }
    let folder = try Repository.temporaryFolder()
    defer { Repository.remove(folder) }
    var pages = try Self.reports.enumerated().map { number, script in
      try page(of: script, named: "\(folder)/\(number).html")
    }
    // A page that is known to be bad shows that something looks.
    let language = "<html lang=\"en-GB\">"
    #expect(pages[0].contains(language))
    pages.append(pages[0].replacing(language, with: "<html>"))
    for (scheme, isDark) in [("light", false), ("dark", true)] {
      let all = try frames(pages, axe: axe).write(to: folder + "/all.html")
      guard
        let said = try Readers.program(
          "chromium",
          [
            "--headless", "--no-sandbox", "--disable-gpu", "--window-size=1400,1000",
            "--user-data-dir=\(folder)/browser",
            "--blink-settings=preferredColorScheme=\(isDark ? 0 : 1)",
            "--virtual-time-budget=600000", "--dump-dom", "file://" + all,
          ])
      else { return }
      let found = said.output.matches(of: #/<li class="found">([^<]*)</li>/#).map { $0.1 }
      let expected = ["390", "1280"].flatMap { width in
        pages.indices.map { number in
          "page \(number), \(width) wide, \(scheme):"
            + (number == pages.count - 1 ? " html-has-lang" : "")
        }
      }
      #expect(found.map(String.init) == expected, "\(found.isEmpty ? said.output : "")")
    }
  }

  private func page(of script: String, named path: String) throws -> String {
    let isReport = script.contains("report \"")
    let session = try Session(options: ShellOptions(source: .sample(posts: 4000)))
    var said = ""
    let outcome = session.run(
      script + (isReport ? "\nexport report" : " | export") + " to \"\(path)\"",
      mode: .script(name: "test", parameters: []),
      to: Sinks(output: { _ in }, messages: { said += $0 }))
    #expect(outcome.status == .done, "\(said)")
    return try String(contentsOfFile: path, encoding: .utf8)
  }

  /// One page that holds all of them in frames, asks axe about each in turn, and lists the answers.
  private func frames(_ pages: [String], axe: String) -> String {
    func literal(_ text: String) -> String {
      let data = (try? JSONSerialization.data(withJSONObject: [text])) ?? Data()
      // Inside a script the end of one may not be written.
      return String(decoding: data, as: UTF8.self).replacing("</", with: "<\\/") + "[0]"
    }
    return """
      <!doctype html><html lang="en"><head><meta charset="utf-8"><title>All</title></head><body>
      <ol id="said"></ol><script>
      const pages = [\(pages.map(literal).joined(separator: ","))], axe = \(literal(axe));
      async function look(page, number, width) {
        const frame = document.createElement("iframe");
        frame.width = width; frame.height = 900;
        const there = new Promise(done => frame.onload = done);
        frame.srcdoc = page;
        document.body.append(frame);
        await there;
        const view = frame.contentWindow;
        view.eval(axe);
        const result = await view.axe.run(view.document);
        const bad = result.violations.map(v => v.id + (v.id == "html-has-lang" ? ""
          : " (" + v.impact + ", " + v.nodes[0].html.slice(0, 200) + ")"));
        const dark = view.matchMedia("(prefers-color-scheme: dark)").matches;
        const line = document.createElement("li");
        line.className = "found";
        line.textContent = ["page " + number + ", " + width + " wide, "
          + (dark ? "dark" : "light") + ":", ...bad].join(" ");
        document.getElementById("said").append(line);
        frame.remove();
      }
      (async () => {
        for (const width of [390, 1280])
          for (const [number, page] of pages.entries()) await look(page, number, width);
      })();
      </script></body></html>
      """
  }
}

extension String {
  fileprivate func write(to path: String) throws -> String {
    try write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }
}
