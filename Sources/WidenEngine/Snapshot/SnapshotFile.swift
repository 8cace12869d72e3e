import Glibc

/// What a snapshot holds: whose it is, what it was read from, and what that gave.
struct SnapshotContents {
  /// The program, the path and the options; see `SnapshotKey`.
  var key: [UInt8] = []
  var sources = SnapshotSources(folder: "")
  var package = OpenedPackage(dataset: Dataset(name: ""), notes: [], reports: [:])
}

extension Archive {
  /// All of a snapshot, the sections of its columns apart.
  mutating func contents(_ contents: inout SnapshotContents) throws(SnapshotDamage) {
    try list(&contents.key, blank: 0) { archive, byte throws(SnapshotDamage) in
      var number = Int(byte)
      try archive.number(&number)
      guard let known = UInt8(exactly: number) else { throw SnapshotDamage() }
      byte = known
    }
    try sources(&contents.sources)
    try package(&contents.package)
  }
}

/// Writes a snapshot into a new file that only the user may read; false when it did not fit.
func writeSnapshot(_ contents: SnapshotContents, to path: String, threads: Int) -> Bool {
  var archive = Archive()
  var contents = contents
  guard (try? archive.contents(&contents)) != nil else { return false }
  let start = archive.sectionsEnd
  let header = SnapshotHeader(
    length: (start + archive.bytes.count + 63) & ~63, catalogueStart: start,
    catalogueBytes: archive.bytes.count)
  let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
  guard descriptor >= 0 else { return false }
  defer { close(descriptor) }
  // What lies between the sections stays zero.
  guard ftruncate(descriptor, header.length) == 0 else { return false }
  for section in archive.sections {
    guard write(section.bytes, at: section.offset, of: descriptor) else { return false }
  }
  guard archive.bytes.withUnsafeBytes({ write($0, at: start, of: descriptor) }),
    header.words.withUnsafeBytes({ write($0, at: 0, of: descriptor) })
  else { return false }
  return sign(path, descriptor, header, threads)
}

/// Sums what was written, from the system's cache of the file, and writes the sum.
private func sign(_ path: String, _ descriptor: Int32, _ header: SnapshotHeader, _ threads: Int)
  -> Bool
{
  guard let file = MappedFile(path: path), file.count == header.length else { return false }
  var header = header
  header.checksum = header.expectedChecksum(file.bytes, threads: threads)
  return header.words.withUnsafeBytes { write($0, at: 0, of: descriptor) }
}

private func write(_ bytes: UnsafeRawBufferPointer, at offset: Int, of descriptor: Int32) -> Bool {
  var done = 0
  while done < bytes.count, let base = bytes.baseAddress {
    let count = pwrite(descriptor, base + done, bytes.count - done, offset + done)
    if count < 0, errno == EINTR { continue }
    if count <= 0 { return false }
    done += count
  }
  return true
}

/// Maps a snapshot and checks everything that anybody will rely on; nil on any doubt.
///
/// Whoever asks for it decides by its key and sources, before the columns are looked at, whether it
/// `isWanted`.
func readSnapshot(
  _ path: String, threads: Int, isWanted: (SnapshotContents) -> Bool
) -> SnapshotContents? {
  guard let file = MappedFile(path: path), let header = SnapshotHeader(file.bytes) else {
    return nil
  }
  let catalogue = header.catalogueStart..<header.catalogueStart + header.catalogueBytes
  var archive = Archive(
    reading: Array(file.bytes[catalogue]), of: file, sectionsEnd: header.catalogueStart)
  var contents = SnapshotContents()
  guard (try? archive.contents(&contents)) != nil, archive.isAtEnd, isWanted(contents),
    header.checksum == header.expectedChecksum(file.bytes, threads: threads),
    contents.package.isSound(threads: threads)
  else { return nil }
  return contents
}
