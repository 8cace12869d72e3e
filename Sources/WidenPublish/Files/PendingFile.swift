import Glibc

/// A file of results that is being written: it gets its name, and a manifest beside it, when all went
/// well, and else everything stays as it was.
///
/// Devices and named pipes are written to as they stand, and have no manifest.
public final class PendingFile {
  private let shownPath: String
  private let target: Target
  private let isPrivate: Bool
  /// Nil for a device.
  private let file: WholeFile?
  private let device: Int32

  /// Prepares to write, so that a file that cannot be written is known before the work.
  ///
  /// A file that exists is replaced when `overwrite` says so, or when its manifest shows that widen
  /// wrote it and nobody has changed it since.
  public init(_ path: String, overwrite: Bool, isPrivate: Bool = false) throws(PublishError) {
    shownPath = path
    self.isPrivate = isPrivate
    target = try Target.at(path)
    switch target {
    case .stream:
      file = nil
      device = open(path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY)
      if device < 0 { throw PublishError(errno, path: path) }
      return
    case .file(let found, _): if !overwrite { try checkOwnership(of: found, shownPath: path) }
    case .new: break
    }
    _ = try Target.at(Manifest.path(of: target.path))
    file = try WholeFile(target, shownPath: path, isPrivate: isPrivate)
    device = -1
  }

  deinit { if device >= 0 { close(device) } }

  /// Where the bytes of the file go.
  public var descriptor: Int32 { file?.descriptor ?? device }

  /// Adds bytes.
  func write(_ bytes: [UInt8]) throws(PublishError) {
    guard let file else {
      return try writeAll(bytes, toDescriptor: device, named: shownPath)
    }
    try file.write(bytes)
  }

  /// Writes the manifest, and puts both into their places: both, or neither.
  ///
  /// Gives back the path of the manifest, nil for a device, and how many bytes the file has.
  @discardableResult
  public func finish(
    _ results: [ResultRecord], title: String? = nil, format: Format
  ) throws(PublishError) -> (manifestPath: String?, byteCount: Int) {
    guard let file else { return (nil, 0) }
    try file.flush()
    // Beside a file that is reached by a link, the manifest stands where the file does.
    let manifestPath = Manifest.path(of: target.path)
    let written = try readPieces(of: file.descriptor, shownPath: shownPath, keepsBytes: false)
    let record = Manifest(
      file: WrittenFile(
        name: fileName(of: target.path), format: format, hash: written.hash,
        byteCount: written.count,
        workingFolder: workingFolder(seenFrom: folder(of: target.path))),
      title: title, results: results)
    let manifest = try WholeFile(
      try Target.at(manifestPath), shownPath: manifestPath, isPrivate: isPrivate)
    try manifest.write(record.bytes)
    try manifest.flush()
    try file.putInPlace()
    do {
      try manifest.putInPlace()
    } catch {
      file.takeBack()
      throw error
    }
    return (manifestPath, written.count)
  }
}

/// Passes when the manifest beside a file says that widen wrote just these bytes.
private func checkOwnership(of path: String, shownPath: String) throws(PublishError) {
  guard case .file(let manifestPath, _)? = try? Target.at(Manifest.path(of: path)),
    let manifest = try? readFile(manifestPath),
    let recorded = Manifest.recordedHash(in: manifest.bytes, forFile: fileName(of: path))
  else { throw .exists(shownPath) }
  if try readFile(path, keepsBytes: false).hash != recorded { throw .editedSince(shownPath) }
}

/// What a file holds, and its hash.
func readFile(
  _ path: String, keepsBytes: Bool = true
) throws(PublishError) -> (hash: String, bytes: [UInt8], count: Int) {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw PublishError(errno, path: path) }
  defer { close(descriptor) }
  return try readPieces(of: descriptor, shownPath: path, keepsBytes: keepsBytes)
}

/// Reads an open file from its start, piece by piece: its hash, and its bytes if they are wanted.
private func readPieces(
  of descriptor: Int32, shownPath: String, keepsBytes: Bool
) throws(PublishError) -> (hash: String, bytes: [UInt8], count: Int) {
  var hash = SHA256()
  var bytes: [UInt8] = []
  var place = 0
  while true {
    var count = 0
    let piece = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, filled in
      count = pread(descriptor, buffer.baseAddress, buffer.count, place)
      filled = max(0, count)
    }
    if count == 0 { return (hash.hexadecimal(), bytes, place) }
    if count < 0, errno == EINTR { continue }
    guard count > 0 else { throw PublishError(errno, path: shownPath) }
    hash.update(piece)
    place += count
    if keepsBytes { bytes += piece }
  }
}

/// The folder that the program works in, as seen from another; nil when neither lies in the other.
///
/// A longer way round would say more about a machine than an export should.
private func workingFolder(seenFrom folder: String) -> String? {
  guard let here = realpath(".", nil), let there = realpath(folder, nil) else { return nil }
  defer {
    free(here)
    free(there)
  }
  let parts = [here, there].map { (path: UnsafeMutablePointer<CChar>) -> [Substring] in
    String(cString: path).split(separator: "/")
  }
  let common = zip(parts[0], parts[1]).prefix { $0 == $1 }.count
  if common == parts[0].count, common == parts[1].count { return "." }
  if common == parts[0].count {
    let steps = [String](repeating: "..", count: parts[1].count - common)
    return steps.joined(separator: "/")
  }
  guard common == parts[1].count else { return nil }
  let steps: [String] = parts[0].dropFirst(common).map(String.init)
  return steps.joined(separator: "/")
}
