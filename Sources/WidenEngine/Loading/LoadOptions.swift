/// How a file is to be read: what the user declares because a file cannot tell it.
public struct LoadOptions: Hashable, Sendable {
  /// How many threads may work, the calling one included.
  public var threads = 2
  /// The sheet of a workbook or the table of a database; nil when there is only one.
  public var sheet: String?
  /// How many rows stand above the header and are to be skipped.
  public var skipRows = 0
  /// How many rows the header has; nil means one, and that nothing is said of notes in the table.
  ///
  /// A number, or rows to skip, declare a sheet as published: rows without figures are left out.
  public var headerRows: Int?
  /// What separates fields; nil means that the file shows it.
  public var separator: Separator?
  /// How characters are written as bytes; nil means that the file shows it.
  public var encoding: Encoding?
  /// How dates are written that are not like 2014-04-01.
  public var dates: DateForm?
  /// What stands for zero in columns of numbers, such as `-`.
  public var zeros: [String] = []
  /// Columns whose empty cells have the value above them.
  public var filledColumns: [String] = []
  /// What is declared of single columns.
  public var columns: [ColumnDeclaration] = []
  /// The names of columns, where they exist, whose cells stay as they are written: text with every
  /// leading zero, neither numbers nor yes and no, and with no shorthand read as missing.
  public var textColumns: Set<String> = []
  /// The names, in small letters, of the columns that anybody will look into; nil: all of them.
  ///
  /// The cells of others are passed over, which is faster: only their names are known then, see
  /// `Table.unreadColumns`. It is no matter for a file of which there is a snapshot.
  public var namedColumns: Set<String>?
  /// The longest field that is accepted.
  public var maximumFieldBytes = 1 << 20
  /// How many bytes a thread reads at a time; tests make it small, to cut fields in two.
  var blockBytes = 256 << 10

  /// Options that suit most files.
  public init() {}

  /// Whether rows may be titles, notes and headings between the rows of the table.
  var isPublishedSheet: Bool { skipRows > 0 || headerRows != nil || !filledColumns.isEmpty }
}

/// What separates the fields of a row.
public enum Separator: String, Hashable, Sendable, CaseIterable {
  case comma = ","
  case tab
  case semicolon = ";"
  case bar = "|"

  var byte: UInt8 {
    switch self {
    case .comma: UInt8(ascii: ",")
    case .tab: 9
    case .semicolon: UInt8(ascii: ";")
    case .bar: UInt8(ascii: "|")
    }
  }

  /// As in `separated by semicolons`.
  var plural: String {
    switch self {
    case .comma: "commas"
    case .tab: "tabs"
    case .semicolon: "semicolons"
    case .bar: "vertical bars"
    }
  }
}

/// How characters are written as bytes.
public enum Encoding: String, Hashable, Sendable, CaseIterable {
  case utf8 = "utf-8"
  case windows1252 = "windows-1252"
  case utf16 = "utf-16"
}

/// What the user says of the values of a column.
public struct ColumnDeclaration: Hashable, Sendable {
  /// What the values are.
  public enum Meaning: String, Hashable, Sendable, CaseIterable {
    /// Never numbers or dates, whatever they look like.
    case text
    /// Months, also written as 202510, Sep-17 or 2017-SEP.
    case month
    /// Years from April to March, written as 2009/10, 2009-10 or 200910.
    case financialYear = "financial_year"
    /// Years from August to July, written as 2009/10, 2009-10 or 200910.
    case academicYear = "academic_year"
  }

  /// The column's name.
  public var column: String
  /// What its values are.
  public var meaning: Meaning

  /// A declaration of one column.
  public init(column: String, meaning: Meaning) {
    self.column = column
    self.meaning = meaning
  }
}
