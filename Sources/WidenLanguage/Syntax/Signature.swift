/// One item of a compiled signature.
///
/// Parser, printer, completion and the tests' random programs all read the same signature. It is
/// written as text: `word` stands for itself, `<field:kind>` for a part, `<field:a|b>` for one of
/// these words, `[ … ]` for an optional part and `( … | … )` for one of these. Optional parts side
/// by side come in any order, once each; the printer writes them as they stand.
indirect enum SignatureItem: Hashable, Sendable {
  case word(String)
  case field(String, PartKind)
  case choice(String, [String])
  /// Optional groups that stand side by side.
  case options([[SignatureItem]])
  case either([[SignatureItem]])

  var isOptional: Bool {
    if case .options = self { true } else { false }
  }
}

/// What a part of a step or statement is.
enum PartKind: String, Hashable, Sendable, CaseIterable {
  case aggregate, aggregates
  case column, table, benchmark, policy, setting
  case newName = "new"
  case condition, expression
  case count, whole
  case file, text
  case interval
  case key, keys
  case literal, literals
  case matches, member, members
  case named
  case options, orders
  case path, paths
  case query
  case renamings, rules
  case settingValue = "value"
  case value = "let"
  case words
}

/// The field that records a group of words only, such as `[without totals]`; nil for any other.
func flagName(_ group: [SignatureItem]) -> String? {
  var words: [String] = []
  for item in group {
    guard case .word(let word) = item else { return nil }
    words.append(word)
  }
  return words.joined(separator: "_")
}

/// Compiles the text of a signature.
func compile(signature text: String) -> [SignatureItem] {
  var compiler = SignatureCompiler(text)
  return compiler.items()
}

private struct SignatureCompiler {
  private var pieces: ArraySlice<String>

  init(_ text: String) {
    var spaced: [UInt8] = []
    var isInField = false
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "("), UInt8(ascii: ")"),
        UInt8(ascii: "|"):
        spaced += isInField ? [byte] : [UInt8(ascii: " "), byte, UInt8(ascii: " ")]
      case UInt8(ascii: "<"), UInt8(ascii: ">"):
        isInField = byte == UInt8(ascii: "<")
        spaced.append(byte)
      default: spaced.append(byte)
      }
    }
    pieces = ArraySlice(
      spaced.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) })
  }

  /// The items up to the closing bracket or the end.
  mutating func items() -> [SignatureItem] {
    var found: [SignatureItem] = []
    while let piece = pieces.first, piece != "]", piece != ")", piece != "|" {
      pieces.removeFirst()
      switch piece {
      case "[":
        let group = items()
        pieces = pieces.dropFirst()
        if case .options(let groups)? = found.last {
          found[found.count - 1] = .options(groups + [group])
        } else {
          found.append(.options([group]))
        }
      case "(":
        var alternatives = [items()]
        while pieces.first == "|" {
          pieces.removeFirst()
          alternatives.append(items())
        }
        pieces = pieces.dropFirst()
        found.append(.either(alternatives))
      default: found.append(single(piece))
      }
    }
    return found
  }

  private func single(_ piece: String) -> SignatureItem {
    guard piece.hasPrefix("<") else { return .word(piece) }
    let parts = piece.dropFirst().dropLast().split(separator: ":").map(String.init)
    let words = parts[1].split(separator: "|").map(String.init)
    if words.count > 1 { return .choice(parts[0], words) }
    guard let kind = PartKind(rawValue: parts[1]) else {
      preconditionFailure("the signature table has no kind of part '\(parts[1])'")
    }
    return .field(parts[0], kind)
  }
}

/// The signature as `help` shows it: `[by <keys>]`.
func shown(_ items: [SignatureItem]) -> String {
  var text = ""
  for item in items {
    if !text.isEmpty, item != .word(",") { text += " " }
    text += shown(item)
  }
  return text
}

private func shown(_ item: SignatureItem) -> String {
  switch item {
  case .word(let word): word
  case .field(_, let kind): kind.shown
  case .choice(_, let words): words.joined(separator: "|")
  case .options(let groups): groups.map { "[" + shown($0) + "]" }.joined(separator: " ")
  case .either(let alternatives): "(" + alternatives.map(shown).joined(separator: " | ") + ")"
  }
}

extension PartKind {
  /// What help writes where a part of this kind stands.
  fileprivate var shown: String {
    switch self {
    case .aggregate: "AGGREGATE"
    case .aggregates: "AGGREGATE as NAME, …"
    case .column, .path: "COLUMN"
    case .paths, .keys: "COLUMN, …"
    case .key: "COLUMN"
    case .table, .benchmark: "TABLE"
    case .policy: "POLICY"
    case .setting: "SETTING"
    case .newName: "NAME"
    case .condition: "CONDITION"
    case .expression, .value: "VALUE"
    case .count, .whole: "NUMBER"
    case .file: "\"FILE\""
    case .text: "\"TEXT\""
    case .interval: "interval"
    case .literal, .settingValue: "VALUE"
    case .literals: "VALUE, …"
    case .matches: "NAME = COLUMN, …"
    case .member: "RANGE"
    case .members: "VALUES"
    case .named: "EXPRESSION as NAME, …"
    case .options: "NAME = VALUE, …"
    case .orders: "COLUMN [desc], …"
    case .query: "QUERY"
    case .renamings: "COLUMN as NAME, …"
    case .rules: "(VALUES => VALUE, …, else => VALUE)"
    case .words: "WORD …"
    }
  }
}
