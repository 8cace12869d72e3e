internal import WidenEngine
internal import WidenLanguage

/// One option of `load … with`, described once: `load` reads it, and errors list it.
struct LoadOptionRecord: Sendable {
  /// The values that an option may have.
  enum Kind {
    /// The names of columns.
    case columns
    case texts
    case whole
    /// One of these texts.
    case choice([String])
    /// How dates are written.
    case pattern
  }

  var name: String
  var kind: Kind
  var summary: String
  var example: String
  /// Takes the values; false when they are none of its own.
  var apply: @Sendable (inout LoadOptions, [String]) -> Bool

  static let all: [LoadOptionRecord] = declarations + shapes

  /// What is said of columns and their values.
  private static let declarations: [LoadOptionRecord] =
    ColumnDeclaration.Meaning.allCases.map { meaning in
      LoadOptionRecord(
        name: meaning.rawValue, kind: .columns, summary: summary(meaning),
        example: "\(meaning.rawValue) = \"\(meaning == .text ? "code" : "period")\"",
        apply: { options, names in
          options.columns += names.map { ColumnDeclaration(column: $0, meaning: meaning) }
          return true
        })
    } + [
      LoadOptionRecord(
        name: "dates", kind: .pattern, summary: "how dates are written",
        example: #"dates = "dd/mm/yyyy""#,
        apply: { options, texts in
          options.dates = texts.first.flatMap(DateForm.init(text:))
          return options.dates != nil
        }),
      LoadOptionRecord(
        name: "zero", kind: .texts, summary: "what stands for zero among numbers",
        example: #"zero = "-""#,
        apply: { options, texts in
          options.zeros += texts
          return true
        }),
      LoadOptionRecord(
        name: "fill", kind: .columns,
        summary: "columns whose empty cells have the value above them",
        example: #"fill = "region""#,
        apply: { options, names in
          options.filledColumns += names
          return true
        }),
    ]

  /// What is said of the file.
  private static let shapes: [LoadOptionRecord] = [
    LoadOptionRecord(
      name: "headers", kind: .whole, summary: "how many rows the header has; notes are left out",
      example: "headers = 2",
      apply: { options, texts in
        options.headerRows = texts.first.flatMap { Int($0) }
        return options.headerRows.map { (1...9).contains($0) } ?? false
      }),
    LoadOptionRecord(
      name: "separator", kind: .choice(Separator.allCases.map(\.rawValue)),
      summary: "what separates fields", example: #"separator = ";""#,
      apply: { options, texts in
        options.separator = texts.first.flatMap(Separator.init(rawValue:))
        return options.separator != nil
      }),
    LoadOptionRecord(
      name: "encoding", kind: .choice(Encoding.allCases.map(\.rawValue)),
      summary: "how characters are stored", example: #"encoding = "windows-1252""#,
      apply: { options, texts in
        options.encoding = texts.first.flatMap { Encoding(rawValue: $0.lowercased()) }
        return options.encoding != nil
      }),
  ]

  private static func summary(_ meaning: ColumnDeclaration.Meaning) -> String {
    switch meaning {
    case .text: "columns that stay text, whatever they look like"
    case .month: "columns of months, also written 201709 or Sep-17"
    case .financialYear: "columns of years from April, written 2009/10 or 200910"
    case .academicYear: "columns of years from August, written 2009/10 or 200910"
    }
  }

  /// What a wrong value should have been.
  var expected: String {
    switch kind {
    case .columns: "the name of a column in quotes, or several in brackets"
    case .texts: "text in quotes, or several in brackets"
    case .whole: "a number from 1 to 9"
    case .choice(let texts): texts.map { "\"\($0)\"" }.joined(separator: " or ")
    case .pattern: #"a pattern such as "dd/mm/yyyy", "dd.mm.yy" or "dd-mmm-yyyy""#
    }
  }
}

extension Session {
  /// The options of a statement, or what is wrong with one of them.
  func loadOptions(_ statement: LoadStatement, _ run: Run) throws(Failure) -> LoadOptions {
    var options = LoadOptions()
    options.threads = state.settings.threads ?? SystemClock.processors
    options.sheet = statement.sheet
    if case .number(let rows, _)? = statement.skip { options.skipRows = rows }
    var seen: Set<String> = []
    for option in statement.options {
      let name = option.name.text.lowercased()
      let names = LoadOptionRecord.all.map(\.name)
      guard let record = LoadOptionRecord.all.first(where: { $0.name == name }) else {
        let near = nearest(name, in: names)
        throw .at(
          option.name.place, "load has no option '\(option.name.text)'",
          hint: near.map { "did you mean '\($0)'?" }
            ?? "its options are \(names.joined(separator: ", "))", fix: near, run)
      }
      guard seen.insert(name).inserted else {
        throw .at(
          option.name.place, "the option '\(name)' is given twice",
          hint: "several values stand in brackets: \(name) = (\"a\", \"b\")", run)
      }
      let values = option.value.compactMap(optionText)
      guard values.count == option.value.count, record.apply(&options, values) else {
        throw .at(
          option.name.place, "'\(name)' needs \(record.expected)",
          hint: "such as with \(record.example)", run)
      }
    }
    return options
  }

  /// The value of an option: text, a number, or the bare name of a column.
  private func optionText(_ member: Member) -> String? {
    guard case .value(let expression) = member else { return nil }
    switch expression {
    case .literal(.text(let text), _), .literal(.number(let text), _): return text
    case .path(let path): return path.names.count == 1 ? path.text : nil
    case .literal, .parameter, .call, .negative, .chain, .comparison, .membership, .textTest,
      .presence, .all, .any, .not, .conditional, .related:
      return nil
    }
  }

  /// The statement with the rows skipped that stand above the header, as it would be typed.
  func corrected(_ statement: LoadStatement, _ place: HeaderPlace) -> String {
    var statement = statement
    statement.skip = place.skipRows > 0 ? .number(place.skipRows, .none) : nil
    statement.options.removeAll { $0.name.text.lowercased() == "headers" }
    if place.headerRows > 1 {
      let rows = Expression.literal(.number(String(place.headerRows)), .none)
      statement.options.append(Option(Name("headers"), [.value(rows)]))
    }
    return print(.load(statement))
  }
}
