/// What a session is opened with.
///
/// The program reads the environment; the session is told.
public struct ShellOptions {
  /// Where the data comes from.
  public enum Source: Hashable, Sendable {
    /// The bundled sample, with that many posts now filled if the user asked for a size.
    case sample(posts: Int?)
    /// No dataset: tables are loaded by hand.
    case empty
    /// A folder, a data package, or data files. They exist.
    case files([String])
  }

  /// Where the data comes from.
  public var source: Source
  /// The address of a database that holds the rows of the tables that the source describes.
  public var server: String?
  /// How results are written.
  public var format: ResultFormat
  /// Whether a user types at a terminal; else the rules of scripts hold.
  public var isInteractive: Bool
  /// Whether results may hold colours.
  public var colourInOutput: Bool
  /// Whether messages may hold colours.
  public var colourInMessages: Bool
  /// No boxes and no drawing: one labelled sentence a row.
  public var isAccessible: Bool
  /// The columns of the terminal that results go to, now; nil when they go elsewhere.
  public var width: @Sendable () -> Int?
  /// The lines of that terminal, now; nil when nobody scrolls by hand.
  public var height: @Sendable () -> Int? = { nil }
  /// Is told the name of a file that is being read and how much of it is, and 1 at its end.
  public var progress: ((String, Double) -> Void)?
  /// All texts that will be run, in order, when they are known before the files are opened.
  ///
  /// Of files only the columns that they name are read. Nil: anything may follow.
  public var texts: [String]?
  /// The folder that keeps large files as they were read; nil when nothing is to be kept.
  public var cacheFolder: String?
  /// The folder that remembers what was released; nil when only the session does.
  public var stateFolder: String?
  /// Whether the results of a script become one page, with the prose of its `##` lines.
  public var isReport = false
  /// Whether exports may replace files that widen did not write, without being asked each time.
  public var mayOverwrite = false
  /// Whether results go to a file that has a manifest.
  public var keepsRecords = false
  /// The version of the program; another one makes a cache of its own.
  public var build = ""

  /// Options that differ from a quiet script over this source only where said.
  public init(
    source: Source, format: ResultFormat = .table, isInteractive: Bool = false,
    colourInOutput: Bool = false, colourInMessages: Bool = false, isAccessible: Bool = false,
    width: @escaping @Sendable () -> Int? = { nil }
  ) {
    self.source = source
    self.format = format
    self.isInteractive = isInteractive
    self.colourInOutput = colourInOutput
    self.colourInMessages = colourInMessages
    self.isAccessible = isAccessible
    self.width = width
  }
}

/// How results are written to standard output or to `--output`.
public enum ResultFormat: String, Hashable, Sendable, CaseIterable {
  case table
  case csv
  case tsv
  case json
  case ndjson
  case markdown
  case html
  /// A workbook with all results, a sheet each.
  case xlsx
  /// Apache Parquet, which holds one result.
  case parquet
  /// An SQLite database with a table for each result.
  case sqlite
  /// A drawing of one result.
  case svg

  /// Whether it is text, which is written as results come, and may go to a terminal.
  public var isText: Bool {
    switch self {
    case .table, .csv, .tsv, .json, .ndjson, .markdown, .html: true
    case .xlsx, .parquet, .sqlite, .svg: false
    }
  }

  /// The format that a file name asks for by its ending, or nil when it asks for none of these.
  public init?(fileName: String) {
    let name = fileName.lowercased()
    switch name.split(separator: ".", omittingEmptySubsequences: false).last {
    case "csv": self = .csv
    case "tsv", "tab": self = .tsv
    case "json": self = .json
    case "ndjson", "jsonl": self = .ndjson
    case "md", "markdown": self = .markdown
    case "html", "htm": self = .html
    case "txt": self = .table
    case "xlsx": self = .xlsx
    case "parquet": self = .parquet
    case "svg": self = .svg
    case "db", "sqlite", "sqlite3": self = .sqlite
    default: return nil
    }
  }
}
