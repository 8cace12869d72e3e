import WidenLanguage

/// Random conditions over some columns, in both languages.
struct ConditionPhrases {
  let phrases: PhraseWriter

  /// A condition, with fewer and fewer parts the deeper it stands.
  func condition(_ random: inout Seeded, depth: Int = 0) -> Phrase {
    switch random.below(depth > 2 ? 3 : 7) {
    case 3:
      let part = condition(&random, depth: depth + 1)
      return Phrase(text: "not \(part.text(.not))", sql: "(not \(part.sql))", level: .not)
    case 4: return joined("and", .and, &random, depth)
    case 5, 6: return joined("or", .or, &random, depth)
    default: return leaf(&random)
    }
  }

  private func joined(
    _ word: String, _ level: Phrase.Level, _ random: inout Seeded, _ depth: Int
  ) -> Phrase {
    let parts = (0..<2 + random.below(2)).map { _ in condition(&random, depth: depth + 1) }
    return Phrase(
      text: parts.map { $0.text(level == .and ? .not : .and) }.joined(separator: " \(word) "),
      sql: "(" + parts.map(\.sql).joined(separator: " \(word) ") + ")", level: level)
  }

  private func leaf(_ random: inout Seeded) -> Phrase {
    guard let column = phrases.column(&random, where: { $0.isExact }) else {
      return Phrase(text: "1 = 1", sql: "1", level: .comparison)
    }
    if random.once(in: 5) { return presence(column, &random) }
    switch column.kind {
    case .text: return text(column, &random)
    case .integer, .decimal: return number(&random)
    case .boolean: return boolean(column, &random)
    case .date, .month, .year: return TimePhrases(phrases: phrases).condition(column, &random)
    }
  }

  /// `is missing`, `is not recorded` and the like.
  private func presence(_ column: WrittenColumn, _ random: inout Seeded) -> Phrase {
    let (name, own) = (written(column.name), quoted(column.name))
    let isNegated = random.once(in: 2)
    let isRecorded = random.once(in: 2)
    var test = isRecorded ? "(\(own) is not null)" : "(\(own) is null)"
    if isRecorded, column.kind == .site { test = "coalesce(\(own) <> 'Unknown', 0)" }
    return Phrase(
      text: "\(name) is \(isNegated ? "not " : "")\(isRecorded ? "recorded" : "missing")",
      sql: isNegated ? "(not \(test))" : test, level: .comparison)
  }

  // MARK: Text

  private func text(_ column: WrittenColumn, _ random: inout Seeded) -> Phrase {
    let own = Phrase(text: written(column.name), sql: quoted(column.name))
    let values = column.kind.order ?? WrittenTables.names
    let value = values[random.below(values.count)]
    if case .text(let order?, true) = column.kind, random.once(in: 2) {
      return ordered(own, order, &random)
    }
    if column.kind == .name, random.once(in: 3) { return part(own, value, &random) }
    if random.once(in: 2) {
      var members: [(text: String, test: String)] = []
      for _ in 0..<1 + random.below(3) {
        let member = literal(values[random.below(values.count)], &random)
        members.append((member.text, "coalesce(\(own.sql) = \(member.sql), 0)"))
      }
      return membership(own, members, &random)
    }
    let isEqual = random.once(in: 2)
    let other = literal(value, &random)
    let test = "coalesce(\(own.sql) = \(other.sql), 0)"
    return Phrase(
      text: "\(own.text) \(isEqual ? "=" : "!=") \(other.text)",
      sql: isEqual ? test : "(not \(test))", level: .comparison)
  }

  /// A comparison in the order of the values.
  private func ordered(_ own: Phrase, _ order: [String], _ random: inout Seeded) -> Phrase {
    let place = position(of: own.sql, in: order)
    func end() -> (text: String, number: Int) {
      let index = random.below(order.count)
      return (literal(order[index], &random).text, index + 1)
    }
    if random.once(in: 2) {
      let sign = ["<", "<=", ">", ">=", "="][random.below(5)]
      let value = end()
      return Phrase(
        text: "\(own.text) \(sign) \(value.text)",
        sql: "coalesce(\(place) \(sign) \(value.number), 0)", level: .comparison)
    }
    let (low, high) = (end(), end())
    return membership(
      own,
      [
        (
          "\(low.text)..\(high.text)",
          "coalesce(\(place) between \(low.number) and \(high.number), 0)"
        )
      ],
      &random)
  }

