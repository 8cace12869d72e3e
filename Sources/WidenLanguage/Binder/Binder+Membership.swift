extension Binder {
  /// Binds `value in set`.
  mutating func membership(_ written: Membership, in scope: Scope, _ place: Place)
    throws(Diagnostic) -> TypedExpression
  {
    let value = try expression(written.value, in: scope)
    let name = described(written.value)
    var members: [TypedMember] = []
    for member in written.members {
      members += try self.members(member, of: value, called: name, in: scope)
    }
    warnOfEmptyRanges(members, of: value, place)
    let hasRange = members.contains { if case .range = $0 { true } else { false } }
    var order = Ordering.natural
    var subject = value
    if value.type.isText {
      order = try textOrder(value, value, needsOrder: hasRange, (name, name), place)
    } else if value.type.isTime, members.contains(where: { $0.isWider(than: value) }) {
      subject = firstDay(of: value)
      members = members.map(asDays)
    }
    let node = condition(.membership(subject, members, order), place)
    return written.isNegated ? condition(.not(node), place) : node
  }

  /// A range whose first value comes after its last holds nothing, which nobody asks for.
  private mutating func warnOfEmptyRanges(
    _ members: [TypedMember], of value: TypedExpression, _ place: Place
  ) {
    for case .range(let low?, let high?) in members {
      guard let first = low.constant, let last = high.constant, isAfter(first, last, value) else {
        continue
      }
      let (start, end) = (words(at: low.place), words(at: high.place))
      // The ends of a range that a parameter holds stand at the parameter's name.
      let range = low.place.range == high.place.range ? start : "\(start)..\(end)"
      tell(
        Diagnostic(
          .warning, "the range \(range) holds nothing: its first value comes after its last",
          at: low.place.range, hint: range == start ? nil : "write \(end)..\(start)"))
    }
  }

  private func isAfter(_ first: Value, _ last: Value, _ value: TypedExpression) -> Bool {
    if case .text(let first) = first, case .text(let last) = last, let order = value.categories,
      let low = order.firstIndex(of: first), let high = order.firstIndex(of: last)
    {
      return low > high
    }
    if let low = first.numericValue, let high = last.numericValue { return low > high }
    if let low = first.span, let high = last.span { return low.first > high.last }
    return false
  }

  /// One written member; a list parameter or a named range gives several.
  private mutating func members(
    _ member: Member, of value: TypedExpression, called name: String, in scope: Scope
  ) throws(Diagnostic) -> [TypedMember] {
    switch member {
    case .value(let written):
      if case .parameter(let parameter) = written {
        let given = try self.parameter(parameter)
        for one in given.flatMap(\.expressions) {
          try require(one, fits: value, called: name, at: parameter.place)
        }
        return given
      }
      if let range = namedRange(written, in: scope) {
        return try members(range, of: value, called: name, in: Scope(columns: []))
      }
      let bound = try self.member(written, of: value, called: name, in: scope)
      return [bound.constant == .missing ? .missing : .value(bound)]
    case .range(let low, let high):
      var ends: [TypedExpression?] = []
      for end in [low, high] {
        guard let end else {
          ends.append(nil)
          continue
        }
        ends.append(try self.member(end, of: value, called: name, in: scope))
      }
      return [.range(low: ends[0], high: ends[1])]
    }
  }

  /// The range that `let` gave this name, unless a column has it.
  func namedRange(_ written: Expression, in scope: Scope) -> Member? {
    guard case .path(let path) = written, path.names.count == 1,
      scope.index(of: path.text) == nil,
      let member = environment.values[path.text.lowercased()], case .range = member
    else { return nil }
    return member
  }

  private mutating func member(
    _ written: Expression, of value: TypedExpression, called name: String, in scope: Scope
  ) throws(Diagnostic) -> TypedExpression {
    let bound: TypedExpression
    do throws(Diagnostic) {
      bound = try expression(written, in: scope)
    } catch {
      if case .path(let path) = written, path.names.count == 1, value.type.isText {
        throw MeaningProblem.bareValue(word: path.text, value: path.text, column: name)
          .at(path.place, fix: "\"\(path.text)\"")
      }
      throw error
    }
    try require(bound, fits: value, called: name, at: written.place)
    return bound
  }

  private mutating func require(
    _ member: TypedExpression, fits value: TypedExpression, called name: String, at place: Place
  ) throws(Diagnostic) {
    guard member.constant != .missing else { return }
    var placed = member
    placed.place = place
    try requireComparable(value, placed, (name, words(at: place)), place)
    try requireOneKind(value, placed, (name, words(at: place)), place)
    if case .text(let text)? = member.constant {
      try check(text, at: place, against: value, called: name)
    }
  }

  /// A member as a range of days.
  private func asDays(_ member: TypedMember) -> TypedMember {
    switch member {
    case .missing: .missing
    case .value(let time): .range(low: firstDay(of: time), high: lastDay(of: time))
    case .range(let low, let high): .range(low: low.map(firstDay), high: high.map(lastDay))
    }
  }
}

extension TypedMember {
  /// Whether one of its times is longer than the value it is compared with.
  fileprivate func isWider(than value: TypedExpression) -> Bool {
    expressions.contains { $0.type.grain != value.type.grain }
  }
}
