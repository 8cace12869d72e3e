internal import Foundation
internal import Glibc
internal import Synchronization

/// A way to a server on which connections are cut, and answers delayed, as a test wants it.
public final class FaultyProxy: Sendable {
  /// Where the server is.
  public enum Target: Sendable {
    case port(Int)
    /// A socket of the file system.
    case socket(String)
  }

  private struct Faults: Sendable {
    var bytesUntilCut: Int?
    var secondsPerAnswer = 0.0
    var isSilent = false
    var isClosed = false
  }

  /// Where it is reached, on this machine.
  public let port: Int
  private let target: Target
  private let listener: Int32
  private let faults = Mutex(Faults())

  /// Starts to listen.
  public init(to target: Target) throws {
    self.target = target
    (listener, port) = try listen()
    let proxy = self
    Thread.detachNewThread {
      while let client = accepted(proxy.listener) {
        Thread.detachNewThread { proxy.serve(client) }
      }
      Glibc.close(proxy.listener)
    }
  }

  /// Lets so many bytes of the server's answers pass, and cuts the connection then; once.
  public func cut(after bytes: Int) { faults.withLock { $0.bytesUntilCut = bytes } }

  /// Gives every piece of an answer so late.
  public func delay(_ seconds: Double) { faults.withLock { $0.secondsPerAnswer = seconds } }

  /// Takes what comes, and gives nothing back.
  public func fallSilent(_ isSilent: Bool = true) { faults.withLock { $0.isSilent = isSilent } }

  /// Takes no more connections.
  public func close() {
    guard !faults.withLock({ faults in exchange(&faults.isClosed, true) }) else { return }
    // Whoever accepts closes it: its number may be another's then.
    shutdown(listener, Int32(SHUT_RDWR))
  }

  private func serve(_ client: Int32) {
    guard let server = connected(to: target) else {
      Glibc.close(client)
      return
    }
    let proxy = self
    Thread.detachNewThread {
      while let bytes = received(client), send(bytes, to: server) {}
      shutdown(server, Int32(SHUT_RDWR))
    }
    while let bytes = received(server), proxy.passOn(bytes, to: client) {}
    shutdown(client, Int32(SHUT_RDWR))
    shutdown(server, Int32(SHUT_RDWR))
    // The other thread may still look at them; the process is short.
  }

  /// Whether the connection goes on.
  private func passOn(_ bytes: [UInt8], to client: Int32) -> Bool {
    let (faults, allowed) = faults.withLock { faults in
      guard let left = faults.bytesUntilCut else { return (faults, bytes.count) }
      faults.bytesUntilCut = bytes.count < left ? left - bytes.count : nil
      return (faults, min(left, bytes.count))
    }
    if faults.secondsPerAnswer > 0 { Thread.sleep(forTimeInterval: faults.secondsPerAnswer) }
    if faults.isSilent { return true }
    return send(Array(bytes.prefix(allowed)), to: client) && allowed == bytes.count
  }
}

private func exchange(_ value: inout Bool, _ new: Bool) -> Bool {
  defer { value = new }
  return value
}

func connected(to target: FaultyProxy.Target) -> Int32? {
  switch target {
  case .port(let port):
    let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = loopback(port)
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(handle, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    return result == 0 ? handle : nil
  case .socket(let path):
    let handle = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(100)) }
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(handle, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    return result == 0 ? handle : nil
  }
}
