import Glibc
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
    to: path, format: format, rows: answer.table.rowCount, overwrite: overwrite,
    isPrivate: isPrivate
  ) { sink throws(PublishError) in
    try write(answer, as: format, options: options, context: context, to: sink)
  } manifest: { file in
    Manifest(file: file, context: context).bytes(answer)
  }
}

/// Writes results that belong together to one file, by the same rules.
public func export(
  _ report: Report, to path: String, format: Format, overwrite: Bool = false
) throws(PublishError) -> ExportReceipt {
  let rows = report.sections.reduce(0) { $0 + $1.answer.table.rowCount }
  return try export(
    to: path, format: format, rows: rows, overwrite: overwrite, isPrivate: false
  ) { sink throws(PublishError) in
    try writeTogether(report, as: format, to: sink)
  } manifest: { file in
    Manifest.bytes(of: report, file)
  }
}

/// The way of every export: the file, its manifest, and then both into their places.
private func export(
  to path: String, format: Format, rows: Int, overwrite: Bool, isPrivate: Bool,
  _ write: (([UInt8]) throws(PublishError) -> Void) throws(PublishError) -> Void,
  manifest record: (WrittenFile) -> [UInt8]
) throws(PublishError) -> ExportReceipt {
  let target = try Target.at(path)
  switch target {
  case .stream:
    let count = try stream(to: path, write)
    return ExportReceipt(path: path, rows: rows, bytes: count, manifestPath: nil)
  case .file(let found, _): if !overwrite { try checkOwnership(of: found, shownPath: path) }
  case .new: break
  }
  // Beside a file that is reached by a link, the manifest stands where the file does.
  let manifestPath = Manifest.path(of: target.path)
  let manifestTarget = try Target.at(manifestPath)
  var file = try WholeFile(target, shownPath: path, isPrivate: isPrivate)
  var hash = SHA256()
  var byteCount = 0
  try write { bytes throws(PublishError) in
    hash.update(bytes)
    byteCount += bytes.count
    try file.write(bytes)
  }
  try file.flush()
  let written = WrittenFile(
    name: fileName(of: target.path), format: format, hash: hash.hexadecimal(),
    byteCount: byteCount)
  var manifest = try WholeFile(manifestTarget, shownPath: manifestPath, isPrivate: isPrivate)
  try manifest.write(record(written))
  try manifest.flush()
  try file.putInPlace()
  do {
    try manifest.putInPlace()
  } catch {
    file.takeBack()
    throw error
  }
  return ExportReceipt(
    path: path, rows: rows, bytes: byteCount, manifestPath: manifestPath)
}

/// Writes to a device or a pipe, and gives back how many bytes that were.
private func stream(
  to path: String,
  _ write: (([UInt8]) throws(PublishError) -> Void) throws(PublishError) -> Void
) throws(PublishError) -> Int {
  let descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY)
  guard descriptor >= 0 else { throw PublishError(errno, path: path) }
  defer { close(descriptor) }
  var byteCount = 0
  try write { bytes throws(PublishError) in
    byteCount += bytes.count
    try writeAll(bytes, toDescriptor: descriptor, named: path)
  }
  return byteCount
}

/// Passes when the manifest beside a file says that widen wrote just these bytes.
private func checkOwnership(of path: String, shownPath: String) throws(PublishError) {
  guard case .file(let manifestPath, _)? = try? Target.at(Manifest.path(of: path)),
    let manifest = try? readPieces(of: manifestPath),
    let recorded = Manifest.recordedHash(in: manifest.bytes, forFile: fileName(of: path))
  else { throw .exists(shownPath) }
  let present = try readPieces(of: path, keepsBytes: false)
  if present.hash != recorded { throw .editedSince(shownPath) }
}

/// Reads a file piece by piece: its hash, and its bytes if they are wanted.
private func readPieces(
  of path: String, keepsBytes: Bool = true
) throws(PublishError) -> (hash: String, bytes: [UInt8]) {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw PublishError(errno, path: path) }
  defer { close(descriptor) }
  var hash = SHA256()
  var bytes: [UInt8] = []
  while true {
    var count = 0
    let piece = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, filled in
      count = read(descriptor, buffer.baseAddress, buffer.count)
      filled = max(0, count)
    }
    if count == 0 { return (hash.hexadecimal(), bytes) }
    if count < 0, errno == EINTR { continue }
    guard count > 0 else { throw PublishError(errno, path: path) }
    hash.update(piece)
    if keepsBytes { bytes += piece }
  }
}
