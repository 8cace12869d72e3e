import Foundation
import Testing

@testable import WidenShell

/// What files with formulas and escapes in them become in each format, as other people's readers
/// see it.
@Suite(.enabled(if: CheckData.folder != nil)) struct BadExportsTests {
  @Test(arguments: [
    "formula_eq", "formula_plus", "formula_minus", "formula_tab", "formula_cr", "formula_space",
    "formula_fullwidth", "formula_hyperlink", "formula_webservice", "formula_pipe",
    "formula_percent", "formula_bom", "formula_minus_number", "formula_header",
    "formula_group_key", "term_csi_clear", "term_csi_hide", "term_osc52_clipboard",
    "term_osc8_link", "term_csi_repeat", "term_backspace", "term_in_error", "term_markdown_html",
  ])
  func nothingActs(name: String) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = (CheckData.folder ?? "") + "/checks/badinput/\(name).csv"
    let endings = ["csv", "tsv", "json", "ndjson", "md", "html", "xlsx", "parquet", "sqlite"]
    var script = "load \"\(file)\" as t\n"
    for ending in endings { script += "from t | export to \"\(folder.path())/rows.\(ending)\"\n" }
    script += "from t | export to \"\(folder.path())/excel.csv\" for excel\n"
    if name != "formula_header" {
      for ending in endings {
        script += "from t | crosstab band by site | export to \"\(folder.path())/keys.\(ending)\"\n"
      }
      script +=
        "from t | count by site | chart bar | export to \"\(folder.path())/keys.svg\"\n"
    }
    let session = try unprotected(ShellOptions(source: .empty))
    var said = ""
    let sinks = Sinks(output: { said += $0 }, messages: { said += $0 })
    let outcome = session.run(script, mode: .script(name: "bad", parameters: []), to: sinks)
    #expect(outcome.status == .done, "\(said)")
    #expect(said.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 })
    guard
      let found = try Readers.python(
        BadExportsTests.program, [folder.path()], needs: ["sqlite3", "xml.dom.minidom"])
    else { return }
    #expect(found.output == "looked at \(name == "formula_header" ? 10 : 20) files\n")
  }

  /// A file whose columns are named by escapes is refused, and the refusal is harmless.
  @Test func escapesInAHeader() throws {
    let file = (CheckData.folder ?? "") + "/checks/badinput/term_in_header.csv"
    let session = try unprotected(ShellOptions(source: .empty))
    var said = ""
    let sinks = Sinks(output: { said += $0 }, messages: { said += $0 })
    let outcome = session.run(
      "load \"\(file)\" as t", mode: .script(name: "bad", parameters: []), to: sinks)
    #expect(outcome.status == .failed && said.contains("holds a control character"))
    #expect(said.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 })
  }

  private static let program = """
    import csv, json, os, re, sqlite3, sys, unicodedata, zipfile
    from xml.dom import minidom
    folder, count = sys.argv[1], 0
    def bad(name, what): print(name, what)
    def acts(text):
      plain = unicodedata.normalize("NFKC", text).lstrip(" \\u00a0\\ufeff")
      return plain[:1] in ("=", "+", "-", "@", "\\t", "\\r", "\\n")
    def controls(text): return re.search("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e]", text)
    for name in sorted(os.listdir(folder)):
      path = os.path.join(folder, name)
      if name.endswith(".manifest.json"):
        if controls(open(path).read()): bad(name, "control")
        continue
      count += 1
      ending = name.split(".")[-1]
      if ending in ("csv", "tsv"):
        rows = csv.reader(open(path, newline=""), delimiter="," if ending == "csv" else "\\t")
        for cell in (cell for row in rows for cell in row):
          if cell.startswith("=") and re.fullmatch('="[-0-9A-Za-z /:.,%]+"', cell): continue
          if acts(cell.lstrip("\\ufeff")) and not re.fullmatch("-?[0-9.]+", cell): bad(name, repr(cell))
      elif ending == "xlsx":
        with zipfile.ZipFile(path) as package:
          if package.testzip(): bad(name, "spoilt")
          for part in package.namelist():
            text = package.read(part).decode()
            minidom.parseString(text)
            if "<f>" in text or "<f " in text: bad(name, "formula")
            if controls(text) or re.search("_x00[01][0-9A-F]_", text): bad(name, "control")
      elif ending == "sqlite":
        base = sqlite3.connect(path)
        if base.execute("pragma integrity_check").fetchone() != ("ok",): bad(name, "spoilt")
      elif ending != "parquet":
        text = open(path).read()
        if controls(text): bad(name, "control")
        if ending == "json": json.loads(text)
        if ending == "svg": minidom.parseString(text)
        if ending in ("html", "md") and re.search("<(script|img|b>x)", text): bad(name, "markup")
    print("looked at", count, "files")
    """
}
