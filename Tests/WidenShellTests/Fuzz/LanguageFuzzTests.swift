import Foundation
import Testing
import WidenLanguage
import WidenShell

/// Spoilt queries end in an answer or an error: nothing traps, hangs or reaches the terminal raw.
struct LanguageFuzzTests {
  /// Each seed opens a session and runs this many texts in it, so that they meet what others left.
  private static let textsPerSession = 40

  @Test func spoiltQueriesEnd() throws {
    let corpus = try Self.corpus()
    try FuzzPlan.run("language") { seed in
      var mutator = Mutator(seed: seed, pieces: Self.pieces)
      let session = try unprotected(ShellOptions(source: .sample(posts: 300)))
      for _ in 0..<Self.textsPerSession {
        let text = String(decoding: mutator.mutated(corpus), as: UTF8.self)
        try check(text, in: session, "seed \(seed)")
      }
    }
  }

  private func check(_ text: String, in session: Session, _ place: String) throws {
    var shown = ""
    let sinks = Sinks(output: { shown += $0 }, messages: { shown += $0 })
    let started = Date()
    // What would read or write files is only read.
    let touchesFiles = ["load", "run", "export", "save"].contains {
      text.lowercased().contains($0)
    }
    if touchesFiles {
      for diagnostic in parse(text).diagnostics { shown += render(diagnostic, source: text) }
    } else {
      _ = session.check(text, named: "fuzz", to: sinks)
      _ = session.run(text, mode: .terminal, to: sinks)
      _ = session.run(text + " | take 1", mode: .script(name: "fuzz", parameters: []), to: sinks)
    }
    _ = session.completions(text, at: text.utf8.count)
    let spans = session.highlight(text, cursor: text.utf8.count)
    #expect(spans.allSatisfy { $0.bytes.upperBound <= text.utf8.count }, "\(place): \(text)")
    shown += session.following(text, at: text.utf8.count) ?? ""
    if let part = session.countedPart(of: text) {
      shown += session.hint(part, isAbandoned: { false }) ?? ""
    }
    let seconds = Date().timeIntervalSince(started)
    let quoted = text.debugDescription
    #expect(seconds < 3 * FuzzPlan.mostSeconds, "\(place): \(seconds) s for \(quoted)")
    #expect(rawCharacters(shown).isEmpty, "\(place): raw characters for \(quoted)")
  }

  /// Queries that work: those of the golden files, the examples of help, the library.
  private static func corpus() throws -> [[UInt8]] {
    var texts = stepRecords.map(\.example) + statementRecords.map(\.example)
    texts += aggregateRecords.map(\.example) + Function.allCases.map(\.record.example)
    for path in Repository.goldenFiles {
      let file = try #require(GoldenFile(try Repository.text(path)))
      texts += file.sections.flatMap { $0.transcript.entries.map(\.query) }
    }
    let session = try unprotected(ShellOptions(source: .empty))
    texts += ["headcount", "apprenticeship_target", "race_disparity", "borough_gap"].compactMap {
      session.libraryScript(named: $0)
    }
    return texts.map { Array($0.utf8) }
  }

  /// Words, literals and signs, and what no query should hold.
  private static let pieces: [String] =
    stepRecords.map { " | \($0.word) " } + aggregateRecords.map { " \($0.word) " }
    + Function.allCases.map { " \($0.rawValue)(" } + [
      " by ", " as ", " where ", " and ", " or ", " not ", " in ", " is missing", " is recorded",
      " among ", " within ", " of ", " if ", " then ", " else ", " any ", " count ", "missing",
      "yes",
      "staff", "participation", "initiative.kind", "organisation.borough", "band", "ethnicity",
      "joined", "left", "fte", "age", "person_id", "\"5\"", "\"Female\"", "\"8a\"..", "..\"4\"",
      "2015-03-31", "2014-09", "FY2014/15", "AY2014/15", "FY2012/13..FY2014/15", "0001-01-01",
      "9999-12-31", "0", "-1", "1e9", "2.3%", "9223372036854775807", "99999999999999999999", "0.1",
      "(", ")", ",", "|", "\n", "\n\n", ";", "=", "!=", "<", "..", "*", "/", "-", "+", "%", "$at",
      "$",
      "\"", "'", "`", "#", "##", "--", "\0", "\u{1B}[2J", "\u{202E}", "é", "日本", "🙂", "\u{2028}",
      "last", "let x = ", "param p as text ", "define staff.d as ", "define measure m as ", "d",
      "m",
      "x", "p", "explain ", "show values of ", "set rows ", "set threads ", "back",
    ]
}
