import Glibc

/// Writes all bytes to an open descriptor, whatever it is: a file, a pipe, a terminal.
///
/// Partial writes go on and interrupted ones are repeated. The program must have called
/// `ignoreClosedPipes()` at its start, so that a closed pipe is `.closedPipe` and not the end of it.
public func writeAll(
  _ bytes: [UInt8], toDescriptor descriptor: Int32, named name: String = "standard output"
) throws(PublishError) {
  var start = 0
  while start < bytes.count {
    let written = bytes.withUnsafeBytes { buffer in
      Glibc.write(descriptor, buffer.baseAddress.map { $0 + start }, buffer.count - start)
    }
    if written >= 0 {
      start += written
      continue
    }
    switch errno {
    case EINTR: continue
    case EAGAIN:
      // The descriptor was opened as non-blocking by whoever shares it: wait until it takes more.
      var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      _ = poll(&waiting, 1, -1)
    default: throw PublishError(errno, path: name, isPartial: true)
    }
  }
}

/// Makes writing to a pipe whose reader has gone an error instead of the end of the program.
public func ignoreClosedPipes() {
  _ = signal(SIGPIPE, SIG_IGN)
}

extension PublishError {
  /// The error that a system call left in `errno`.
  init(_ code: Int32, path: String, isPartial: Bool = false) {
    switch code {
    case EPIPE: self = .closedPipe
    case ENOSPC, EDQUOT: self = .noSpace(path, isPartial: isPartial)
    case EACCES, EPERM, EROFS: self = .notPermitted(path)
    case EISDIR: self = .folder(path)
    case EEXIST: self = .exists(path)
    default: self = .failed(path, reason: systemWords(code))
    }
  }
}

/// The system's words for an error, in the house's form: lower case, no full stop.
private func systemWords(_ code: Int32) -> String {
  guard let words = strerror(code) else { return "error \(code)" }
  let text = String(cString: words)
  return text.prefix(1).lowercased() + text.dropFirst()
}
