/// A JSON value and where it stands in its file, so that every error can name the place.
struct JSONPlace {
  let value: JSONValue
  /// The JSON pointer (RFC 6901), empty for the whole.
  let pointer: String
  /// The file's name without its folder.
  let file: String

  /// The whole of a file.
  init(_ value: JSONValue, file: String) {
    self.init(value, pointer: "", file: file)
  }

  private init(_ value: JSONValue, pointer: String, file: String) {
    self.value = value
    self.pointer = pointer
    self.file = file
  }

  /// A member of an object; nil where there is none, where it is null, and in what is no object.
  func member(_ name: String) -> JSONPlace? {
    guard case .object(let members) = value,
      let member = members.first(where: { $0.name == name }), member.value != .null
    else { return nil }
    let escaped = name.split(separator: "~", omittingEmptySubsequences: false)
      .joined(separator: "~0").split(separator: "/", omittingEmptySubsequences: false)
      .joined(separator: "~1")
    return JSONPlace(member.value, pointer: "\(pointer)/\(escaped)", file: file)
  }

  /// An error at this place.
  func error(_ message: String, hint: String? = nil) -> DatasetError {
    DatasetError("\(description): \(message)", hint: hint)
  }

  /// The file and the pointer, as a message names them.
  var description: String {
    pointer.isEmpty ? shown(file) : "\(shown(file)) at \(bare(pointer))"
  }

  /// The text that stands here.
  func text() throws(DatasetError) -> String {
    guard case .text(let text) = value else { throw due("a text", hint: "write it in quotes") }
    return text
  }

  /// The text of the first of these members that there is.
  func firstText(of names: [String]) throws(DatasetError) -> String? {
    for name in names {
      if let member = member(name) { return try member.text() }
    }
    return nil
  }

  /// The yes or no that stands here.
  func flag() throws(DatasetError) -> Bool {
    guard case .boolean(let flag) = value else {
      throw due("true or false", hint: "write true or false without quotes")
    }
    return flag
  }

  /// The items of the list that stands here.
  func items() throws(DatasetError) -> [JSONPlace] {
    guard case .array(let items) = value else { throw due("a list", hint: "write it in [ ]") }
    return items.enumerated().map { JSONPlace($1, pointer: "\(pointer)/\($0)", file: file) }
  }

  /// The texts of the list that stands here.
  func texts() throws(DatasetError) -> [String] {
    try items().map { place throws(DatasetError) in try place.text() }
  }

  /// A text, or a list of them, as older descriptions allow.
  func oneOrMoreTexts() throws(DatasetError) -> [String] {
    if case .text(let text) = value { return [text] }
    guard case .array = value else {
      throw due("a text or a list of texts", hint: "write a name in quotes, or several in [ ]")
    }
    return try texts()
  }

  /// A text, or a number or yes or no as a cell would hold it.
  func cell() throws(DatasetError) -> String {
    switch value {
    case .text(let text): return text
    case .integer(let number): return String(number)
    case .decimal(let number): return number.description
    case .boolean(let flag): return flag ? "true" : "false"
    case .null, .array, .object: throw due("a text or a number", hint: "write it in quotes")
    }
  }

  /// Makes sure that an object stands here.
  func checkObject() throws(DatasetError) {
    guard case .object = value else { throw due("an object", hint: "write it in { }") }
  }

  private func due(_ what: String, hint: String) -> DatasetError {
    let found =
      switch value {
      case .null: "null"
      case .boolean(let flag): flag ? "true" : "false"
      case .integer, .decimal: "a number"
      case .text: "a text"
      case .array: "a list"
      case .object: "an object"
      }
    return error("\(what) is due here, not \(found)", hint: hint)
  }
}

/// Text for a message without the quotes around it.
private func bare(_ text: String) -> String {
  String(shown(text, limit: 200).dropFirst().dropLast())
}
