import WidenLanguage

/// What a package says of a column.
struct FieldDescription {
  /// The types of the standard; those that widen has no type for stay text.
  enum Kind: String, CaseIterable {
    case string, integer, number, boolean, date, year, yearmonth, any
    case time, datetime, duration, object, array, list, geopoint, geojson

    /// Whether widen reads it as what it is; else it stays text.
    var isKnown: Bool {
      switch self {
      case .string, .integer, .number, .boolean, .date, .year, .yearmonth, .any: true
      case .time, .datetime, .duration, .object, .array, .list, .geopoint, .geojson: false
      }
    }
  }

  /// What every cell must be.
  struct Constraints {
    var isRequired = false
    var isUnique = false
    /// The values that are allowed; nil for all.
    var allowed: [String]?
  }

  var name: String
  var kind: Kind
  /// How dates are written; nil for 2014-04-01.
  var datePattern: DateDirectives?
  var categories: [String]?
  var isOrdered = false
  /// What stands for a missing value besides an empty cell.
  var missing: Set<String>
  var yes: Set<String> = ["true", "True", "TRUE", "1"]
  var no: Set<String> = ["false", "False", "FALSE", "0"]
  var constraints = Constraints()
  var sensitivity: ColumnDescription.Sensitivity?
  var notRecorded: [String] = []
  var mapping: ColumnDescription.CodeMapping?
  var summary: String?
  /// Where the package describes it, for errors.
  var place: JSONPlace

  /// Whether the loader has to leave its cells as they are written, to be read by `FieldReader`.
  ///
  /// It can read numbers and dates itself, and faster, as long as nothing stands for a missing value
  /// that it does not take for one.
  var needsText: Bool {
    switch kind {
    case .string, .boolean, .time, .datetime, .duration, .object, .array, .list, .geopoint,
      .geojson:
      true
    case .integer, .number, .year, .yearmonth, .any: hasOwnMissing
    case .date: hasOwnMissing || datePattern != nil
    }
  }

  private var hasOwnMissing: Bool { !missing.isSubset(of: Shorthand.all) }
}
