import Glibc

/// What a dataset was read from, and how one tells that it is still the same.
struct SnapshotSources: Hashable, Sendable {
  /// A data file as the system knows it; reading it again would be what snapshots save.
  struct File: Hashable, Sendable {
    var path: String
    var device = 0
    var inode = 0
    var bytes = 0
    /// When it was last written to, in nanoseconds since 1970.
    var modified = 0
    /// When it, its name or its rights were last changed.
    var changed = 0
  }

  /// A description, which is short enough to be read each time; or that there is none.
  struct Text: Hashable, Sendable {
    var path: String
    /// -1 when there is no such file.
    var bytes = -1
    var checksum = 0
  }

  /// The folder in which all of them lie, from the root of all files, with `/` at its end.
  var folder: String
  private(set) var files: [File] = []
  private(set) var texts: [Text] = []

  /// Nothing yet of a folder.
  init(folder: String) { self.folder = folder }

  /// How many bytes the data files have.
  var bytes: Int { files.reduce(0) { $0 + min($1.bytes, 1 << 50) } }

  /// Notes a data file that is about to be read; what is no regular file cannot be relied on.
  mutating func add(file name: String) {
    files.append(File(now: folder + name) ?? File(path: folder + name, bytes: -1))
  }

  /// Notes a description, by the bytes that were read or nil when there is none.
  mutating func add(text name: String, _ bytes: [UInt8]?) {
    texts.append(Text(path: folder + name, bytes))
  }

  /// Takes over what was noted before.
  mutating func set(_ files: [File], _ texts: [Text]) { (self.files, self.texts) = (files, texts) }

  /// Whether nothing has been changed since.
  var areUnchanged: Bool {
    files.allSatisfy { $0 == File(now: $0.path) }
      && texts.allSatisfy { $0 == Text(now: $0.path, limit: $0.bytes) }
  }

  /// Whether all files were last changed before a moment, in seconds since 1970: what is written
  /// again in the same tick of the system's clock has the same time.
  func areOlder(than seconds: Int) -> Bool {
    files.allSatisfy { max($0.modified, $0.changed) / 1_000_000_000 < seconds }
  }
}

extension SnapshotSources.File {
  /// A file as it is now; nil when there is no regular file.
  fileprivate init?(now path: String) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    self.path = path
    device = Int(truncatingIfNeeded: status.st_dev)
    inode = Int(truncatingIfNeeded: status.st_ino)
    bytes = Int(status.st_size)
    modified = status.st_mtim.tv_sec &* 1_000_000_000 &+ status.st_mtim.tv_nsec
    changed = status.st_ctim.tv_sec &* 1_000_000_000 &+ status.st_ctim.tv_nsec
  }
}

extension SnapshotSources.Text {
  fileprivate init(path: String, _ found: [UInt8]?) {
    self.path = path
    guard let found else { return }
    bytes = found.count
    checksum = Int(truncatingIfNeeded: found.withUnsafeBytes { WidenEngine.checksum($0) })
  }

  /// A text as it is now; of other than `limit` bytes it is enough to know that it has changed.
  fileprivate init(now path: String, limit: Int) {
    guard access(path, F_OK) == 0 else {
      self.init(path: path, nil)
      return
    }
    let found = try? ByteSource(path: path)
    if let found, found.count == limit, let bytes = try? found.bytes(0..<found.count) {
      self.init(path: path, bytes)
    } else {
      self.init(path: path)
      bytes = -2
    }
  }

  private init(path: String) { self.path = path }
}

extension Archive {
  mutating func sources(_ sources: inout SnapshotSources) throws(SnapshotDamage) {
    var (files, texts) = (sources.files, sources.texts)
    try list(&files, blank: .init(path: "")) { archive, file throws(SnapshotDamage) in
      try archive.text(&file.path)
      try archive.number(&file.device)
      try archive.number(&file.inode)
      try archive.number(&file.bytes)
      try archive.number(&file.modified)
      try archive.number(&file.changed)
    }
    try list(&texts, blank: .init(path: "", nil)) { archive, text throws(SnapshotDamage) in
      try archive.text(&text.path)
      try archive.number(&text.bytes)
      try archive.number(&text.checksum)
    }
    try text(&sources.folder)
    sources.set(files, texts)
  }
}
