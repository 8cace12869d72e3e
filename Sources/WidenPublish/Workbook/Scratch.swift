import Glibc

/// A file without a name that goes when nobody has it open: where a package is put together.
///
/// What is written by a library that wants a file, and not bytes in their order, takes this way to
/// a pipe, a device, or a file that appears whole.
final class Scratch {
  private let stream: UnsafeMutablePointer<FILE>

  init() throws(PublishError) {
    guard let stream = tmpfile() else { throw .noScratchSpace }
    self.stream = stream
  }

  deinit { fclose(stream) }

  /// A name under which it can be opened as long as it is.
  var path: String { "/proc/self/fd/\(fileno(stream))" }

  /// Bytes from a place on; fewer where it ends.
  func bytes(at offset: Int, count: Int) throws(PublishError) -> [UInt8] {
    var start = 0
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while start < count {
        let read = pread(
          fileno(stream), buffer.baseAddress.map { $0 + start }, count - start, offset + start)
        if read > 0 { start += read }
        if read < 0, errno != EINTR { failed = true }
        if read == 0 || failed { break }
      }
      filled = start
    }
    if failed { throw .noScratchSpace }
    return bytes
  }

  /// How many bytes there are.
  var count: Int { max(0, Int(lseek(fileno(stream), 0, SEEK_END))) }
}
