internal import Glibc
internal import Synchronization
internal import WidenPublish

/// A file descriptor that text is written to, in blocks; a failure is kept for the end.
final class DescriptorWriter {
  /// What went wrong with a write.
  enum Failure: Equatable {
    /// Nobody reads any more.
    case closed
    case failed(String)
  }

  private static let blockBytes = 1 << 16

  private let descriptor: CInt
  private var pending: [UInt8] = []
  /// The first failure; nothing is written after it.
  private(set) var failure: Failure?
  /// Raised with a failure, for the threads that compute what would have been written.
  let hasFailed = Alarm()

  init(_ descriptor: CInt) {
    self.descriptor = descriptor
  }

  func write(_ text: String) {
    pending.append(contentsOf: text.utf8)
    if pending.count >= DescriptorWriter.blockBytes { flush() }
  }

  func write(_ bytes: [UInt8]) {
    pending.append(contentsOf: bytes)
    if pending.count >= DescriptorWriter.blockBytes { flush() }
  }

  /// Writes at once, and returns whether that was possible.
  func writeNow(_ bytes: [UInt8]) -> Bool {
    pending.append(contentsOf: bytes)
    flush()
    return failure == nil
  }

  func flush() {
    defer { pending.removeAll(keepingCapacity: true) }
    guard failure == nil, !pending.isEmpty else { return }
    do throws(PublishError) {
      try writeAll(pending, toDescriptor: descriptor)
    } catch {
      failure = error == .closedPipe ? .closed : .failed(systemMessage())
      hasFailed.raise()
    }
  }
}

/// A condition that threads may ask for.
final class Alarm: Sendable {
  private let value = Atomic<Bool>(false)

  var isRaised: Bool { value.load(ordering: .relaxed) }

  func raise() { value.store(true, ordering: .relaxed) }
}

/// What the system says about the last failure, in our style: `no space left on device`.
func systemMessage(_ number: CInt = errno) -> String {
  let text = String(cString: strerror(number))
  return text.prefix(1).lowercased() + text.dropFirst()
}

/// Makes sure that no file that is opened later takes the place of a closed standard stream.
func reserveStandardDescriptors() {
  for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
  where fcntl(descriptor, F_GETFD) == -1 {
    // Read only, so that writing to a closed standard output is noticed.
    _ = open("/dev/null", O_RDONLY)
  }
}
