internal import WidenEngine

/// A line that came through the pipe: a statement as it is typed, or a JSON object around one.
struct PipeRequest: Hashable {
  var query: String
  var parameters: [String: PipeValue] = [:]
  /// Whether the rows are wanted; without them the answer still says how many there are.
  var wantsRows = true

  private static let members = ["query", "parameters", "rows"]

  init(_ line: ArraySlice<UInt8>) throws(PipeProblem) {
    let first = line.first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
    guard let first, first != UInt8(ascii: "\r") else {
      throw PipeProblem(
        "the line is empty", suggestion: "a line holds a statement or a JSON object")
    }
    if first == UInt8(ascii: "{") {
      self = try PipeRequest(json: line)
    } else if let text = String(validating: line, as: UTF8.self) {
      query = text.last == "\r" ? String(text.dropLast()) : text
    } else {
      throw PipeProblem("the line is not UTF-8", suggestion: "send it as UTF-8")
    }
  }

  private init(json line: ArraySlice<UInt8>) throws(PipeProblem) {
    let value: JSONValue
    do {
      value = try JSONValue(parsing: line)
    } catch {
      let head = String(decoding: line.prefix(error.byteOffset), as: UTF8.self)
      throw PipeProblem(
        "the line is not JSON: \(error.message)",
        place: .init(line: 1, column: head.unicodeScalars.count + 1, length: 1))
    }
    var text: String?
    query = ""
    guard case .object(let members) = value else { throw PipeProblem("the line is no JSON object") }
    for member in members {
      switch (member.name, member.value) {
      case ("query", .text(let query)): text = query
      case ("query", _): throw PipeProblem("'query' must be text")
      case ("rows", .boolean(let rows)): wantsRows = rows
      case ("rows", _): throw PipeProblem("'rows' must be true or false")
      case ("parameters", .null): break
      case ("parameters", .object(let given)):
        for parameter in given {
          parameters[parameter.name] = try PipeRequest.value(parameter.value, of: parameter.name)
        }
      case ("parameters", _): throw PipeProblem("'parameters' must be an object")
      default:
        throw PipeProblem(
          "'\(member.name)' is no member of a request",
          suggestion: "the members are \(PipeRequest.members.joined(separator: ", "))")
      }
    }
    guard let text else {
      throw PipeProblem("'query' is missing", suggestion: "{\"query\": \"from staff | count\"}")
    }
    query = text
  }

  private static func value(
    _ json: JSONValue, of name: String
  ) throws(PipeProblem) -> PipeValue {
    switch json {
    case .null: return .missing
    case .boolean(let boolean): return .boolean(boolean)
    case .integer(let integer): return .integer(integer)
    case .decimal(let decimal): return .decimal(decimal)
    case .text(let text): return .text(text)
    case .array(let items):
      var values: [PipeValue] = []
      for item in items {
        if case .array = item { throw PipeProblem("parameter '\(name)' is a list of lists") }
        values.append(try value(item, of: name))
      }
      return .list(values)
    case .object: throw PipeProblem("parameter '\(name)' must be a value or a list of values")
    }
  }
}
