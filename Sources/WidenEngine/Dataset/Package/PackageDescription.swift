import WidenLanguage

/// What a `datapackage.json` says: Frictionless Data Package, version 2, with widen's own properties.
struct PackageDescription {
  var title: String
  var isSynthetic: Bool
  var policy: String?
  var attribution: [String]
  var resources: [ResourceDescription]
}

/// What a package says of a file and the table in it.
struct ResourceDescription {
  /// A reference to the key of another table.
  struct ForeignKey {
    var fields: [String]
    /// The name of the other resource; empty for the same one.
    var resource: String
    var key: [String]
    var place: JSONPlace
  }

  /// Whether the columns of the file and the fields of the description may differ.
  enum Match: String, CaseIterable {
    case exact, equal, subset, superset, partial

    /// Whether a field need not be in the file.
    var allowsFewerColumns: Bool {
      switch self {
      case .exact, .equal, .subset: false
      case .superset, .partial: true
      }
    }
  }

  var name: String
  /// The name in queries.
  var table: String
  /// Where the file lies, seen from the folder of the package.
  var path: String
  /// Nil when nothing is said of the columns: their types are then found from the values.
  var fields: [FieldDescription]?
  var match = Match.exact
  var primaryKey: [String] = []
  var foreignKeys: [ForeignKey] = []
  var isPersonal: Bool?
  var isSynthetic: Bool
  var person: String?
  var span: TableDescription.Span?
  var summary: String?
  var place: JSONPlace

  /// Whether the rows are about single people: as said, else when a column could tell.
  var holdsPeople: Bool {
    isPersonal
      ?? (person != nil
        || (fields ?? []).contains { $0.sensitivity == .identifier || $0.sensitivity == .special })
  }
}
