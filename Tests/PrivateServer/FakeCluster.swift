internal import Foundation
internal import Glibc
internal import Synchronization

/// A server that speaks as much of gRPC over HTTP/2 as Spark Connect's client hears, and answers what
/// a test has written down.
public final class FakeCluster: Sendable {
  /// A request, told by the fields that its message has.
  public enum Request: Sendable, Hashable {
    case configuration, execution, reattachment, release, interruption, details, ending
  }

  /// What is answered.
  public struct Reply: Sendable {
    /// The messages of the stream.
    public var messages: [[UInt8]] = []
    /// The status of gRPC; nil: the stream ends without one.
    public var status: Int? = 0
    /// What the status is about, as it is on the wire.
    public var message = ""
    /// In base 64.
    public var details = ""
    /// So many bytes of the last message are kept back.
    public var missingBytes = 0
    /// Whether the connection is cut instead of a proper end.
    public var isCut = false
    /// Whether nothing more comes, nor any end.
    public var isEndless = false
    /// The status of HTTP.
    public var httpStatus = 200
    /// What kind of answer it says that it is.
    public var contentType = "application/grpc"

    /// These messages, and that all is well.
    public init(_ messages: [[UInt8]] = []) { self.messages = messages }
  }

  /// Where it is reached, on this machine.
  public let port: Int
  private let listener: Int32
  private let answer: @Sendable (Request, [UInt8]) -> Reply
  private let seen = Mutex<[Request]>([])

  /// Starts to listen; `answer` is asked for each request, with its message.
  public init(_ answer: @escaping @Sendable (Request, [UInt8]) -> Reply) throws {
    self.answer = answer
    (listener, port) = try listen()
    let cluster = self
    Thread.detachNewThread {
      while let client = accepted(cluster.listener) {
        Thread.detachNewThread {
          cluster.serve(client)
          close(client)
        }
      }
      close(cluster.listener)
    }
  }

  /// What it was asked, in order.
  public var requests: [Request] { seen.withLock { $0 } }

  /// Takes no more connections.
  public func stop() {
    // Whoever accepts closes it: its number may be another's then.
    shutdown(listener, Int32(SHUT_RDWR))
  }

  private func serve(_ client: Int32) {
    var connection = HTTPConnection(client)
    guard connection.begin() else { return }
    while let (stream, body) = connection.nextRequest() {
      guard body.count >= 5, let request = Request(message: body.dropFirst(5)) else { continue }
      seen.withLock { $0.append(request) }
      let reply = answer(request, Array(body.dropFirst(5)))
      connection.answer(stream, reply)
      if reply.isCut { return }
    }
  }
}

extension FakeCluster.Request {
  /// Which request a message is: each has fields that the others have not.
  fileprivate init?(message: ArraySlice<UInt8>) {
    var fields: [Int: ArraySlice<UInt8>] = [:]
    var rest = message
    while let key = rest.popFirst() {
      guard let first = rest.popFirst() else { return nil }
      var count = Int(first & 127)
      var last = first
      var shift = 7
      while last > 127, let next = rest.popFirst() {
        count |= Int(next & 127) << shift
        shift += 7
        last = next
      }
      fields[Int(key >> 3)] = key & 7 == 0 ? [] : rest.prefix(count)
      if key & 7 == 2 { rest = rest.dropFirst(count) }
    }
    // A plan and settings are messages, whose first byte tells their first field.
    let isMessage = fields[3]?.first == 0x0A
    switch (isMessage, fields[4] != nil) {
    case (true, _): self = fields[6] == nil ? .configuration : .execution
    case (false, false): self = .ending
    case (false, true) where fields[3].map { $0.elementsEqual("widen".utf8) } ?? false:
      self = .interruption
    case (false, true) where fields[5]?.isEmpty ?? false: self = .release
    case (false, true): self = fields[6] == nil ? .details : .reattachment
    }
  }
}

/// The frames of HTTP/2, as far as one request after the other needs them.
private struct HTTPConnection {
  private let client: Int32
  private var bytes: [UInt8] = []
  private var bodies: [Int: [UInt8]] = [:]

  init(_ client: Int32) { self.client = client }

  /// Takes the client's greeting and gives ours.
  mutating func begin() -> Bool {
    guard take(24) != nil else { return false }
    return send(frame(4, 0, 0, []), to: client)
  }

  /// The next request that is whole: its stream and its body.
  mutating func nextRequest() -> (stream: Int, body: [UInt8])? {
    while let head = take(9) {
      let count = Int(head[0]) << 16 | Int(head[1]) << 8 | Int(head[2])
      let (kind, flags) = (head[3], head[4])
      let stream = head[5...8].reduce(0) { $0 << 8 | Int($1) } & 0x7FFF_FFFF
      guard let payload = take(count) else { return nil }
      switch kind {
      case 0: bodies[stream, default: []] += payload
      case 4 where flags & 1 == 0: _ = send(frame(4, 1, 0, []), to: client)
      case 6 where flags & 1 == 0: _ = send(frame(6, 1, 0, payload), to: client)
      case 7: return nil
      default: continue
      }
      if kind == 0, flags & 1 == 1 { return (stream, bodies.removeValue(forKey: stream) ?? []) }
    }
    return nil
  }

  func answer(_ stream: Int, _ reply: FakeCluster.Reply) {
    var headers = literal(":status", "\(reply.httpStatus)")
    headers += literal("content-type", reply.contentType)
    var all = frame(1, 4, stream, headers)
    var body: [UInt8] = []
    for message in reply.messages { body += [0] + number(message.count, 4) + message }
    body.removeLast(min(reply.missingBytes, body.count))
    for start in stride(from: 0, to: body.count, by: 1000) {
      all += frame(0, 0, stream, Array(body[start..<min(start + 1000, body.count)]))
    }
    if !reply.isCut, !reply.isEndless {
      var trailers: [UInt8] = []
      if let status = reply.status { trailers += literal("grpc-status", "\(status)") }
      if !reply.message.isEmpty { trailers += literal("grpc-message", reply.message) }
      if !reply.details.isEmpty {
        trailers += literal("grpc-status-details-bin", reply.details)
      }
      all += trailers.isEmpty ? frame(0, 1, stream, []) : frame(1, 5, stream, trailers)
    }
    _ = send(all, to: client)
  }

  private func frame(_ kind: UInt8, _ flags: UInt8, _ stream: Int, _ payload: [UInt8]) -> [UInt8] {
    number(payload.count, 3) + [kind, flags] + number(stream, 4) + payload
  }

  /// A number in so many bytes, the highest first.
  private func number(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * (count - 1 - $0))) }
  }

  /// A header that refers to no earlier one.
  private func literal(_ name: String, _ value: String) -> [UInt8] {
    [0] + length(name.utf8.count) + Array(name.utf8) + length(value.utf8.count) + Array(value.utf8)
  }

  private func length(_ count: Int) -> [UInt8] {
    guard count >= 127 else { return [UInt8(count)] }
    var rest = count - 127
    var bytes: [UInt8] = [127]
    while rest > 127 {
      bytes.append(UInt8(rest & 127) | 128)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }

  private mutating func take(_ count: Int) -> [UInt8]? {
    while bytes.count < count {
      guard let more = received(client) else { return nil }
      bytes += more
    }
    defer { bytes.removeFirst(count) }
    return Array(bytes.prefix(count))
  }
}
