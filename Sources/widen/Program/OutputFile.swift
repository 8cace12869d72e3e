internal import Glibc

/// The file of `--output`: it appears whole when all went well, and else stays as it was.
struct OutputFile {
  /// Takes what is to be in the file.
  let writer: DescriptorWriter
  private let descriptor: CInt
  private let name: String
  /// The file that takes the place of the other at the end; nil when bytes go straight to a device.
  private let temporary: String?
  private let target: String

  /// Prepares to write, so that a target that cannot be written is known before the work.
  init(_ name: String) throws(UsageError) {
    self.name = name
    let real = realpath(name, nil)
    target = real.map { String(cString: $0) } ?? name
    free(real)
    var status = stat()
    let exists = stat(target, &status) == 0
    let kind = status.st_mode & S_IFMT
    if exists && kind == S_IFDIR {
      throw UsageError("'\(name)' is a folder", hint: "--output takes the name of a file")
    }
    // Renaming over a device or a pipe would replace it.
    let isDevice = exists && kind != S_IFREG
    let path = isDevice ? target : "\(target).\(getpid()).part"
    let mode = exists && !isDevice ? status.st_mode & 0o777 : 0o666
    let flags = isDevice ? O_WRONLY | O_CLOEXEC : O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC
    descriptor = open(path, flags, mode)
    guard descriptor >= 0 else {
      throw UsageError("'\(name)' cannot be written: \(systemMessage())")
    }
    temporary = isDevice ? nil : path
    writer = DescriptorWriter(descriptor)
  }

  /// Puts the file in its place; returns a message when that is not possible.
  func finish() -> String? {
    writer.flush()
    if writer.failure == nil, temporary != nil, fsync(descriptor) != 0 {
      return abandoned(because: systemMessage())
    }
    switch writer.failure {
    case .closed: return abandoned(because: "nobody reads it")
    case .failed(let reason): return abandoned(because: reason)
    case nil: break
    }
    if close(descriptor) != 0 { return abandoned(because: systemMessage()) }
    if let temporary, rename(temporary, target) != 0 {
      return abandoned(because: systemMessage())
    }
    return nil
  }

  /// Leaves the target as it was.
  func abandon() {
    close(descriptor)
    if let temporary { unlink(temporary) }
  }

  private func abandoned(because reason: String) -> String {
    abandon()
    return "'\(name)' cannot be written: \(reason)"
  }
}
