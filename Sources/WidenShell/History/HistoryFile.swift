internal import Glibc

/// The file behind a history: readable by its owner only, one write an entry.
struct HistoryFile {
  /// Why the file cannot be used.
  struct Problem: Error {
    var message: String
  }

  /// A file beyond this is none that we wrote; it is set aside.
  private static let largest = 64 << 20

  let path: String

  /// All entries in the file, repeats included; none when there is no file.
  func read() throws(Problem) -> [History.Entry] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT { return [] }
      throw problem("read")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw problem("read") }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw Problem(message: "the history is not kept: '\(path)' is no regular file")
    }
    guard status.st_size <= HistoryFile.largest else {
      rename(path, path + ".damaged")
      return []
    }
    if status.st_mode & 0o077 != 0 { fchmod(descriptor, 0o600) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &block, block.count)
      if count > 0 {
        bytes += block[..<count]
      } else if count == 0 {
        return HistoryText.decoded(bytes)
      } else if errno != EINTR {
        throw problem("read")
      }
    }
  }

  /// Adds an entry in one write, so that two shells at once do not mix theirs.
  func append(_ entry: History.Entry) throws(Problem) {
    makePrivateFolders(of: path)
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o600)
    guard descriptor >= 0 else { throw problem("written") }
    defer { close(descriptor) }
    try write(HistoryText.encoded(entry), to: descriptor)
  }

  /// Writes the file anew, whole or not at all.
  func replace(by entries: [History.Entry]) throws(Problem) {
    let target = resolved(path)
    let temporary = target + ".\(getpid())"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw problem("written") }
    do {
      try write(entries.flatMap { HistoryText.encoded($0) }, to: descriptor)
    } catch {
      close(descriptor)
      unlink(temporary)
      throw error
    }
    fsync(descriptor)
    close(descriptor)
    if rename(temporary, target) != 0 {
      unlink(temporary)
      throw problem("written")
    }
  }

  private func write(_ bytes: [UInt8], to descriptor: CInt) throws(Problem) {
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count > 0 { done += count } else if errno != EINTR { throw problem("written") }
    }
  }

  private func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  private func problem(_ verb: String) -> Problem {
    let reason = String(cString: strerror(errno)).lowercased()
    return Problem(message: "the history cannot be \(verb): '\(path)': \(reason)")
  }
}
