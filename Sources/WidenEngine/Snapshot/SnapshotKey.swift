import Glibc

/// Which snapshot belongs to a path: the program that reads it, what is read, and how.
///
/// A snapshot is only good for the very same bytes, so that a new build of the program, whatever has
/// changed in it, makes its own.
struct SnapshotKey {
  /// What a path names.
  enum Kind: String {
    case file
    case package
  }

  /// The folder of the path from the root, without links, with `/` at its end.
  let folder: String
  /// The last part of the path.
  let name: String
  let bytes: [UInt8]
  /// The name of the snapshot in its folder; a newer one of the same path takes its place.
  let fileName: String

  /// The key of a path; nil when there is no such folder.
  init?(_ kind: Kind, _ path: String, _ options: LoadOptions, program: String) {
    let slash = path.lastIndex(of: "/")
    guard let real = realpath(slash.map { String(path[...$0]) } ?? ".", nil) else { return nil }
    defer { free(real) }
    name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    let parent = String(cString: real)
    folder = parent == "/" ? parent : parent + "/"
    var (archive, options, program, own, kind) = (Archive(), options, program, folder + name, kind)
    guard
      (try? archive.choice(&kind)) != nil, (try? archive.text(&own)) != nil,
      (try? archive.options(&options)) != nil
    else { return nil }
    let number = archive.bytes.withUnsafeBytes { checksum($0) }
    let digits = String(number, radix: 16)
    fileName = String(repeating: "0", count: 16 - digits.count) + digits + SnapshotKey.ending
    guard (try? archive.text(&program)) != nil else { return nil }
    bytes = archive.bytes
  }

  static let ending = ".snapshot"
}

extension Archive {
  /// All options but those that no result depends on: threads and the size of blocks.
  fileprivate mutating func options(_ options: inout LoadOptions) throws(SnapshotDamage) {
    try optional(&options.sheet)
    try number(&options.skipRows)
    var rows = options.headerRows ?? -1
    try number(&rows)
    var parts = [
      options.separator?.rawValue ?? "", options.encoding?.rawValue ?? "",
      options.dates?.text ?? "",
    ]
    try list(&parts)
    try list(&options.zeros)
    try list(&options.filledColumns)
    try list(&options.columns, blank: .init(column: "", meaning: .text)) {
      archive, column throws(SnapshotDamage) in
      try archive.text(&column.column)
      try archive.choice(&column.meaning)
    }
    var names = options.textColumns.sorted()
    try list(&names)
    try number(&options.maximumFieldBytes)
  }
}
