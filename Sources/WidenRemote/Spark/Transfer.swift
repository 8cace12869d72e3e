internal import Glibc

/// A request under way, and what has come back of it.
final class Transfer {
  private let library: LibCurl
  private let connections: LibCurl.Handle
  private let handle: LibCurl.Handle
  private var headers: LibCurl.Handle?
  /// Where libcurl writes what went wrong.
  let errorText: UnsafeMutablePointer<CChar>

  private var frames = Frames()
  private var bodyStart: [UInt8] = []
  private var answer = TransferEnd()
  private var hasEnded = false
  /// How it ended, once all messages have been taken; nil while it has not.
  var end: TransferEnd? {
    guard hasEnded else { return nil }
    var end = answer
    end.isCut = frames.isWithinMessage
    return end
  }
  /// Whether anything has come since somebody looked.
  private(set) var hasNews = false

  init(_ library: LibCurl, _ connections: LibCurl.Handle, _ handle: LibCurl.Handle) {
    self.library = library
    self.connections = connections
    self.handle = handle
    errorText = .allocate(capacity: errorTextCount)
    errorText.initialize(repeating: 0, count: errorTextCount)
  }

  deinit {
    // Of a request that is under way, the server is told that nobody waits for it any more.
    _ = library.multiRemove(connections, handle)
    library.easyCleanup(handle)
    library.listFree(headers)
    errorText.deallocate()
  }

  /// Sets the headers that are sent, a line each.
  func setHeaders(_ lines: [String]) {
    for line in lines { headers = library.listAppend(headers, line) ?? headers }
    _ = library.set(.headers, headers, of: handle)
  }

  /// The next message that has come; nil when none has yet.
  func next() throws(Malformed) -> [UInt8]? {
    hasNews = false
    guard answer.isGRPC else { return nil }
    return try frames.next()
  }

  func receive(_ bytes: UnsafeBufferPointer<UInt8>) {
    hasNews = true
    if answer.isGRPC { frames.append(bytes) }
  }

  func receive(header line: String) {
    guard let colon = line.firstIndex(of: ":") else { return }
    let name = line[..<colon].lowercased()
    var value = line[line.index(after: colon)...]
    while let last = value.last, last.isWhitespace { value.removeLast() }
    while let first = value.first, first.isWhitespace { value.removeFirst() }
    switch name {
    case "content-type": answer.isGRPC = value.hasPrefix("application/grpc")
    case "grpc-status": answer.status = Int(value) ?? 2
    case "grpc-message": answer.message = percentDecoded(value)
    case "grpc-status-details-bin": answer.details = base64Decoded(value) ?? []
    default: break
    }
  }

  func finish(_ result: Int32) {
    answer.result = result
    answer.httpStatus = library.status(of: handle)
    if result != 0 {
      let said = String(cString: errorText)
      answer.cause =
        said.isEmpty ? library.easyError(result).map { String(cString: $0) } ?? "" : said
    }
    hasEnded = true
  }
}

/// How a request ended.
struct TransferEnd {
  /// libcurl's result: 0 when nothing was wrong with the connection.
  var result: Int32 = 0
  /// What libcurl says was wrong.
  var cause = ""
  /// The status of HTTP; 0 when there was no answer.
  var httpStatus = 0
  /// Whether the answer is one of gRPC.
  var isGRPC = false
  /// The status of gRPC; nil when the stream ended without one, so that something is missing.
  var status: Int?
  /// What the server says of its status.
  var message = ""
  /// More that the server says, as a message of its own.
  var details: [UInt8] = []
  /// Whether the last message is not whole.
  var isCut = false

  /// Whether all came that there is, and nothing is wrong.
  var isFine: Bool { result == 0 && status == 0 && !isCut }

  /// Whether the connection broke or the server is not ready, so that asking again may help.
  var isBroken: Bool {
    if isCut || status == nil && isGRPC { return true }
    if let status { return status == GRPCStatus.unavailable }
    return [502, 503, 504].contains(httpStatus)
      || result != 0 && !CurlResult.lasting.contains(result)
  }

  /// Whether nothing of the request can have reached the server.
  var isUnreached: Bool {
    [CurlResult.noHost, CurlResult.noConnection].contains(result) || result == 28 && httpStatus == 0
  }
}

/// The numbers that gRPC gives these.
enum GRPCStatus {
  static let cancelled = 1
  static let notPermitted = 7
  static let noRoom = 8
  static let unknownMethod = 12
  static let unavailable = 14
  static let unknownUser = 16
}

/// The numbers that libcurl's headers give these.
enum CurlResult {
  static let noProxy: Int32 = 5
  static let noHost: Int32 = 6
  static let noConnection: Int32 = 7
  static let late: Int32 = 28
  static let noSecureConnection: Int32 = 35
  static let wrongCertificate: Int32 = 60
  static let noCertificates: Int32 = 77
  /// What goes wrong again however often it is tried: no such protocol, address, proxy or memory, and
  /// what is amiss with TLS and its certificates.
  static let lasting: Set<Int32> = [
    1, 2, 3, 4, noProxy, 27, noSecureConnection, 41, 43, 48, 53, 54, 58, 59, wrongCertificate, 64,
    66,
    noCertificates, 80, 82, 83, 90, 91,
  ]
}

private let errorTextCount = 256
