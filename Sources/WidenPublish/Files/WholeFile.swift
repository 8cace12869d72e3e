import Glibc

/// A file that appears whole or not at all.
///
/// Bytes go to a file without any name in the same folder, which gets one only when everything is on
/// the disk: until then nothing is to be seen, and nothing is left when the program is killed. Where
/// the file system knows no such files, they have a hidden name. Whatever happens before, the new
/// file goes and the old one stays.
final class WholeFile {
  /// Where bytes are written to, and can be read back.
  private(set) var descriptor: Int32
  /// The path as the user gave it, for messages.
  private let shownPath: String
  private let path: String
  /// The hidden name; nil while it has none.
  private var temporaryPath: String?
  private let replaces: Bool
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
    close(descriptor)
    if let temporaryPath { unlink(temporaryPath) }
  }

  /// Adds bytes.
  func write(_ bytes: [UInt8]) throws(PublishError) {
    do {
      try writeAll(bytes, toDescriptor: descriptor, named: shownPath)
    } catch .noSpace(let path, _) {
      throw .noSpace(path, isPartial: false)
    }
  }

  /// Waits until everything is on the disk, after which `putInPlace` can hardly fail.
  func flush() throws(PublishError) {
    if fsync(descriptor) != 0, errno != EINVAL { throw PublishError(errno, path: shownPath) }
  }

  /// Gives the flushed file its name.
  ///
  /// A file that appeared there in the meantime is left alone.
  func putInPlace() throws(PublishError) {
    if !replaces {
      if giveName(path) {
        if let temporaryPath { unlink(temporaryPath) }
        return finish()
      }
      if errno == EEXIST { throw .exists(shownPath) }
      // Some file systems know no links; there the name is taken by renaming.
    }
    if case .stream = try Target.at(path) { throw .notAFile(shownPath) }
    // Only a file with a name can take the place of another.
    if temporaryPath == nil {
      let hidden = WholeFile.hiddenPath(in: folder(of: path))
      if !giveName(hidden) { throw PublishError(errno, path: shownPath) }
      temporaryPath = hidden
    }
    guard let temporaryPath, rename(temporaryPath, path) == 0 else {
      throw PublishError(errno, path: shownPath)
    }
    finish()
  }

  /// Takes a file that was put in place away again, when its other half could not follow.
  func takeBack() {
    if isInPlace, !replaces { unlink(path) }
  }

  private func giveName(_ name: String) -> Bool {
    if let temporaryPath { return link(temporaryPath, name) == 0 }
    return linkat(
      AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0
  }

  private func finish() {
    temporaryPath = nil
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
  ) throws(PublishError) -> (path: String?, descriptor: Int32) {
    // The second part of O_TMPFILE, which the Glibc module does not show.
    let nameless = Glibc.open(folder, 0o20_000_000 | O_DIRECTORY | O_RDWR | O_CLOEXEC, mode)
    // Without the list of open files such a file could get no name.
    if nameless >= 0 {
      if access("/proc/self/fd/\(nameless)", F_OK) == 0 { return (nil, nameless) }
      close(nameless)
    }
    for _ in 0..<100 {
      let path = hiddenPath(in: folder)
      let flags = O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC | O_NOFOLLOW
      let descriptor = Glibc.open(path, flags, mode)
      if descriptor >= 0 { return (path, descriptor) }
      if errno != EEXIST, errno != EINTR { break }
    }
    throw PublishError(errno, path: shownPath)
  }

  private static func hiddenPath(in folder: String) -> String {
    "\(folder)/.widen-\(String(UInt64.random(in: 0...UInt64.max), radix: 36)).tmp"
  }
}
