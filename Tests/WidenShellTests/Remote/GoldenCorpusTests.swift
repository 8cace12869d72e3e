import Testing
import WidenEngine
import WidenLanguage

@testable import WidenRemote
@testable import WidenShell

/// What each golden query would be as SQL, by database.
///
/// No server is asked, so that the SQL of all of them is watched wherever the tests run.
@Suite struct GoldenCorpusTests {
  @Test(arguments: [
    ("postgresql", "public", PostgreSQLCatalogue() as any DatabaseCatalogue),
    ("spark", "workforce", SparkCatalogue() as any DatabaseCatalogue),
  ]) func writesTheSameSQL(
    _ name: String, _ database: String, _ catalogue: any DatabaseCatalogue
  ) throws {
    var found = "# What each golden query that reads a table is asked of a database.\n"
    for topic in ["conditions", "counting", "joins", "shares", "summaries", "time", "traps"] {
      let golden = try #require(GoldenFile(try Repository.text("Tests/Golden/query/\(topic).txt")))
      for section in golden.sections {
        let options = ShellOptions(source: .sample(posts: 300), isInteractive: true)
        let session = try Session(options: options)
        for entry in section.transcript.entries {
          guard let sql = try sent(entry.query, session, database, catalogue) else { continue }
          found += "\n› \(entry.query.replacing("\n", with: "\n  "))\n\(sql)\n"
        }
      }
    }
    let path = "Tests/Golden/server/corpus-\(name).txt"
    if Repository.isUpdating {
      try Repository.write(found, to: path)
    } else {
      #expect(try Repository.text(path) == found)
    }
  }

  /// The SQL of a query, its rows taken to be in a database; nil when it needs none.
  private func sent(
    _ text: String, _ session: Session, _ database: String, _ catalogue: any DatabaseCatalogue
  ) throws -> String? {
    let statements = parse(text).program.statements
    let sinks = Sinks(output: { _ in }, messages: { _ in })
    defer { _ = session.run(text, mode: .terminal, to: sinks) }
    guard statements.count == 1, case .query(let query) = statements[0].statement,
      let evaluated = try? session.evaluate(query, Run(source: text, sinks: sinks))
    else { return nil }
    var tables = ServerTables(dialect: catalogue.dialect)
    let source = DatabaseSource(NoConnection(), catalogue)
    var dataset = evaluated.derivation.dataset
    for entry in dataset.entries where entry.derivation == nil {
      let name = entry.description.name
      var table = ServerTable(path: [database, name])
      for column in entry.table.columns {
        let described = column.description.name
        table.columns[described] = ServerColumn(name: described, type: type(of: column))
      }
      tables.tables[name] = table
      dataset.add(Dataset.Entry(description: entry.description, source: source))
    }
    source.tables = tables
    let queries = source.queries(for: evaluated.derivation.plan, in: dataset)
    return queries.isEmpty ? nil : queries.joined(separator: "\n")
  }

  private func type(of column: TableColumn) -> ServerType {
    if case .coded(let coded) = column.data, case .decimal(_, let places) = coded.domain {
      return .exact(places: places)
    }
    switch column.description.type {
    case .text, .category, .month, .period: return .text(.plain)
    case .integer: return .integer(isLong: true)
    case .decimal: return .real(isSingle: false)
    case .boolean: return .boolean
    case .date: return .date
    }
  }
}

/// A connection to nothing.
private final class NoConnection: ServerConnection {
  let name = "nowhere"

  func run(
    _ query: String, _ parameters: [String?], isCancelled: @escaping @Sendable () -> Bool,
    patience: Double?, row: (ServerRow) -> Void
  ) throws(ServerError) { throw ServerError("nobody is asked") }
}
