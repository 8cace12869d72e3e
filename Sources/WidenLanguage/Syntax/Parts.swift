/// What stands in one field of a signature.
enum Part: Sendable {
  /// A group of words only, such as `without totals`.
  case flag
  /// One of the words of a choice.
  case word(String)
  case name(Name)
  case path(Path)
  case paths([Path])
  case expression(Expression)
  case expressions([Expression])
  case count(Count)
  case whole(Int)
  case text(String, Place)
  case named([NamedExpression])
  case renamings([Renaming])
  case rules([RecodeStep.Rule])
  case key(Key)
  case keys([Key])
  case aggregate(Aggregate)
  case aggregates([NamedAggregate])
  case matches([CompareStep.Match])
  case orders([Order])
  case interval(Interval)
  case options([Option])
  case settingValue(SettingValue)
  case member(Member)
  case members([Member])
  case letValue(LetValue)
  case query(Query)
  case words([String])
}

/// The parts of a step or statement by the field they stand in: the generic form between the
/// signature and the typed tree.
///
/// The parser fills it, the printer reads it.
struct Parts: Sendable, ExpressibleByDictionaryLiteral {
  private var fields: [(name: String, part: Part)] = []

  init() {}

  /// Parts of these fields; nil stands for one that is not given.
  init(dictionaryLiteral elements: (String, Part?)...) {
    for (name, part) in elements {
      if let part { fields.append((name, part)) }
    }
  }

  subscript(_ field: String) -> Part? {
    get { fields.first { $0.name == field }?.part }
    set {
      fields.removeAll { $0.name == field }
      if let newValue { fields.append((field, newValue)) }
    }
  }
}

/// The parts in their own types: nil, or an empty list, when the field is not given.
extension Parts {
  func has(_ field: String) -> Bool { self[field] != nil }

  func word<Word: RawRepresentable>(_ field: String) -> Word? where Word.RawValue == String {
    if case .word(let word)? = self[field] { Word(rawValue: word) } else { nil }
  }
  func name(_ field: String) -> Name? {
    if case .name(let name)? = self[field] { name } else { nil }
  }
  func path(_ field: String) -> Path? {
    if case .path(let path)? = self[field] { path } else { nil }
  }
  func paths(_ field: String) -> [Path] {
    if case .paths(let paths)? = self[field] { paths } else { [] }
  }
  func expression(_ field: String) -> Expression? {
    if case .expression(let expression)? = self[field] { expression } else { nil }
  }
  func expressions(_ field: String) -> [Expression] {
    if case .expressions(let expressions)? = self[field] { expressions } else { [] }
  }
  func count(_ field: String) -> Count? {
    if case .count(let count)? = self[field] { count } else { nil }
  }
  func whole(_ field: String) -> Int? {
    if case .whole(let whole)? = self[field] { whole } else { nil }
  }
  func text(_ field: String) -> (text: String, place: Place)? {
    if case .text(let text, let place)? = self[field] { (text, place) } else { nil }
  }
  func key(_ field: String) -> WidenLanguage.Key? {
    if case .key(let key)? = self[field] { key } else { nil }
  }
  func keys(_ field: String) -> [WidenLanguage.Key] {
    if case .keys(let keys)? = self[field] { keys } else { [] }
  }
  func aggregate(_ field: String) -> Aggregate? {
    if case .aggregate(let aggregate)? = self[field] { aggregate } else { nil }
  }
  func interval(_ field: String) -> Interval? {
    if case .interval(let interval)? = self[field] { interval } else { nil }
  }
  func member(_ field: String) -> Member? {
    if case .member(let member)? = self[field] { member } else { nil }
  }
  func members(_ field: String) -> [Member]? {
    if case .members(let members)? = self[field] { members } else { nil }
  }
  func options(_ field: String) -> [Option] {
    if case .options(let options)? = self[field] { options } else { [] }
  }
}

/// A part for the printer that is left out when the list is empty.
func part<Element>(_ list: [Element], _ make: ([Element]) -> Part) -> Part? {
  list.isEmpty ? nil : make(list)
}

/// A part for the printer that is left out when it is false.
func flag(_ isSet: Bool) -> Part? { isSet ? .flag : nil }
