import WidenLanguage

extension Dataset {
  /// What a `datapackage.json` says of the dataset: Frictionless Data Package, version 2.
  public var packageDescription: JSONValue {
    var members: [JSONValue.Member] = [
      .init("$schema", .text("https://datapackage.org/profiles/2.0/datapackage.json")),
      .init("name", .text(packageName)), .init("title", .text(name)),
    ]
    if !attribution.isEmpty {
      members.append(
        .init("sources", .array(attribution.map { .object([.init("title", .text($0))]) })))
    }
    if let policy { members.append(.init("widen:policy", .text(policy))) }
    members.append(.init("widen:synthetic", .boolean(isSynthetic)))
    members.append(
      .init("resources", .array(entries.map { $0.description.resource(in: self) })))
    return .object(members)
  }

  /// The name as other tools want it: small letters, digits and hyphens.
  private var packageName: String {
    let words = name.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
    return words.isEmpty ? "dataset" : words.joined(separator: "-")
  }
}

extension TableDescription {
  fileprivate func resource(in dataset: Dataset) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("name", .text(name)), .init("type", .text("table")),
      .init("path", .text(name + ".csv")), .init("format", .text("csv")),
      .init("mediatype", .text("text/csv")), .init("encoding", .text("utf-8")),
      .init("widen:personal", .boolean(isPersonal)),
    ]
    if isSynthetic != dataset.isSynthetic {
      members.append(.init("widen:synthetic", .boolean(isSynthetic)))
    }
    if let person { members.append(.init("widen:person", .text(person))) }
    if let span {
      members.append(.init("widen:period", .array([.text(span.start), .text(span.end)])))
    }
    if let summary { members.append(.init("widen:summary", .text(summary))) }
    members.append(.init("schema", schema))
    return .object(members)
  }

  private var schema: JSONValue {
    var members: [JSONValue.Member] = [
      .init("fields", .array(columns.map(\.field))),
      .init("missingValues", .array([.text("")])),
    ]
    if let key { members.append(.init("primaryKey", .array([.text(key)]))) }
    if !relationships.isEmpty {
      members.append(
        .init(
          "foreignKeys",
          .array(
            relationships.map { relationship in
              .object([
                .init("fields", .array([.text(relationship.column)])),
                .init(
                  "reference",
                  .object([
                    .init("resource", .text(relationship.table)),
                    .init("fields", .array([.text(relationship.key)])),
                  ])),
              ])
            })))
    }
    return .object(members)
  }
}

extension ColumnDescription {
  fileprivate var field: JSONValue {
    var members: [JSONValue.Member] = [
      .init("name", .text(name)), .init("type", .text(packageType)),
    ]
    if let summary { members.append(.init("description", .text(summary))) }
    if let categories {
      members.append(.init("categories", .array(categories.map { .text($0) })))
      if isOrdered { members.append(.init("categoriesOrdered", .boolean(true))) }
    }
    if let sensitivity {
      members.append(.init("widen:sensitivity", .text(sensitivity.rawValue)))
    }
    if !notRecorded.isEmpty {
      members.append(.init("widen:notRecorded", .array(notRecorded.map { .text($0) })))
    }
    if let mapping {
      let codes = mapping.pairs.map { JSONValue.Member($0.value, .text($0.code)) }
      members.append(
        .init(
          "widen:codes",
          .object([.init("column", .text(mapping.name)), .init("values", .object(codes))])))
    }
    return .object(members)
  }

  /// The type of the standard; it has none for financial years, which are found from the values.
  private var packageType: String {
    switch type {
    case .text, .category: "string"
    case .integer: "integer"
    case .decimal: "number"
    case .boolean: "boolean"
    case .date: "date"
    case .month: "yearmonth"
    case .period: "any"
    }
  }
}

extension JSONValue.Member {
  fileprivate init(_ name: String, _ value: JSONValue) {
    self.init(name: name, value: value)
  }
}
