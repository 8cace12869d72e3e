import WidenLanguage

/// A part of a query, in the language and in SQL.
///
/// SQL's conditions are 1 or 0 and never null: each comparison is rendered so that missing makes
/// it false before anything negates it.
struct Phrase {
  /// How closely its parts hold together; a phrase inside a closer one stands in brackets.
  enum Level: Int {
    case open, or, and, not, comparison, sum, product, sign, single
  }

  var text: String
  var sql: String
  var level = Level.single

  /// Its text for a place that asks for this level.
  func text(_ least: Level) -> String {
    level.rawValue < least.rawValue ? "(\(text))" : text
  }
}

/// A name as the language writes it: in backticks unless it is a plain word.
func written(_ name: String) -> String {
  name.contains(" ") ? "`\(name)`" : name
}

/// A name as SQL writes it.
func quoted(_ name: String) -> String { "\"\(name)\"" }

/// A text literal in both languages; either kind of quotes is the language's.
func literal(_ text: String, _ random: inout Seeded) -> Phrase {
  let sign = random.once(in: 3) ? "'" : "\""
  return Phrase(
    text: sign + text.replacing(sign, with: sign + sign) + sign,
    sql: "'" + text.replacing("'", with: "''") + "'")
}

/// What SQL orders a column by: the position where its values have an order.
func orderKey(_ sql: String, _ kind: WrittenKind) -> String {
  kind.order.map { position(of: sql, in: $0) } ?? sql
}

/// The position of a text among others, from 1; null stays null.
func position(of sql: String, in order: [String]) -> String {
  let list = order.enumerated().map { "when '\($1)' then \($0 + 1)" }.joined(separator: " ")
  return "(case \(sql) \(list) end)"
}
