import Glibc
import WidenEngine
public import WidenLanguage

/// An export as its manifest tells of it.
public struct RecordedExport: Sendable {
  /// One of its results.
  public struct Result: Sendable {
    /// What it is called, where it has a title.
    public var title: String?
    /// The disclosure policy that was followed.
    public var policy: String
    /// The numbers of that policy; nil where the figures are about nobody.
    public var policyNumbers: [String: Int]?
    /// What it takes to make it again.
    public var recipe: Recipe
    /// What it said.
    public var figures: RecordedFigures
    /// The types of its columns.
    public var types: [ValueType]
  }

  /// The file, as it was named.
  public var path: String
  /// Whether the file is as it was written; nil where it is not beside its manifest.
  public var isUntouched: Bool?
  /// Its format.
  public var format: Format
  /// The version of widen that wrote it.
  public var version: String
  /// When, in ISO 8601.
  public var time: String
  /// The folders in which names of files may be looked for, besides the one that the program works in.
  public var folders: [String]
  /// In the order in which the file holds them.
  public var results: [Result]

  /// Reads the manifest of an export; either of the two may be named.
  public init(at path: String) throws(ManifestProblem) {
    let ending = Manifest.path(of: "")
    let isManifest = path.hasSuffix(ending) && path.utf8.count > ending.utf8.count
    self.path = isManifest ? String(path.dropLast(ending.utf8.count)) : path
    // The manifest of a file that is reached by a link stands where the file does.
    var place = self.path
    if case .file(let found, _)? = try? Target.at(place) { place = found }
    let manifestPath = Manifest.path(of: place)
    let whole = try RecordedExport.read(manifestPath, of: self.path, isNamed: isManifest)
    let manifest = ManifestPart(whole, name: fileName(of: manifestPath))
    guard try manifest.number("manifest") == Manifest.version else {
      throw manifest.problem(
        "was written by another version of widen, which kept not all that it takes",
        hint: "export the result anew; from then on it can be run again")
    }
    let name = try manifest.text("format")
    guard let format = Format(named: name) else { throw manifest.damaged("format") }
    self.format = format
    version = try manifest.text("widen")
    time = try manifest.text("time")
    let folder = folder(of: place)
    folders = try [manifest.optionalText("folder")].compactMap(\.self).map { "\(folder)/\($0)" }
    folders.append(folder)
    results = try manifest.parts("results").map { part throws(ManifestProblem) in
      try Result(part)
    }
    if let present = try? readFile(self.path, keepsBytes: false) {
      isUntouched = present.hash == (try manifest.text("sha256"))
    }
  }

  /// A file by the name it had then: from where the program works, or beside the export; nil when it
  /// is in none of these places.
  public func located(_ name: String) -> String? {
    let places = name.hasPrefix("/") ? [name] : [name] + folders.map { "\($0)/\(name)" }
    return places.first { access($0, F_OK) == 0 }
  }

  private static func read(
    _ manifestPath: String, of path: String, isNamed: Bool
  ) throws(ManifestProblem) -> JSONValue {
    let bytes: [UInt8]
    do throws(PublishError) {
      guard case .file = try Target.at(manifestPath) else { throw .missingFolder("") }
      bytes = try readFile(manifestPath).bytes
    } catch {
      if case .file? = try? Target.at(path), !isNamed {
        throw ManifestProblem(
          "there is no manifest beside \(quoted(path)), so nothing is known of how it was made",
          hint: "put \(quoted(fileName(of: manifestPath))) back into its folder, or export anew")
      }
      throw ManifestProblem(
        "\(quoted(isNamed ? manifestPath : path)) cannot be read",
        hint: "name a file that widen exported, or the manifest beside it")
    }
    do {
      return try JSONValue(parsing: bytes[...])
    } catch {
      throw ManifestProblem(
        "the manifest \(quoted(manifestPath)) is damaged at byte \(error.byteOffset): "
          + error.message,
        hint: "take it from a copy of the export, or export anew")
    }
  }
}

/// Why an export cannot be run again from its manifest.
public struct ManifestProblem: Error, Hashable, Sendable {
  /// Third person, lower case, no full stop.
  public var message: String
  /// A way out.
  public var hint: String?

  init(_ message: String, hint: String?) {
    self.message = message
    self.hint = hint
  }
}

extension RecordedExport.Result {
  fileprivate init(_ part: ManifestPart) throws(ManifestProblem) {
    title = try part.optionalText("title")
    policy = try part.text("policy")
    if part.value("threshold") != nil {
      policyNumbers = [:]
      for name in ["threshold", "base", "window"] { policyNumbers?[name] = try part.number(name) }
    }
    guard let recipe = try part.part("recipe") else {
      throw part.problem("does not say how the result was made", hint: "export it anew")
    }
    self.recipe = try Recipe(recipe)
    guard let written = try part.part("figures_written") else {
      throw part.damaged("figures_written")
    }
    let columns = try part.parts("columns")
    types = try columns.map { part throws(ManifestProblem) in
      guard let type = ValueType(rawValue: try part.text("type")) else {
        throw part.damaged("type")
      }
      return type
    }
    figures = try RecordedFigures(
      written,
      columns: columns.map { part throws(ManifestProblem) in try part.text("name") },
      rowCount: part.number("row_count"))
  }
}

extension Recipe {
  fileprivate init(_ part: ManifestPart) throws(ManifestProblem) {
    var source = Source.empty
    if part.value("sample") != nil { source = .sample(posts: try part.number("sample")) }
    if part.value("files") != nil { source = .files(try part.texts("files")) }
    self.init(
      script: try part.optionalText("script"), obstacle: try part.optionalText("obstacle"),
      source: source, definitions: try part.named("definitions"),
      columns: try part.named("fingerprints"), keyName: try part.optionalText("key"))
    server = try part.optionalText("database")
    policy = try part.text("policy")
    policyReason = try part.optionalText("policy_reason")
    seal = try part.optionalText("seal")
  }
}

extension RecordedFigures {
  fileprivate init(
    _ part: ManifestPart, columns: [String], rowCount: Int
  ) throws(ManifestProblem) {
    let labels = try part.number("labels")
    var rows: [[JSONValue]]?
    if let list = part.value("rows") {
      guard case .array(let items) = list, items.count == rowCount else {
        throw part.damaged("rows")
      }
      rows = []
      for item in items {
        guard case .array(let cells) = item, cells.count == columns.count else {
          throw part.damaged("rows")
        }
        rows?.append(cells)
      }
    }
    guard (0...columns.count).contains(labels), rowCount >= 0 else { throw part.damaged("labels") }
    self.init(
      columns: columns, labels: labels, rowCount: rowCount, hash: try part.text("sha256"),
      columnHashes: rows == nil ? try part.texts("column_sha256") : [], rows: rows)
  }
}
