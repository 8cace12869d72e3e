internal import Glibc

/// The bytes of a file that is ours alone, of a longer one the last; nil when there is none.
func readPrivate(_ path: String, atMost length: Int = .max) throws(Failure) -> [UInt8]? {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
  guard descriptor >= 0 else {
    if errno == ENOENT { return nil }
    throw unusable(path, "read")
  }
  defer { close(descriptor) }
  if fchmod(descriptor, 0o600) != 0, errno == EPERM { throw unusable(path, "read") }
  if length < .max, lseek(descriptor, 0, SEEK_END) > length {
    lseek(descriptor, -length, SEEK_END)
  } else {
    lseek(descriptor, 0, SEEK_SET)
  }
  var bytes: [UInt8] = []
  var block = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = read(descriptor, &block, block.count)
    if count > 0 {
      bytes += block[..<count]
    } else if count == 0 {
      return bytes
    } else if errno != EINTR {
      throw unusable(path, "read")
    }
  }
}

/// Adds bytes to a file that is ours alone, in one write; `opening` stands first in a new one.
func appendPrivate(_ bytes: [UInt8], to path: String, opening: [UInt8] = []) throws(Failure) {
  makePrivateFolders(of: path)
  let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o600)
  guard descriptor >= 0 else { throw unusable(path, "written") }
  defer { close(descriptor) }
  var status = stat()
  guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
    throw unusable(path, "written")
  }
  let whole = status.st_size == 0 ? opening + bytes : bytes
  var written = 0
  while written < whole.count {
    let count = whole[written...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if count > 0 {
      written += count
    } else if errno != EINTR {
      // Half a record would make the rest unreadable.
      _ = ftruncate(descriptor, status.st_size)
      throw unusable(path, "written")
    }
  }
}

/// Makes the folders on the way to a file, for the owner only.
func makePrivateFolders(of path: String) {
  for index in path.indices.dropFirst() where path[index] == "/" {
    mkdir(String(path[..<index]), 0o700)
  }
}

private func unusable(_ path: String, _ done: String) -> Failure {
  .sentence(
    "'\(path)' cannot be \(done): \(String(cString: strerror(errno)))",
    hint: "what is released has to be remembered; XDG_STATE_HOME names another folder")
}
