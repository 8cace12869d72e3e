internal import Glibc

/// The address of a cluster, such as `sc://host:15002/;token=…;x-databricks-cluster-id=…`.
///
/// What is not known becomes a header of every request, as in the other clients of Spark Connect.
struct SparkAddress: Sendable {
  /// What it is called in messages: without its parameters, for some are secret.
  let name: String
  /// What requests begin with.
  let base: String
  let isSecure: Bool
  /// Whether it says by a token who asks.
  let hasToken: Bool
  let user: String
  /// The file of the certificates that are trusted; nil: the system's.
  let certificates: String?
  /// A line each, as they are sent.
  let headers: [String]

  static let scheme = "sc://"

  /// Reads an address; `environment` gives what is not in it.
  init(_ text: String, environment: (String) -> String? = environmentValue) throws(ServerError) {
    var rest = text.dropFirst(SparkAddress.scheme.count)
    let host = rest.prefix { $0 != "/" && $0 != ";" && $0 != "?" }
    rest = rest.dropFirst(host.count)
    guard text.hasPrefix(SparkAddress.scheme), let (machine, port) = SparkAddress.parts(of: host)
    else {
      // What stands there is not shown: it may be a token.
      throw SparkAddress.wrong("no host and port stand in it")
    }
    if rest.first == "/" { rest = rest.dropFirst() }
    guard rest.isEmpty || rest.first == ";" else {
      throw SparkAddress.wrong("behind the host only parameters can stand, each behind a semicolon")
    }
    var known: [String: String] = [:]
    var headers: [String] = []
    for part in rest.split(separator: ";") {
      guard let equals = part.firstIndex(of: "="), equals > part.startIndex else {
        throw SparkAddress.wrong("a parameter has no value")
      }
      let key = String(part[..<equals])
      let value = percentDecoded(part[part.index(after: equals)...])
      guard key.utf8.allSatisfy(SparkAddress.isNameByte),
        value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
      else { throw SparkAddress.wrong("a parameter has characters that cannot be sent") }
      if SparkAddress.reserved.contains(key) {
        known[key] = value
      } else {
        headers.append("\(key): \(value)")
      }
    }
    let token = known["token"] ?? environment("SPARK_CONNECT_AUTHENTICATE_TOKEN")
    if let token, token.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }), !token.isEmpty {
      headers.append("authorization: Bearer \(token)")
    }
    let isHere = ["localhost", "127.0.0.1", "[::1]"].contains(machine)
    hasToken = token != nil
    isSecure = known["use_ssl"]?.lowercased() == "true" || token != nil && !isHere
    name = "\(SparkAddress.scheme)\(machine):\(port)"
    base = "\(isSecure ? "https" : "http")://\(machine):\(port)/spark.connect.SparkConnectService/"
    certificates =
      environment("SSL_CERT_FILE") ?? environment("GRPC_DEFAULT_SSL_ROOTS_FILE_PATH")
    user = known["user_id"] ?? environment("USER") ?? "widen"
    self.headers = headers + ["user-agent: \(known["user_agent"].map { "\($0) " } ?? "")widen"]
  }

  private static let reserved: Set = [
    "use_ssl", "token", "user_id", "user_agent", "session_id", "grpc_keepalive_enabled",
    "grpc_keepalive_time_ms", "grpc_keepalive_timeout_ms", "grpc_keepalive_without_calls",
  ]

  /// Host and port; nil when the text has anything that is neither.
  private static func parts(of text: Substring) -> (machine: String, port: Int)? {
    var host = text
    var port = 15002
    if let colon = text.lastIndex(of: ":"), text.last != "]" {
      guard let number = Int(text[text.index(after: colon)...]), (1...65535).contains(number) else {
        return nil
      }
      port = number
      host = text[..<colon]
    }
    let isNumbered = host.first == "[" && host.last == "]"
    let isFine = host.utf8.allSatisfy { byte in
      isAlphanumeric(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: "_")
        || isNumbered && [UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]")].contains(byte)
    }
    return isFine && !host.isEmpty ? (String(host), port) : nil
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: ".")
  }

  private static func wrong(_ message: String) -> ServerError {
    ServerError(
      "this is no address of a cluster: \(message)",
      hint: "sc://host:15002, or sc://host:443/;use_ssl=true;token=…")
  }
}

/// A variable of the environment; nil when it is not set, or empty.
func environmentValue(_ name: String) -> String? {
  guard let value = getenv(name), value[0] != 0 else { return nil }
  return String(cString: value)
}
