/// The canonical text of a script: its help lines, and a paragraph for each statement.
public func print(_ program: Program, width: Int = 100) -> String {
  let help = program.help.map { $0.isEmpty ? "##\n" : "## \($0)\n" }.joined()
  return help
    + program.statements.map { print($0.statement, width: width) }
    .joined(separator: "\n\n")
}

/// The canonical text of a statement: on one line, or a query that is wider than `width` with one
/// step a line.
public func print(_ statement: Statement, width: Int = 100) -> String {
  switch statement {
  case .query(let query):
    return print(query, width: width)
  case .define(let definition):
    return "define " + definition.printed
  case .let, .param, .load, .run, .export, .compare, .set, .show, .explain, .why, .report, .save,
    .help, .back, .quit:
    let (word, parts) = statement.fields
    return line(word.rawValue, word.items, parts)
  }
}

/// The canonical text of a query: on one line when it fits in `width`, else one step a line.
public func print(_ query: Query, width: Int = 100) -> String {
  let lines = ["from " + query.table.printed] + query.steps.map { print($0.step) }
  let single = lines.joined(separator: " | ")
  return cellWidth(single) <= width ? single : lines.joined(separator: "\n")
}

/// The canonical text of a step.
public func print(_ step: Step) -> String {
  let (word, parts) = step.fields
  return line(word.rawValue, word.items, parts)
}

/// The canonical text of an expression or condition.
public func print(_ expression: Expression) -> String {
  expression.printed
}

/// The canonical text of an aggregate.
public func print(_ aggregate: Aggregate) -> String {
  aggregate.printed
}

extension DefineStatement {
  fileprivate var printed: String {
    switch self {
    case .measure(let name, let aggregate):
      return "measure \(name.printed) as \(aggregate.printed)"
    case .column(let path, let arguments, let expression):
      let list =
        arguments.isEmpty ? "" : "(" + arguments.map(\.printed).joined(separator: ", ") + ")"
      return "\(path.printed)\(list) as \(expression.printed)"
    }
  }
}

/// A first word and its parts, a comma close to what stands before it.
private func line(_ word: String, _ items: [SignatureItem], _ parts: Parts) -> String {
  pieces(items, parts).reduce(word) { $0 + ($1 == "," ? "," : " " + $1) }
}

/// The parts in the order of the signature.
private func pieces(_ items: [SignatureItem], _ parts: Parts) -> [String] {
  items.flatMap { item -> [String] in
    switch item {
    case .word(let word): [word]
    case .choice(let field, _), .field(let field, _):
      parts[field].map { [$0.printed] } ?? []
    case .options(let groups):
      groups.filter { isGiven($0, parts) }.flatMap { pieces($0, parts) }
    case .either(let alternatives):
      alternatives.first { fits($0, parts) }.map { pieces($0, parts) } ?? []
    }
  }
}

/// Whether an optional group was written: its first part, or its words, are there.
private func isGiven(_ group: [SignatureItem], _ parts: Parts) -> Bool {
  if let flag = flagName(group) { return parts.has(flag) }
  return fields(group).first.map { parts.has($0) } ?? false
}

private func fits(_ alternative: [SignatureItem], _ parts: Parts) -> Bool {
  fields(alternative).allSatisfy { parts.has($0) }
}

private func fields(_ items: [SignatureItem]) -> [String] {
  items.compactMap { item in
    switch item {
    case .field(let field, _), .choice(let field, _): field
    case .word, .options, .either: nil
    }
  }
}
