import Glibc
import Testing
import WidenShell

@testable import widen

struct LayoutTests {
  init() {
    // The system's table of widths depends on it.
    setlocale(LC_CTYPE, "C.UTF-8")
  }

  /// The cell of every scalar and of the end, as `row,column`.
  private func check(
    _ text: String, width: Int, _ expected: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let layout = ScreenLayout(text, promptWidth: 2, width: width)
    let cells = layout.places.map { "\($0.cell.row),\($0.cell.column)" }.joined(separator: " ")
    #expect(cells == expected, sourceLocation: sourceLocation)
  }

  @Test func placesCharacters() {
    check("", width: 5, "0,2")
    check("ab", width: 5, "0,2 0,3 0,4")
    check("a\nb", width: 5, "0,2 0,3 1,0 1,1")
  }

  @Test func aFullRowMovesOn() {
    check("abc", width: 5, "0,2 0,3 0,4 1,0")
    check("abc\nd", width: 5, "0,2 0,3 0,4 1,0 2,0 2,1")
  }

  @Test func wideCharactersStayWhole() {
    check("ab日c", width: 5, "0,2 0,3 1,0 1,2 1,3")
  }

  @Test func findsTheNearestCell() {
    let layout = ScreenLayout("abcdef\ng\nhij", promptWidth: 2, width: 20)
    #expect(layout.byte(inRow: 0, nearest: 4) == 2)
    #expect(layout.byte(inRow: 0, nearest: 0) == 0)
    #expect(layout.byte(inRow: 1, nearest: 9) == 8)
    #expect(layout.byte(inRow: 2, nearest: 2) == 11)
    #expect(layout.byte(inRow: 3, nearest: 0) == nil)
    #expect(layout.byte(inRow: -1, nearest: 0) == nil)
    #expect(layout.cell(at: 8) == .init(row: 1, column: 1))
    #expect(layout.lastRow == 2)
  }
}

struct MenuTests {
  private func check(
    _ candidates: [Completions.Candidate], width: Int, limit: Int = 10, _ expected: [String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let rows = CompletionMenu.rows(candidates, width: width, limit: limit, theme: nil)
    #expect(rows == expected, sourceLocation: sourceLocation)
    #expect(rows.allSatisfy { cellCount(of: $0) < width }, sourceLocation: sourceLocation)
  }

  private func words(_ words: String...) -> [Completions.Candidate] {
    words.map { Completions.Candidate($0, kind: .step) }
  }

  @Test func readsDownwards() {
    check(words("a", "bb", "c", "d", "e"), width: 14, ["a    c    e", "bb   d"])
    check([], width: 14, [])
  }

  @Test func showsDetails() {
    check(
      [
        .init("\"North\"", display: "North", detail: "12 rows", kind: .text),
        .init("\"East\"", display: "East", detail: "1,485 rows", kind: .text),
      ], width: 40, ["North  12 rows     East  1,485 rows"])
  }

  @Test func longDetailsLeaveRoomForASecondColumn() {
    let long = String(repeating: "x", count: 60)
    check(
      [
        .init("a", detail: long, kind: .step), .init("b", kind: .step),
        .init("a_rather_long_word", detail: long, kind: .step),
      ], width: 54, limit: 2,
      [
        "a  xxxxxxxxxxxxxxxxxxxxx…   a_rather_long_word",
        "b",
      ])
  }

  @Test func fewAreToldWhole() {
    check(
      [
        .init("mean", detail: "the arithmetic mean of the values", kind: .function),
        .init("median", detail: "the middle value", kind: .function),
      ], width: 60, ["mean  the arithmetic mean of the values", "median  the middle value"])
  }

  @Test func countsWhatDoesNotFit() {
    check(
      words("a", "b", "c", "d"), width: 50, limit: 1,
      ["a   b   c   d"])
    check(
      words("a", "b", "c", "d", "e"), width: 6, limit: 2,
      ["a   b", "… 3 …"])
  }

  @Test func cutsAndTames() {
    check(words("abcdefghij"), width: 8, ["abcdef…"])
    check(words("a\u{1B}[31m\n"), width: 20, ["a\u{FFFD}[31m\u{FFFD}"])
  }
}

struct ReplacementTests {
  /// What readline would insert for each candidate, when it replaces from `start` to `end`.
  private func check(
    _ text: String, readline: Range<Int>, shell: Int, _ candidates: [String],
    _ expected: [String], space: Bool = true, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let offered = Completions(
      start: shell, candidates: candidates.map { .init($0, kind: .text) })
    let fitting = Replacement(text, start: readline.lowerBound, end: readline.upperBound)
      .fit(offered)
    #expect(fitting.map(\.text) == expected, sourceLocation: sourceLocation)
    #expect(fitting.allSatisfy { $0.takesSpace == space }, sourceLocation: sourceLocation)
  }

  @Test func replacesAWord() {
    check("| cou", readline: 2..<5, shell: 2, ["count"], ["count"])
    check("", readline: 0..<0, shell: 0, ["from"], ["from"])
  }

  @Test func startsBehindAnOpeningQuote() {
    check("= \"no", readline: 3..<5, shell: 2, ["\"North East\""], ["North East\""])
    check("= 'no", readline: 3..<5, shell: 2, ["\"North East\""], [])
  }

  @Test func keepsAClosingQuoteThatIsThere() {
    check(
      "= \"no\"", readline: 3..<5, shell: 2, ["\"North\""], ["North"], space: false)
  }

  @Test func keepsWhatTheShellDoesNotReplace() {
    check("staff.ba", readline: 0..<8, shell: 6, ["band"], ["staff.band"])
  }

  @Test func goesOnWithoutASpace() {
    check("me", readline: 0..<2, shell: 0, ["mean("], ["mean("], space: false)
    check("da", readline: 0..<2, shell: 0, ["data/"], ["data/"], space: false)
  }

  @Test func refusesPlacesOutsideTheText() {
    check("abc", readline: 0..<3, shell: 9, ["x"], [])
  }

  @Test func findsTheCommonBeginning() {
    #expect(commonPrefix(of: ["North East", "North West"]) == "North ")
    #expect(commonPrefix(of: ["é", "e"]) == "")
    #expect(commonPrefix(of: []) == "")
  }
}