  /// `contains`, `starts with`, `ends with`.
  private func part(_ own: Phrase, _ value: String, _ random: inout Seeded) -> Phrase {
    let characters = Array(value)
    let start = random.below(characters.count)
    let piece = String(characters[start..<min(characters.count, start + 1 + random.below(3))])
    let other = literal(piece, &random)
    let (word, test) = [
      ("contains", "instr(\(own.sql), \(other.sql)) > 0"),
      ("starts with", "substr(\(own.sql), 1, \(piece.count)) = \(other.sql)"),
      ("ends with", "substr(\(own.sql), -\(piece.count)) = \(other.sql)"),
    ][random.below(3)]
    let isNegated = random.once(in: 4)
    let whole = "coalesce(\(test), 0)"
    return Phrase(
      text: "\(own.text) \(isNegated ? "not " : "")\(word) \(other.text)",
      sql: isNegated ? "(not \(whole))" : whole, level: .comparison)
  }

  // MARK: Numbers and yes or no

  private func number(_ random: inout Seeded) -> Phrase {
    let left = phrases.number(&random).phrase
    if random.once(in: 3) {
      var members: [(text: String, test: String)] = []
      for _ in 0..<1 + random.below(3) {
        let low = phrases.constant(&random).phrase
        let high = phrases.constant(&random).phrase
        switch random.below(4) {
        case 0:
          members.append((low.text, "coalesce(\(left.sql) = \(low.sql), 0)"))
        case 1: members.append(("\(low.text)..", "coalesce(\(left.sql) >= \(low.sql), 0)"))
        case 2: members.append(("..\(low.text)", "coalesce(\(left.sql) <= \(low.sql), 0)"))
        default:
          members.append(
            (
              "\(low.text)..\(high.text)",
              "coalesce(\(left.sql) between \(low.sql) and \(high.sql), 0)"
            ))
        }
      }
      let own = Phrase(text: left.text(.sum), sql: left.sql)
      return membership(own, members, &random)
    }
    let right = phrases.number(&random, depth: 1).phrase
    let sign = ["=", "!=", "<", "<=", ">", ">="][random.below(6)]
    let equal = sign == "!=" ? "=" : sign
    let test = "coalesce(\(left.sql) \(equal) \(right.sql), 0)"
    return Phrase(
      text: "\(left.text(.sum)) \(sign) \(right.text(.sum))",
      sql: sign == "!=" ? "(not \(test))" : test, level: .comparison)
  }

  private func boolean(_ column: WrittenColumn, _ random: inout Seeded) -> Phrase {
    let (name, own) = (written(column.name), "coalesce(\(quoted(column.name)), 0)")
    switch random.below(4) {
    case 0: return Phrase(text: "\(name) = yes", sql: own, level: .comparison)
    case 1:
      return Phrase(
        text: "\(name) != no", sql: "coalesce(\(quoted(column.name)), 1)", level: .comparison)
    case 2:
      return Phrase(
        text: "\(name) = NO", sql: "(not coalesce(\(quoted(column.name)), 1))", level: .comparison)
    default: return Phrase(text: name, sql: own)
    }
  }

  // MARK: Sets

  /// `x in …`, perhaps with missing among the values, perhaps negated.
  func membership(
    _ own: Phrase, _ members: [(text: String, test: String)], _ random: inout Seeded
  ) -> Phrase {
    var texts = members.map(\.text)
    var tests = members.map(\.test)
    if random.once(in: 4) {
      texts.append("missing")
      tests.append("(\(own.sql) is null)")
    }
    let isNegated = random.once(in: 4)
    let isBare = texts.count == 1 && random.once(in: 2)
    let set = isBare ? texts[0] : "(\(texts.joined(separator: ", ")))"
    let test = "(" + tests.joined(separator: " or ") + ")"
    return Phrase(
      text: "\(own.text) \(isNegated ? "not " : "")in \(set)",
      sql: isNegated ? "(not \(test))" : test, level: .comparison)
  }
}
