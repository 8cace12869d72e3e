import Glibc

/// The bytes that are loaded: a file that is read in pieces, or bytes in memory.
final class ByteSource: Sendable {
  private enum Store: Sendable {
    case file(descriptor: Int32)
    case memory([UInt8])
  }

  /// The name of the file without its folder, for messages.
  let name: String
  /// The path by which it was opened; the name when it is in memory.
  let path: String
  /// How many bytes it has.
  let count: Int
  private let store: Store

  init(bytes: [UInt8], name: String) {
    self.name = fileName(name)
    path = name
    count = bytes.count
    store = .memory(bytes)
  }

  /// Opens a file; what is no regular file, such as a pipe, is read to its end at once.
  init(path: String) throws(LoadError) {
    name = fileName(path)
    self.path = path
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw LoadError.opening(path, errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let code = errno
      close(descriptor)
      throw LoadError.opening(path, code)
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG:
      posix_fadvise(descriptor, 0, 0, Int32(POSIX_FADV_SEQUENTIAL))
      count = Int(status.st_size)
      store = .file(descriptor: descriptor)
    case S_IFDIR:
      close(descriptor)
      throw LoadError(
        "\(shown(path)) is a folder, not a file", hint: "name a file inside of it")
    default:
      let bytes = readToEnd(descriptor)
      close(descriptor)
      guard let bytes else { throw LoadError("\(shown(path)) could not be read") }
      count = bytes.count
      store = .memory(bytes)
    }
  }

  deinit {
    switch store {
    case .file(let descriptor): close(descriptor)
    case .memory: break
    }
  }

  /// Whether the bytes lie in memory and in no file.
  var isInMemory: Bool {
    switch store {
    case .file: false
    case .memory: true
    }
  }

  /// Copies `count` bytes from `offset`; false when they are not all there.
  func read(_ count: Int, at offset: Int, into target: UnsafeMutablePointer<UInt8>) -> Bool {
    switch store {
    case .file(let descriptor):
      var have = 0
      while have < count {
        let got = pread(descriptor, target + have, count - have, offset + have)
        if got < 0, errno == EINTR { continue }
        if got <= 0 { return false }
        have += got
      }
      return true
    case .memory(let bytes):
      guard offset >= 0, count >= 0, offset + count <= bytes.count else { return false }
      bytes.withUnsafeBufferPointer { buffer in
        if let base = buffer.baseAddress { target.update(from: base + offset, count: count) }
      }
      return true
    }
  }

  /// The bytes of a range, cut to what there is.
  func bytes(_ range: Range<Int>) throws(LoadError) -> [UInt8] {
    let range = range.clamped(to: 0..<count)
    var isComplete = true
    let found = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, filled in
      if let base = buffer.baseAddress, !range.isEmpty {
        isComplete = read(range.count, at: range.lowerBound, into: base)
      }
      filled = isComplete ? range.count : 0
    }
    guard isComplete else { throw changed }
    return found
  }

  /// The error of a file that got shorter, or cannot be read any more.
  var changed: LoadError {
    LoadError("\(shown(name)) could not be read to its end: it changed, or its disk failed")
  }
}

private func fileName(_ path: String) -> String {
  path.split(separator: "/").last.map(String.init) ?? path
}

extension LoadError {
  static func opening(_ path: String, _ code: Int32) -> LoadError {
    switch code {
    case ENOENT, ENOTDIR: LoadError("there is no file \(shown(path, limit: 100))")
    case EACCES, EPERM:
      LoadError("\(shown(path, limit: 100)) may not be read", hint: "ask for permission to read it")
    case EISDIR: LoadError("\(shown(path, limit: 100)) is a folder, not a file")
    default:
      LoadError(
        "\(shown(path, limit: 100)) could not be opened: \(String(cString: strerror(code)))")
    }
  }
}

private func readToEnd(_ descriptor: Int32) -> [UInt8]? {
  var bytes: [UInt8] = []
  let piece = 1 << 16
  while true {
    var got = 0
    let more = [UInt8](unsafeUninitializedCapacity: piece) { buffer, filled in
      got = read(descriptor, buffer.baseAddress, piece)
      filled = max(0, got)
    }
    if got < 0, errno == EINTR { continue }
    if got < 0 { return nil }
    if got == 0 { return bytes }
    bytes += more
  }
}
