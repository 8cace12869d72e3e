internal import CRemote
internal import Glibc

/// Requests to one server, several of which may be under way; gRPC over HTTP/2.
///
/// The connections behind it stay open between requests, and belong to whoever made them.
struct Channel {
  private let library: LibCurl
  private let address: SparkAddress
  private let connections: LibCurl.Handle

  /// A channel over the connections that a number stands for.
  init?(_ library: LibCurl, _ address: SparkAddress, connections: Int) {
    guard let connections = LibCurl.Handle(bitPattern: connections) else { return nil }
    self.library = library
    self.address = address
    self.connections = connections
  }

  /// Connections that no server has been asked for yet; 0 when there is no memory.
  static func makeConnections(_ library: LibCurl) -> Int {
    Int(bitPattern: library.multiInit())
  }

  static func close(_ connections: Int, _ library: LibCurl) {
    guard let connections = LibCurl.Handle(bitPattern: connections) else { return }
    _ = library.multiCleanup(connections)
  }

  /// Starts a request; what comes back comes while waiting.
  func start(_ method: String, _ message: [UInt8]) throws(ServerError) -> Transfer {
    guard let handle = library.easyInit() else {
      throw ServerError("there is no memory for a request to \(address.name)")
    }
    let transfer = Transfer(library, connections, handle)
    let context = Unmanaged.passUnretained(transfer).toOpaque()
    let body = Frames.framed(message)
    var isFine = library.set(.address, address.base + method, of: handle) == 0
    isFine =
      library.set(
        .httpVersion, address.isSecure ? LibCurl.secureHTTP2 : LibCurl.plainHTTP2, of: handle) == 0
      && isFine
    guard isFine else {
      throw ServerError(
        "the library libcurl of this system knows no HTTP/2, which Spark speaks",
        hint: "apt-get install libcurl4 installs one that does")
    }
    transfer.setHeaders(
      address.headers + ["content-type: application/grpc", "te: trailers", "expect:"])
    let numbers: [(LibCurl.Option, Int)] = [
      (.post, 1), (.withoutSignals, 1), (.connectingMilliseconds, connectingSeconds * 1000),
      (.keepsAlive, 1), (.idleSeconds, 30), (.intervalSeconds, 10), (.bufferSize, 256 << 10),
    ]
    for (option, number) in numbers { _ = library.set(option, number, of: handle) }
    if !address.isSecure {
      // A proxy passes on what is encrypted; what is not would not reach the server as it is.
      _ = library.set(.proxy, "", of: handle)
      // libcurl 7.88 loses the thread when it uses a connection again that was HTTP/2 from its start.
      _ = library.set(.freshConnection, 1, of: handle)
      _ = library.set(.singleUse, 1, of: handle)
    }
    if let path = address.certificates { _ = library.set(.certificates, path, of: handle) }
    _ = library.set(.bodySize, size: body.count, of: handle)
    _ = body.withUnsafeBytes { library.set(.copiedBody, $0.baseAddress, of: handle) }
    _ = library.set(.bodyReceiver, receiveBody, of: handle)
    _ = library.set(.bodyContext, context, of: handle)
    _ = library.set(.owner, context, of: handle)
    _ = library.set(.headerReceiver, receiveHeader, of: handle)
    _ = library.set(.headerContext, context, of: handle)
    _ = library.set(.errorText, transfer.errorText, of: handle)
    _ = library.multiAdd(connections, handle)
    return transfer
  }

  /// Sends and receives what there is, of this transfer and all others; waits for more, so many
  /// milliseconds at most, where there is nothing.
  func wait(_ milliseconds: Int32, for transfer: Transfer) {
    perform()
    if transfer.hasNews || transfer.end != nil { return }
    _ = library.multiPoll(connections, nil, 0, milliseconds, nil)
    perform()
  }

  private func perform() {
    var count: Int32 = 0
    _ = library.multiPerform(connections, &count)
    while let message = library.multiRead(connections, &count) {
      guard message.pointee.kind == 1, let handle = message.pointee.transfer,
        let owner = library.owner(of: handle)
      else { continue }
      Unmanaged<Transfer>.fromOpaque(owner).takeUnretainedValue()
        .finish(message.pointee.data.result)
    }
  }
}

/// A server that has not answered for so long will not.
private let connectingSeconds = 10

private let receiveBody: widen_receiver = { bytes, size, count, context in
  guard let bytes, let context else { return 0 }
  let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
  let all = Int(size * count)
  bytes.withMemoryRebound(to: UInt8.self, capacity: all) {
    transfer.receive(UnsafeBufferPointer(start: $0, count: all))
  }
  return size * count
}

private let receiveHeader: widen_receiver = { bytes, size, count, context in
  guard let bytes, let context else { return 0 }
  let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
  let line = UnsafeRawBufferPointer(start: bytes, count: Int(size * count))
  transfer.receive(header: String(decoding: line, as: UTF8.self))
  return size * count
}
