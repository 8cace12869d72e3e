internal import Glibc

/// Reads the text of a script.
enum TextFile {
  /// The whole text of a file; `-` is standard input.
  static func read(_ name: String) throws(UsageError) -> String {
    if name == "-" { return try text(of: STDIN_FILENO, called: "standard input") }
    let descriptor = open(name, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw UsageError("'\(name)' cannot be read: \(systemMessage())")
    }
    defer { close(descriptor) }
    return try text(of: descriptor, called: "'\(name)'")
  }

  /// All that comes from a descriptor, as text.
  static func text(of descriptor: CInt, called name: String) throws(UsageError) -> String {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &block, block.count)
      if count > 0 {
        bytes += block[..<count]
      } else if count == 0 {
        return try decoded(bytes, called: name)
      } else if errno != EINTR {
        throw UsageError("\(name) cannot be read: \(systemMessage())")
      }
    }
  }

  /// The text of these bytes, without a byte order mark and with bare newlines.
  static func decoded(_ bytes: [UInt8], called name: String) throws(UsageError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw UsageError("\(name) is not UTF-8 text", hint: "save it as UTF-8")
    }
    var scalars = text.unicodeScalars
    if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
    guard scalars.contains("\r") else { return String(scalars) }
    var plain = String.UnicodeScalarView()
    var last: Unicode.Scalar?
    for scalar in scalars {
      if scalar == "\r" {
        plain.append("\n")
      } else if !(scalar == "\n" && last == "\r") {
        plain.append(scalar)
      }
      last = scalar
    }
    return String(plain)
  }
}
