internal import Foundation
internal import Glibc

// Sockets on this machine, as the servers of the tests need them.

/// The address of a port of this machine.
func loopback(_ port: Int) -> sockaddr_in {
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = in_port_t(port).bigEndian
  address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
  return address
}

/// A socket that listens, and its port.
func listen() throws -> (handle: Int32, port: Int) {
  let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  var address = loopback(0)
  var size = socklen_t(MemoryLayout<sockaddr_in>.size)
  let result = withUnsafeMutablePointer(to: &address) {
    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
      bind(handle, pointer, size) + Glibc.listen(handle, 16) + getsockname(handle, pointer, &size)
    }
  }
  guard result == 0 else { throw PrivateServer.Failure(description: "no port is free") }
  return (handle, Int(in_port_t(bigEndian: address.sin_port)))
}

/// A port that nobody listens at.
func freePort() throws -> Int {
  let (handle, port) = try listen()
  close(handle)
  return port
}

/// The next connection; nil when nobody listens any more.
func accepted(_ listener: Int32) -> Int32? {
  let client = accept(listener, nil, nil)
  guard client >= 0 else { return nil }
  var yes: Int32 = 1
  setsockopt(
    client, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
  return client
}

/// What has come; nil at the end.
func received(_ handle: Int32) -> [UInt8]? {
  var bytes = [UInt8](repeating: 0, count: 16_384)
  let count = recv(handle, &bytes, bytes.count, 0)
  return count > 0 ? Array(bytes.prefix(count)) : nil
}

/// Sends all; whether the other side took it.
func send(_ bytes: [UInt8], to handle: Int32) -> Bool {
  var sent = 0
  while sent < bytes.count {
    let count = bytes.withUnsafeBytes {
      Glibc.send(
        handle, $0.baseAddress.map { $0 + sent }, bytes.count - sent, Int32(MSG_NOSIGNAL))
    }
    guard count > 0 else { return false }
    sent += count
  }
  return true
}
