/// The forms in which a result leaves the shell.
public enum Format: String, Hashable, Sendable, CaseIterable {
  /// The table of the terminal, in full, without colour.
  case table
  /// Comma-separated values, RFC 4180 with line feeds.
  case csv
  /// Tab-separated values; tabs and line ends inside a cell become spaces.
  case tsv
  /// An array of objects, one a row, one a line.
  case json
  /// One object a line.
  case ndjson
  /// A table in GitHub's Markdown.
  case markdown
  /// A small page with one table.
  case html
  /// An Excel workbook for publication.
  case xlsx
  /// Apache Parquet, for R, Python and Spark.
  case parquet
  /// An SQLite database.
  case sqlite
  /// A drawing in Scalable Vector Graphics.
  case svg

  /// The format with this name, as `--format` takes it.
  public init?(named name: String) {
    self.init(rawValue: name.lowercased())
  }

  /// The format that a file name's ending asks for.
  public init(ofFile name: String) throws(PublishError) {
    let last = name.split(separator: "/").last ?? ""
    let ending = last.lastIndex(of: ".").map { last[last.index(after: $0)...].lowercased() }
    switch ending {
    case "csv": self = .csv
    case "tsv": self = .tsv
    case "json": self = .json
    case "ndjson", "jsonl": self = .ndjson
    case "md": self = .markdown
    case "html", "htm": self = .html
    case "xlsx": self = .xlsx
    case "parquet": self = .parquet
    case "svg": self = .svg
    case "db", "sqlite", "sqlite3": self = .sqlite
    default: throw .unknownEnding(name)
    }
  }

  /// The endings that name a format, in the order in which messages list them.
  public static let endings = [
    ".csv", ".tsv", ".json", ".ndjson", ".md", ".html", ".xlsx", ".parquet", ".sqlite",
    ".svg",
  ]

  /// Whether it holds values for programs rather than figures for people.
  public var isData: Bool {
    switch self {
    case .csv, .tsv, .json, .ndjson, .parquet, .sqlite: true
    case .table, .markdown, .html, .xlsx, .svg: false
    }
  }

  /// Whether it is text, which can stand on a terminal.
  public var isText: Bool {
    switch self {
    case .table, .csv, .tsv, .json, .ndjson, .markdown, .html: true
    case .xlsx, .parquet, .sqlite, .svg: false
    }
  }
}
