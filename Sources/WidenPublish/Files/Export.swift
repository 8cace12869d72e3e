public import WidenEngine

/// What an export wrote.
public struct ExportReceipt: Hashable, Sendable {
  /// The file, as it was named.
  public var path: String
  /// The rows of the result.
  public var rows: Int
  /// The bytes of the file.
  public var bytes: Int
  /// The manifest beside it; nil for a device or a named pipe, which has none.
  public var manifestPath: String?
}

/// Writes a result to a file and its manifest beside it: both whole, or neither.
///
/// A file that exists is replaced when `overwrite` says so, or when its manifest shows that widen
/// wrote it and nobody has changed it since. Devices and named pipes are written to as they stand.
public func export(
  _ answer: Answer, to path: String, format: Format, context: ExportContext,
  overwrite: Bool = false, options: WritingOptions = WritingOptions(), isPrivate: Bool = false
) throws(PublishError) -> ExportReceipt {
  try export(
    to: path, format: format, overwrite: overwrite, isPrivate: isPrivate,
    [ResultRecord(answer, context: context, format: format)], rows: answer.table.rowCount
  ) { sink throws(PublishError) in
    try write(answer, as: format, options: options, context: context, to: sink)
  }
}

/// Writes results that belong together to one file, by the same rules.
public func export(
  _ report: Report, to path: String, format: Format, overwrite: Bool = false
) throws(PublishError) -> ExportReceipt {
  try export(
    to: path, format: format, overwrite: overwrite, isPrivate: false,
    report.sections.map { ResultRecord($0, format: format) }, title: report.shownTitle,
    rows: report.sections.reduce(0) { $0 + $1.answer.table.rowCount }
  ) { sink throws(PublishError) in
    try writeTogether(report, as: format, to: sink)
  }
}

/// The way of every export: the file, its manifest, and then both into their places.
private func export(
  to path: String, format: Format, overwrite: Bool, isPrivate: Bool,
  _ records: @autoclosure () -> [ResultRecord], title: String? = nil, rows: Int,
  _ write: (([UInt8]) throws(PublishError) -> Void) throws(PublishError) -> Void
) throws(PublishError) -> ExportReceipt {
  let file = try PendingFile(path, overwrite: overwrite, isPrivate: isPrivate)
  var byteCount = 0
  try write { bytes throws(PublishError) in
    byteCount += bytes.count
    try file.write(bytes)
  }
  let manifestPath = try file.finish(records(), title: title, format: format).manifestPath
  return ExportReceipt(path: path, rows: rows, bytes: byteCount, manifestPath: manifestPath)
}
