import Glibc
import Testing
import WidenLanguage

@testable import WidenShell

/// What the shell offers at the end of a text, over the sample.
struct ShellCompletionTests {
  private let session: Session

  init() throws { session = try Session(options: .init(source: .sample(posts: 500))) }

  private func offered(_ text: String) -> [Completions.Candidate] {
    session.completions(text, at: text.utf8.count).candidates
  }

  private func check(
    _ text: String, offers words: [String] = [], not others: [String] = [],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let texts = offered(text).map(\.text)
    for word in words {
      #expect(texts.contains(word), "\(texts)", sourceLocation: sourceLocation)
    }
    for word in others {
      #expect(!texts.contains(word), "\(texts)", sourceLocation: sourceLocation)
    }
  }

  @Test func columnsExistAtTheirStep() throws {
    try check(
      "from staff | where ", offers: ["band", "ethnic_group", "year("], not: ["n", "cuont"])
    try check("from staff | count by band | sort ", offers: ["n", "band"], not: ["fte"])
    try check("from staff | drop band | where b", offers: ["borough"], not: ["band"])
    try check("from staff | where organisation.", offers: ["borough"], not: ["band"])
    try check("from staff | summarise sum ", offers: ["fte", "salary"], not: ["band", "joined"])
    try check("from staff | count by band | share | where share.", offers: ["numerator"])
  }

  @Test func valuesComeInTheirOrderWithTheirCounts() throws {
    let values = offered("from staff | where band in ").filter { $0.kind == .text }
    #expect(values.map(\.text).starts(with: ["\"1\"", "\"2\"", "\"3\""]))
    #expect(values.last?.text == "\"VSM\"")
    #expect(values.first?.detail?.contains(" row") == true)
    try check("from staff | where band = \"8", offers: ["\"8a\""], not: ["\"9\""])
    try check("from staff | where band = '8", offers: ["'8a'"])
    try check("from staff | where band = 8", offers: ["\"8a\""])
    try check(
      "from staff | count by ethnicity | share excluding ", offers: ["\"Z\""], not: ["\"5\""])
    // Where none starts with it, those that hold it.
    try check("from staff | where staff_group = \"dent", offers: ["\"Medical and Dental\""])
  }

  @Test func valuesLeadThroughRelationships() throws {
    try check("from participation | where staff.band = \"8", offers: ["\"8a\""])
    try check("from staff | where any ", offers: ["participation"], not: ["organisations"])
    try check("show values of ", offers: ["staff."])
    try check("show values of staff.b", offers: ["band", "borough"])
  }

  @Test func everythingElseHasANameToo() throws {
    try check("set ", offers: ["theme", "hint", "rows"])
    try check("set theme ", offers: ["auto", "light", "dark"])
    try check("run ", offers: ["\"headcount\""])
    try check("run \"headcount\" with ", offers: ["org"])
    try check("from ", offers: ["staff"], not: ["band"])
    try check("from staff | cuo", not: ["count"])
  }

  @Test func aWordIsExplainedAsWhatItIsHere() throws {
    func detail(_ text: String, _ word: String) throws -> String? {
      offered(text).first { $0.text == word }?.detail
    }
    #expect(try detail("from staff | ", "distinct") == "keep one row of each combination of values")
    #expect(
      try detail("from staff | summarise ", "distinct") == "how many different values there are")
    #expect(try detail("from staff | count ", "distinct") == nil)
    #expect(
      offered("from staff | where le").first { $0.text == "left(" }?.display
        == "left(text, count)")
  }

  @Test func filesAreOfferedByTheirEndings() throws {
    var template = Array("/var/tmp/widen-files-XXXXXX".utf8CString)
    let folder = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? ""
    }
    try #require(!folder.isEmpty)
    for name in ["a.csv", "b.widen", "c.doc", "d\u{1B}.csv"] {
      close(open("\(folder)/\(name)", O_CREAT | O_WRONLY, 0o600))
    }
    mkdir("\(folder)/deep", 0o700)
    try check(
      "load \"\(folder)/", offers: ["\"\(folder)/a.csv\"", "\"\(folder)/deep/"],
      not: ["\"\(folder)/c.doc\"", "\"\(folder)/d\u{1B}.csv\""])
    try check(
      "run \"\(folder)/", offers: ["\"\(folder)/b.widen\""], not: ["\"\(folder)/a.csv\""])
    for name in ["a.csv", "b.widen", "c.doc", "d\u{1B}.csv", "deep", ""] {
      remove("\(folder)/\(name)")
    }
  }

  /// The questions of the golden files, cut anywhere: whatever is offered reads, and every column,
  /// table and function that is offered has a meaning there.
  @Test func nothingOfferedFailsToParse() throws {
    let files = Repository.goldenFiles.filter { $0.contains("/query/") }
    let queries = try files.flatMap { file -> [String] in
      let golden = try #require(GoldenFile(try Repository.text(file)))
      return golden.sections.flatMap { $0.transcript.entries.map(\.query) }
    }
    try #require(queries.count > 50)
    var random = SeededBytes(state: 5)
    var count = 0
    for _ in 0..<150 {
      let query = queries[Int(random.next() % UInt64(queries.count))]
      let head = String(query.prefix(Int(random.next() % UInt64(min(200, query.count) + 1))))
      let offer = session.offer(head)
      let base = String(decoding: head.utf8.prefix(offer.completions.start), as: UTF8.self)
      let known = mistakes(base)
      for candidate in offer.completions.candidates {
        let isFolder = candidate.kind == .file && candidate.text.hasSuffix("/")
        let whole = base + candidate.text + (isFolder ? "\"" : "") + " "
        #expect(mistakes(whole) <= known, "\(whole)")
        count += 1
      }
    }
    #expect(count > 500)
  }

  private func mistakes(_ text: String) -> Int {
    parse(text).diagnostics.filter { !$0.isIncomplete }.count
  }
}
