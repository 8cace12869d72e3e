import WidenLanguage

/// A file of a dataset that is written as a folder.
public struct PackageFile: Sendable {
  /// Its name in the folder.
  public var name: String
  /// Makes its content, when it is wanted: a large table is not held twice for longer than needed.
  public var content: @Sendable () -> [UInt8]
}

extension Dataset {
  /// The files that a folder of the dataset holds: one a table, the description last.
  ///
  /// `openPackage` reads the same dataset from them.
  public var packageFiles: [PackageFile] {
    var files = entries.map { entry in
      PackageFile(name: "\(entry.description.name).csv") { entry.table.csvBytes }
    }
    if !definitions.isEmpty {
      let text = definitions.hasSuffix("\n") ? definitions : definitions + "\n"
      files.append(PackageFile(name: "definitions.widen") { Array(text.utf8) })
    }
    let readMe = readMe
    files.append(PackageFile(name: "README.md") { Array(readMe.utf8) })
    let description = packageDescription
    files.append(PackageFile(name: "datapackage.json") { Array(description.fileText.utf8) })
    return files
  }

  /// What a person who finds the folder wants to know first.
  private var readMe: String {
    let tables = entries.map { entry in
      "- `\(entry.description.name).csv`: \(entry.description.summary ?? "a table")"
    }
    let sentences = attribution.map { "- \($0)." }
    var parts = [
      "# \(name)",
      """
      A dataset for widen: one CSV file for each table, what they hold in `datapackage.json` \
      (Frictionless Data Package, version 2), and named groups in `definitions.widen`. Open it with \
      `widen` and the name of this folder. To use data of your own, replace the CSV files and \
      describe their columns in the same way.
      """,
    ]
    if isSynthetic { parts.append("The people in it are invented.") }
    parts.append(tables.joined(separator: "\n"))
    if !sentences.isEmpty { parts.append("## Sources\n\n" + sentences.joined(separator: "\n")) }
    return parts.joined(separator: "\n\n") + "\n"
  }
}
