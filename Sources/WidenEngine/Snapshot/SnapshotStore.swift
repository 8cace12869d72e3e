import Glibc

/// The folder where the columns of large files are kept as they are in memory, so that opening the
/// same files again takes milliseconds.
///
/// A snapshot is a copy of its source: it can always be made again, and is never told of. Whatever
/// is wrong with it, with the folder or with the disk, the source is read as if there were none.
public struct SnapshotStore: Sendable {
  /// Where snapshots lie; only the user can look into it.
  public let folder: String
  /// Tells one build of the program from all others, since they may read files differently.
  public let program: String
  /// Smaller sources are read nearly as fast as a snapshot is opened.
  public var leastSourceBytes = 1 << 20
  /// How much all snapshots may take; those that were not used for longest are removed.
  public var mostBytes = 2 << 30
  /// How many seconds a source must have rested, so that its time tells whether it was changed.
  public var restSeconds = 2
  private let now: @Sendable () -> Int

  /// A store in a folder, which is made when it is needed; `now` gives seconds since 1970.
  public init(folder: String, program: String, now: @escaping @Sendable () -> Int) {
    self.folder = folder
    self.program = program
    self.now = now
  }

  /// What was read from a path before, if nothing has changed since.
  func stored(_ key: SnapshotKey, threads: Int) -> OpenedPackage? {
    let path = folder + "/" + key.fileName
    let found = readSnapshot(path, threads: threads) {
      $0.key == key.bytes && $0.sources.areUnchanged
    }
    guard let found else { return nil }
    // The time of the file is that of its latest use.
    utimes(path, nil)
    var package = found.package
    for table in package.reports.keys { package.reports[table]?.isFromSnapshot = true }
    return package
  }

  /// The moment before which sources must have been changed last, to be asked for before reading.
  func restedSince() -> Int { now() - restSeconds }

  /// Keeps what was read, unless it is small, or has been changed in the meantime.
  func keep(
    _ package: OpenedPackage, _ key: SnapshotKey, _ sources: SnapshotSources, restedSince: Int,
    threads: Int
  ) {
    guard sources.bytes >= leastSourceBytes, sources.areOlder(than: restedSince),
      sources.areUnchanged, makeFolder()
    else { return }
    let path = folder + "/" + key.fileName
    let temporary = "\(path).\(getpid()).\(UInt32.random(in: 0...UInt32.max)).part"
    let contents = SnapshotContents(key: key.bytes, sources: sources, package: package)
    guard writeSnapshot(contents, to: temporary, threads: threads),
      size(of: temporary) <= mostBytes,
      rename(temporary, path) == 0
    else {
      unlink(temporary)
      return
    }
    tidy(keeping: key.fileName)
  }

  /// Makes the folder, and those above it, for the user alone.
  private func makeFolder() -> Bool {
    var end = folder.startIndex
    while let slash = folder[end...].firstIndex(of: "/") {
      let parent = folder[..<slash]
      if !parent.isEmpty { mkdir(String(parent), 0o700) }
      end = folder.index(after: slash)
    }
    mkdir(folder, 0o700)
    var status = stat()
    guard stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR,
      status.st_uid == geteuid()
    else { return false }
    return status.st_mode & 0o077 == 0 || chmod(folder, 0o700) == 0
  }

  /// Removes what was not used for longest until the rest is small enough, and what was left half
  /// written by a program that ended.
  private func tidy(keeping newest: String) {
    guard let directory = opendir(folder) else { return }
    defer { closedir(directory) }
    var found: [(path: String, bytes: Int, time: Int)] = []
    var sum = 0
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      let path = folder + "/" + name
      var status = stat()
      guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
      if name.hasSuffix(".part"), status.st_mtim.tv_sec < now() - 3600 { unlink(path) }
      guard name.hasSuffix(SnapshotKey.ending) else { continue }
      sum += Int(status.st_size)
      if name != newest { found.append((path, Int(status.st_size), status.st_mtim.tv_sec)) }
    }
    found.sort { ($0.time, $0.path) < ($1.time, $1.path) }
    for file in found where sum > mostBytes {
      if unlink(file.path) == 0 { sum -= file.bytes }
    }
  }

  private func size(of path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : .max
  }
}
