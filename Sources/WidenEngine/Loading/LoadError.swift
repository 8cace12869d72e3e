/// Why a file was refused, and where.
public struct LoadError: Error, Hashable, Sendable {
  /// What is wrong: lower case, no full stop, and with the line when there is one.
  public var message: String
  /// The line of the file, from 1.
  public var line: Int?
  /// The byte in that line, from 1.
  public var column: Int?
  /// The way out.
  public var hint: String?
  /// Where the header seems to stand, when that is what is wrong.
  public var headerPlace: HeaderPlace?
  /// Whether bytes were found that are not UTF-8.
  var isEncoding = false

  /// An error at a place, with a way out.
  public init(_ message: String, line: Int? = nil, column: Int? = nil, hint: String? = nil) {
    self.message = message
    self.line = line
    self.column = column
    self.hint = hint
  }
}

/// Text from a file between single quotes for a message: cut to 40 characters, without control or
/// direction characters, so that it cannot act on a terminal.
func shown(_ text: String, limit: Int = 40) -> String {
  var safe = ""
  for (index, scalar) in text.unicodeScalars.enumerated() {
    if index == limit {
      safe += "…"
      break
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned,
      .surrogate:
      safe += "\\u{\(String(scalar.value, radix: 16))}"
    default: safe.unicodeScalars.append(scalar)
    }
  }
  return "'\(safe)'"
}
