import WidenLanguage

extension PackageDescription {

  /// Reads the description; `schema` gives the content of a schema that lies in a file of its own.
  init(
    _ root: JSONPlace, schema: (String, JSONPlace) throws(DatasetError) -> JSONPlace
  ) throws(DatasetError) {
    try root.checkObject()
    title = try root.firstText(of: ["title", "name"]) ?? "data package"
    let isSynthetic = try root.member("widen:synthetic")?.flag() ?? false
    self.isSynthetic = isSynthetic
    policy = try root.member("widen:policy").map { place throws(DatasetError) in
      try place.oneOf(disclosurePolicyNames, "a policy")
    }
    attribution = try PackageDescription.attribution(root)
    let missing = try FieldDescription.missingValues(root)
    guard let list = root.member("resources") else {
      throw root.error(
        "'resources' is missing", hint: "list the data files: \"resources\": [{\"path\": …}]")
    }
    var resources: [ResourceDescription] = []
    var places: [String: JSONPlace] = [:]
    for place in try list.items() {
      let resource = try ResourceDescription(
        place, isSynthetic: isSynthetic, missing: missing, schema: schema)
      if let first = places.updateValue(place, forKey: resource.table.lowercased()) {
        throw place.error(
          "the table \(shown(resource.table)) is described twice, first at \(first.pointer)",
          hint: "give each resource a name of its own")
      }
      resources.append(resource)
    }
    guard !resources.isEmpty else {
      throw list.error("the list is empty", hint: "a package needs at least one data file")
    }
    self.resources = resources
  }

  /// What the sources ask to be said, in their titles.
  private static func attribution(_ root: JSONPlace) throws(DatasetError) -> [String] {
    var sentences: [String] = []
    for source in try root.member("sources")?.items() ?? [] {
      if let title = try source.member("title")?.text() { sentences.append(title) }
    }
    return sentences
  }
}

extension JSONPlace {
  /// The text that stands here, which must be one of a few.
  func oneOf(_ values: [String], _ what: String) throws(DatasetError) -> String {
    let text = try text()
    if values.contains(text) { return text }
    let hint =
      nearest(text, in: values).map { "did you mean '\($0)'?" }
      ?? "possible are \(values.joined(separator: ", "))"
    throw error("\(shown(text)) is not \(what)", hint: hint)
  }
}
