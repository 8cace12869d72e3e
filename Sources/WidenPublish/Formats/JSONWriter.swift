public import WidenLanguage

/// Writes JSON piece by piece and sees to the commas.
///
///     var json = JSONWriter()
///     json.object { $0.member("ok", true) }
public struct JSONWriter {
  /// What has been written so far.
  public private(set) var bytes: [UInt8] = []
  private let isIndented: Bool
  private var depth = 0
  private var needsComma = false
  private var isAfterKey = false

  /// An empty document, on one line unless `isIndented`.
  public init(isIndented: Bool = false) {
    self.isIndented = isIndented
  }

  /// What has been written so far, as text.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Empties the writer, which keeps its memory.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    (depth, needsComma, isAfterKey) = (0, false, false)
  }

  /// Writes an object whose members `body` writes.
  public mutating func object(_ body: (inout JSONWriter) -> Void) {
    nested("{", "}", body)
  }

  /// Writes an array whose elements `body` writes.
  public mutating func array(_ body: (inout JSONWriter) -> Void) {
    nested("[", "]", body)
  }

  /// Writes a member's name; its value must follow.
  public mutating func key(_ name: String) {
    separate()
    appendJSON(name, to: &bytes)
    bytes.append(contentsOf: (isIndented ? ": " : ":").utf8)
    isAfterKey = true
  }

  /// Writes a value of a table.
  public mutating func value(_ value: Value) {
    separate()
    appendJSON(value, to: &bytes)
    needsComma = true
  }

  /// Writes text, or null.
  public mutating func value(_ text: String?) {
    value(text.map { Value.text($0) } ?? .missing)
  }

  /// Writes a whole number.
  public mutating func value(_ number: Int) { value(Value.integer(number)) }

  /// Writes a number.
  public mutating func value(_ number: Double) { value(Value.decimal(number)) }

  /// Writes `true` or `false`.
  public mutating func value(_ flag: Bool) { value(Value.boolean(flag)) }

  /// Writes a value that is JSON already, on the line.
  mutating func raw(_ json: [UInt8]) {
    separate()
    bytes.append(contentsOf: json)
    needsComma = true
  }

  /// Writes a member that is text, or null.
  public mutating func member(_ name: String, _ text: String?) {
    key(name)
    value(text)
  }

  /// Writes a member that is a whole number.
  public mutating func member(_ name: String, _ number: Int) {
    key(name)
    value(number)
  }

  /// Writes a member that is a number.
  public mutating func member(_ name: String, _ number: Double) {
    key(name)
    value(number)
  }

  /// Writes a member that is true or false.
  public mutating func member(_ name: String, _ flag: Bool) {
    key(name)
    value(flag)
  }

  private mutating func nested(
    _ start: String, _ end: String, _ body: (inout JSONWriter) -> Void
  ) {
    separate()
    bytes.append(contentsOf: start.utf8)
    depth += 1
    needsComma = false
    let length = bytes.count
    body(&self)
    depth -= 1
    if bytes.count > length { breakLine() }
    bytes.append(contentsOf: end.utf8)
    needsComma = true
    if depth == 0, isIndented { bytes.append(UInt8(ascii: "\n")) }
  }

  private mutating func separate() {
    if isAfterKey {
      isAfterKey = false
      return
    }
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = false
    if depth > 0 { breakLine() }
  }

  private mutating func breakLine() {
    guard isIndented else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
  }
}
