extension Binder {
  /// Binds the keys of a group, each with its name.
  mutating func bind(_ keys: [Key], in scope: Scope) throws(Diagnostic) -> [BoundKey] {
    var bound: [BoundKey] = []
    for key in keys { bound.append(try bind(key, in: scope)) }
    return bound
  }

  /// Binds one key.
  mutating func bind(_ key: Key, in scope: Scope) throws(Diagnostic) -> BoundKey {
    let value = try expression(key.value, in: scope)
    guard let name = key.name?.text ?? ownName(of: key.value) else {
      throw MeaningProblem.nameNeeded(what: "group").at(key.value.place)
    }
    return BoundKey(value: value, description: value.description(named: name))
  }

  /// The name an expression has without being given one: a path's last name, a function's name with
  /// that of its column.
  func ownName(of written: Expression) -> String? {
    switch written {
    case .path(let path): return path.names[path.names.count - 1].text
    case .call(let call):
      let names = call.arguments.compactMap { argument -> String? in
        if case .path(let path) = argument { path.names[path.names.count - 1].text } else { nil }
      }
      return names.first.map { call.function.text + "_" + $0 }
    case .literal, .parameter, .negative, .chain, .comparison, .membership, .textTest, .presence,
      .all, .any, .not, .conditional, .related:
      return nil
    }
  }
}
