/// What the values of a column are, as Arrow writes them.
enum ArrowType: Hashable, Sendable {
  case nothing
  case boolean
  /// Whole numbers of 1, 2, 4 or 8 bytes.
  case integer(size: Int, isSigned: Bool)
  /// Numbers with a fraction, of 4 or 8 bytes.
  case real(isSingle: Bool)
  /// Whole numbers of 16 bytes, in units of the last place.
  case decimal(places: Int)
  /// Text, or bytes; `isLong` when its places are numbers of 8 bytes.
  case text(isLong: Bool)
  case bytes(isLong: Bool)
  /// Days from 1 January 1970.
  case day
  /// Milliseconds from that day.
  case dayInMilliseconds
  /// Seconds from that day, or so many of a unit that is so many times smaller.
  case time(unitsPerSecond: Int)
}

/// A column of a result.
struct ArrowField: Hashable, Sendable {
  var name: String
  var type: ArrowType
  /// The list of values that its numbers point into; nil when it has its values itself.
  var dictionary: Dictionary?

  struct Dictionary: Hashable, Sendable {
    var identifier: Int
    var indices: ArrowType
  }

  /// Reads what a schema says of a column.
  init(_ table: FlatTable) throws(Malformed) {
    let name = try table.text(0) ?? ""
    self.name = name
    let kind = try table.number(2, else: UInt8(0))
    guard let type = try table.table(3) else { throw Malformed("a column has no type") }
    self.type = try ArrowField.type(kind, type, name)
    if let encoding = try table.table(4) {
      var indices = ArrowType.integer(size: 4, isSigned: true)
      if let type = try encoding.table(1) { indices = try ArrowField.type(2, type, name) }
      dictionary = Dictionary(
        identifier: Int(try encoding.number(0, else: Int64(0))), indices: indices)
    }
  }

  private static func type(_ kind: UInt8, _ table: FlatTable, _ name: String) throws(Malformed)
    -> ArrowType
  {
    switch kind {
    case 1: return .nothing
    case 2:
      let bits = try table.number(0, else: Int32(0))
      guard [8, 16, 32, 64].contains(bits) else {
        throw unknown("whole numbers of \(bits) bits", name)
      }
      return .integer(size: Int(bits / 8), isSigned: try table.flag(1))
    case 3:
      let precision = try table.number(0, else: Int16(0))
      guard precision == 1 || precision == 2 else { throw unknown("half precision", name) }
      return .real(isSingle: precision == 1)
    case 4: return .bytes(isLong: false)
    case 5: return .text(isLong: false)
    case 6: return .boolean
    case 7:
      let places = try table.number(1, else: Int32(0))
      guard try table.number(2, else: Int32(128)) == 128, (0...38).contains(places) else {
        throw unknown("decimal of another size", name)
      }
      return .decimal(places: Int(places))
    case 8: return try table.number(0, else: Int16(1)) == 0 ? .day : .dayInMilliseconds
    case 10:
      let unit = try table.number(0, else: Int16(0))
      guard (0...3).contains(unit) else { throw unknown("timestamp of unit \(unit)", name) }
      return .time(unitsPerSecond: [1, 1000, 1_000_000, 1_000_000_000][Int(unit)])
    case 19: return .bytes(isLong: true)
    case 20: return .text(isLong: true)
    default: throw unknown(otherKinds[kind] ?? "number \(kind)", name)
    }
  }

  private static func unknown(_ kind: String, _ name: String) -> Malformed {
    Malformed(
      "the column \(name.isEmpty ? "without a name" : "'\(name)'") has a type that is not read "
        + "here: \(kind)",
      hint: "a view at the server can give it as text: cast(… as string)")
  }

  /// What Arrow calls the types that are not read, by their numbers.
  private static let otherKinds: [UInt8: String] = [
    9: "time", 11: "interval", 12: "list", 13: "struct", 14: "union", 15: "binary of fixed size",
    16: "list of fixed size", 17: "map", 18: "duration", 21: "large list", 22: "run-end encoded",
    23: "binary view", 24: "text view", 25: "list view", 26: "large list view",
  ]
}
