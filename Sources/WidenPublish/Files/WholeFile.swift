import Glibc

/// A file that appears whole or not at all.
///
/// Bytes go to a new file without a readable name in the same folder, which takes the name only when
/// everything is on the disk. Whatever happens before, that file goes and the old one stays.
struct WholeFile: ~Copyable {
  /// The path as the user gave it, for messages.
  private let shownPath: String
  private let path: String
  private let temporaryPath: String
  private let replaces: Bool
  private var descriptor: Int32
  private var isInPlace = false

  /// Starts a file.
  ///
  /// A new one is readable by all as far as the user's mask allows, unless `isPrivate`; one that
  /// replaces another keeps its permissions.
  init(_ target: Target, shownPath: String, isPrivate: Bool = false) throws(PublishError) {
    let oldMode: mode_t?
    switch target {
    case .new: oldMode = nil
    case .file(_, let mode): oldMode = isPrivate ? nil : mode
    case .stream: throw .notAFile(shownPath)
    }
    let opened = try WholeFile.open(
      in: folder(of: target.path), shownPath, mode: isPrivate ? 0o600 : 0o644)
    // Where permissions cannot be kept, those of a new file do.
    if let oldMode { _ = fchmod(opened.descriptor, oldMode) }
    self.shownPath = shownPath
    path = target.path
    temporaryPath = opened.path
    descriptor = opened.descriptor
    if case .file = target { replaces = true } else { replaces = false }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if !isInPlace { unlink(temporaryPath) }
  }

  /// Adds bytes.
  mutating func write(_ bytes: [UInt8]) throws(PublishError) {
    do {
      try writeAll(bytes, toDescriptor: descriptor, named: shownPath)
    } catch .noSpace(let path, _) {
      throw .noSpace(path, isPartial: false)
    }
  }

  /// Waits until everything is on the disk, after which `putInPlace` can hardly fail.
  mutating func flush() throws(PublishError) {
    if fsync(descriptor) != 0, errno != EINVAL { throw PublishError(errno, path: shownPath) }
    let isClosed = close(descriptor) == 0
    descriptor = -1
    if !isClosed { throw PublishError(errno, path: shownPath) }
  }

  /// Gives the flushed file its name.
  ///
  /// A file that appeared there in the meantime is left alone.
  mutating func putInPlace() throws(PublishError) {
    if !replaces {
      if link(temporaryPath, path) == 0 {
        unlink(temporaryPath)
        return finish()
      }
      if errno == EEXIST { throw .exists(shownPath) }
      // Some file systems know no links; there the name is taken by renaming.
    }
    if case .stream = try Target.at(path) { throw .notAFile(shownPath) }
    if rename(temporaryPath, path) != 0 { throw PublishError(errno, path: shownPath) }
    finish()
  }

  /// Takes a file that was put in place away again, when its other half could not follow.
  mutating func takeBack() {
    if isInPlace, !replaces { unlink(path) }
  }

  private mutating func finish() {
    isInPlace = true
    // The name is on the disk only when the folder is; not every file system can do that.
    let folder = Glibc.open(folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if folder >= 0 {
      fsync(folder)
      close(folder)
    }
  }

  private static func open(
    in folder: String, _ shownPath: String, mode: mode_t
  ) throws(PublishError) -> (path: String, descriptor: Int32) {
    for _ in 0..<100 {
      let number = String(UInt64.random(in: 0...UInt64.max), radix: 36)
      let path = "\(folder)/.widen-\(number).tmp"
      let flags = O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW
      let descriptor = Glibc.open(path, flags, mode)
      if descriptor >= 0 { return (path, descriptor) }
      if errno != EEXIST, errno != EINTR { break }
    }
    throw PublishError(errno, path: shownPath)
  }
}
