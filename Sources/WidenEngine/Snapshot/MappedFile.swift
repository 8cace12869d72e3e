import Glibc

/// A file of the user's own, mapped into memory for reading; unmapped when nobody refers to it.
///
/// Its pages are the system's cache of the file, so that opening copies nothing. A file that is
/// replaced by another of its name stays as it was for whoever has mapped it.
final class MappedFile: Sendable {
  /// The number of bytes.
  let count: Int
  // A number instead of a pointer, since pointers cannot be sent to other threads.
  private let address: UInt

  /// Maps a file; nil when there is none, or when anybody but the user may have written it.
  init?(path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_uid == geteuid(), status.st_mode & 0o022 == 0, status.st_size > 0
    else { return nil }
    count = Int(status.st_size)
    // All of it is read at once, to check it: one call is a third of the time of a fault for each
    // few pages.
    guard let memory = mmap(nil, count, PROT_READ, MAP_PRIVATE | MAP_POPULATE, descriptor, 0),
      memory != MAP_FAILED
    else { return nil }
    address = UInt(bitPattern: memory)
  }

  deinit {
    munmap(UnsafeMutableRawPointer(bitPattern: address), count)
  }

  /// All bytes, valid as long as the file is held.
  var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: count)
  }
}
