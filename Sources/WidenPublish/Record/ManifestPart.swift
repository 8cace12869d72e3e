import WidenEngine

/// An object of a manifest, with what is said when it is not as it should be.
struct ManifestPart {
  private let members: [JSONValue.Member]
  private let file: String

  /// An object; what is none has no members.
  init(_ value: JSONValue, name file: String) {
    if case .object(let members) = value { self.members = members } else { members = [] }
    self.file = file
  }

  /// What stands under a name; null is nothing.
  func value(_ name: String) -> JSONValue? {
    let value = members.first { $0.name == name }?.value
    return value == .null ? nil : value
  }

  func problem(_ message: String, hint: String) -> ManifestProblem {
    ManifestProblem("the manifest \(quoted(file)) \(message)", hint: hint)
  }

  func damaged(_ name: String) -> ManifestProblem {
    problem(
      "is damaged: \"\(name)\" is not as widen writes it",
      hint: "take it from a copy of the export, or export anew")
  }

  func number(_ name: String) throws(ManifestProblem) -> Int {
    guard case .integer(let number)? = value(name) else { throw damaged(name) }
    return number
  }

  func text(_ name: String) throws(ManifestProblem) -> String {
    guard case .text(let text)? = value(name) else { throw damaged(name) }
    return text
  }

  func optionalText(_ name: String) throws(ManifestProblem) -> String? {
    value(name) == nil ? nil : try text(name)
  }

  func texts(_ name: String) throws(ManifestProblem) -> [String] {
    try items(name).map { item throws(ManifestProblem) in
      guard case .text(let text) = item else { throw damaged(name) }
      return text
    }
  }

  func part(_ name: String) throws(ManifestProblem) -> ManifestPart? {
    guard let value = value(name) else { return nil }
    guard case .object = value else { throw damaged(name) }
    return ManifestPart(value, name: file)
  }

  func parts(_ name: String) throws(ManifestProblem) -> [ManifestPart] {
    try items(name).map { item throws(ManifestProblem) in
      guard case .object = item else { throw damaged(name) }
      return ManifestPart(item, name: file)
    }
  }

  /// The members of the object under a name, all of them texts.
  func named(_ name: String) throws(ManifestProblem) -> [Recipe.Part] {
    guard let part = try part(name) else { throw damaged(name) }
    return try part.members.map { member throws(ManifestProblem) in
      guard case .text(let content) = member.value else { throw damaged(name) }
      return Recipe.Part(name: member.name, content: content)
    }
  }

  private func items(_ name: String) throws(ManifestProblem) -> [JSONValue] {
    guard case .array(let items)? = value(name) else { throw damaged(name) }
    return items
  }
}
