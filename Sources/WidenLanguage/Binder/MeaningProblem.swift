/// What can be wrong with a query that reads well: the catalogue of the binder's messages, sorted.
///
/// Messages are third person, lower case, without a full stop.
public enum MeaningProblem: Hashable, Sendable {
  case aggregateNeeds(what: String, aggregate: String, column: String, type: ValueType)
  case argumentCount(function: String, signature: String, given: Int)
  case argumentType(function: String, signature: String, needs: String, given: ValueType)
  case bareValue(word: String, value: String, column: String)
  case circular(name: String)
  case columnDropped(name: String, step: String)
  case conditionNeeded(what: String, type: ValueType)
  case conditionNeededAfterOr(what: String, type: ValueType, better: String)
  case constantNeeded(what: String)
  case differentBranches(first: ValueType, second: ValueType)
  case duplicateName(name: String)
  case emptyParameter(name: String)
  case functionAsColumn(name: String, call: String)
  case kindsDiffer(first: String, second: String)
  case mixedTypes(first: String, firstType: ValueType, second: String, secondType: ValueType)
  case nameNeeded(what: String)
  case noColumnToShare
  case noMatchingColumns(table: String)
  case noOrder(name: String)
  case noRelationship(table: String, from: String)
  case noSpan(table: String)
  case notARelationship(column: String)
  case reasonNeeded
  case unknownPolicy(name: String, near: String?)
  case numberNotText(column: String, text: String)
  case shareOfWhich(names: [String])
  case tableAsColumn(name: String)
  case textNotNumber(column: String, number: String)
  case timeNotText(column: String, type: ValueType, text: String)
  case tooManySnapshots(unit: String)
  case unitMismatch(unit: String, given: String)
  case unknownColumn(name: String, near: String?, known: [String])
  case unknownFunction(name: String, near: String?)
  case unknownMeasure(name: String, near: String?)
  case unknownParameter(name: String, near: String?)
  case unknownTable(name: String, near: String?, known: [String])
  case parameterAsColumn(name: String)
  case unknownValue(value: String, column: String, near: ValueCount?)
  case wholeNumberNeeded(what: String)

  /// The sentence.
  public var message: String {
    switch self {
    case .aggregateNeeds(let what, let aggregate, let column, let type):
      "\(aggregate) needs \(what), and \(column) is \(type.withArticle)"
    case .argumentCount(let function, let signature, let given):
      "'\(function)' is called as \(signature), and \(counted(given, "argument")) \(given == 1 ? "is" : "are") given"
    case .argumentType(let function, _, let needs, let given):
      "'\(function)' needs \(needs) here, and \(given.withArticle) is given"
    case .bareValue(let word, let value, let column):
      word.lowercased() == value.lowercased()
        ? "'\(word)' is a value of \(column), not a column" : "there is no column '\(word)' here"
    case .circular(let name): "'\(name)' is defined by itself"
    case .columnDropped(let name, let step):
      "there is no column '\(name)' any more: dropped at '\(step)'"
    case .conditionNeeded(let what, let type), .conditionNeededAfterOr(let what, let type, _):
      "a condition is due here, and \(what) is \(type.withArticle)"
    case .constantNeeded(let what): "\(what) must be a value that does not depend on the row"
    case .differentBranches(let first, let second):
      "'then' gives \(first.withArticle), 'else' gives \(second.withArticle)"
    case .duplicateName(let name): "two columns would be called '\(name)'"
    case .emptyParameter(let name): "parameter '\(name)' has no value"
    case .functionAsColumn(let name, _): "there is no column '\(name)' here, but a function"
    case .kindsDiffer(let first, let second): "\(first) and \(second) are years of different kinds"
    case .mixedTypes(let first, let firstType, let second, let secondType):
      "\(first) is \(firstType.withArticle) and \(second) is \(secondType.withArticle)"
    case .nameNeeded(let what): "this \(what) needs a name"
    case .noColumnToShare: "there is no count or sum to take a share of"
    case .noMatchingColumns(let table): "no row of \(table) has a column that both tables share"
    case .noOrder(let name): "the values of \(name) have no order"
    case .noRelationship(let table, let from): "no relationship leads from \(from) to \(table)"
    case .noSpan(let table): "\(table) does not say from when until when its rows hold"
    case .notARelationship(let column): "\(column) does not point to another table"
    case .reasonNeeded: "policy none protects nobody, and needs a reason"
    case .unknownPolicy(let name, _): "there is no policy '\(name)'"
    case .numberNotText(let column, let text): "\(column) is a number, and \"\(text)\" is text"
    case .shareOfWhich(let names): "share of which column: \(shortList(names, "or"))?"
    case .tableAsColumn(let name): "'\(name)' is a table, and a column is due here"
    case .textNotNumber(let column, let number): "\(column) is text, and \(number) is a number"
    case .timeNotText(let column, let type, let text):
      "\(column) is \(type.withArticle), and \"\(text)\" is text"
    case .tooManySnapshots(let unit): "'each \(unit)' gives more than 1,000 dates here"
    case .unitMismatch(let unit, let given):
      "'each \(unit)' needs a range of dates or periods, found \(given)"
    case .unknownColumn(let name, _, _): "there is no column '\(name)' here"
    case .unknownFunction(let name, _): "there is no function '\(name)'"
    case .unknownMeasure(let name, _): "'\(name)' is neither an aggregate nor a measure"
    case .unknownParameter(let name, _): "there is no parameter '\(name)'"
    case .unknownTable(let name, _, _): "there is no table '\(name)'"
    case .parameterAsColumn(let name): "there is no column '\(name)' here, but a parameter"
    case .unknownValue(let value, let column, _): "no row has the value \"\(value)\" in \(column)"
    case .wholeNumberNeeded(let what): "\(what) must be a whole number"
    }
  }

  /// The way out.
  public var hint: String? {
    switch self {
    case .bareValue(let word, let value, let column):
      "text needs quotes: \"\(value)\""
        + (word.lowercased() == value.lowercased() ? "" : " is a value of \(column)")
    case .columnDropped: "use it before that step, or keep it there"
    case .constantNeeded: "write a value such as 2015-03-31, or a $parameter"
    case .duplicateName: "give one of them another name with 'as'"
    case .emptyParameter(let name): "give it one: -p \(name)=…, or: run … with \(name) = …"
    case .argumentType(_, let signature, _, _): "it is called as \(signature)"
    case .functionAsColumn(_, let call): "it is called as \(call)"
    case .nameNeeded: "add 'as NAME'"
    case .noColumnToShare: "count or summarise first: count by … | share"
    case .noOrder:
      "declare the order in the dataset's description, or list the values: in (\"a\", \"b\")"
    case .notARelationship: "join … on … puts two tables side by side"
    case .numberNotText(_, let text): "leave out the quotes: \(text)"
    case .shareOfWhich(let names): names.first.map { "write share of \($0)" }
    case .textNotNumber(_, let number): "write \"\(number)\" in quotes"
    case .timeNotText(_, let type, let text):
      isTimeText(text) ? "leave out the quotes: \(text)" : "write it as \(type.example)"
    case .tooManySnapshots: "a shorter range, or a longer period, gives fewer"
    case .unknownColumn(_, let near, let known), .unknownTable(_, let near, let known):
      near.map { "did you mean '\($0)'?" } ?? yearHint
        ?? (known.isEmpty ? nil : "there are \(shortList(known, "and"))")
    case .unknownFunction(_, let near), .unknownMeasure(_, let near):
      near.map { "did you mean '\($0)'?" }
    case .unknownPolicy(_, let near):
      near.map { "did you mean '\($0)'?" } ?? "there are \(list(disclosurePolicyNames))"
    case .reasonNeeded: "add one: protect none because \"…\""
    case .unknownParameter(let name, let near):
      near.map { "did you mean '$\($0)'?" } ?? "declare it before the query: param \(name) as text"
    case .parameterAsColumn(let name): "a parameter's value is written $\(name)"
    case .unknownValue(let value, _, let near):
      near.map { near in
        if near.value != value,
          near.value.lowercased().split(separator: " ").contains(where: {
            $0 == value.lowercased()
          }), near.value.contains(" ")
        {
          return "the nearest value is \"\(near.value)\" (\(counted(near.rows, "row")));"
            + " contains \"\(value)\" finds all that hold it"
        }
        // Values that were computed or only declared are not counted.
        let rows = near.rows > 0 ? " (\(counted(near.rows, "row")))" : ""
        return "the nearest value is \"\(near.value)\"\(rows)"
      }
    case .kindsDiffer: "compare dates, or years of one kind: fy(…) with FY…, ay(…) with AY…"
    case .noRelationship(let table, _): "join \(table) on … puts them side by side"
    case .mixedTypes(let name, let first, let other, let second):
      if first.isText && second.isTime || first.isTime && second.isText {
        "dates are written without quotes, as 2014-04-01"
      } else if first.isTime, second == .integer {
        "compare year(\(name)) with it, or write a date such as 2014-04-01"
      } else if second.isTime, first == .integer {
        "compare year(\(other)) with it, or write a date such as 2014-04-01"
      } else {
        nil
      }
    case .conditionNeeded(let what, let type):
      type.isText ? "compare it with a value: \(what) = \"…\"" : "compare it with a value"
    case .conditionNeededAfterOr(_, _, let better): "write \(better)"
    case .aggregateNeeds(_, let aggregate, let column, let type):
      aggregate == "'share'" && type.isText
        ? "count first, then take the share: count by \(column) | share" : nil
    case .argumentCount, .circular, .differentBranches,
      .noMatchingColumns, .noSpan, .tableAsColumn, .unitMismatch, .wholeNumberNeeded:
      nil
    }
  }

  /// For `FY2015`, which could be either of two years.
  private var yearHint: String? {
    guard case .unknownColumn(let name, _, _) = self, name.count == 6,
      let year = Int(name.suffix(4)), (1900...2200).contains(year)
    else { return nil }
    let kind = name.prefix(2).uppercased()
    guard let unit = ["FY": Period.Kind.financialYear, "AY": .academicYear][kind] else {
      return nil
    }
    let years = [year - 1, year].map { Period(unit, startYear: $0).description }
    return "a year is written with both its halves: \(years[0]) or \(years[1])"
  }

  /// The diagnostic for this problem at a place; `fix` replaces the text there.
  func at(_ place: Place, severity: Diagnostic.Severity = .error, fix: String? = nil) -> Diagnostic
  {
    Diagnostic(
      severity, message, at: place.range, hint: hint,
      fix: fix.map { Diagnostic.Fix(place.range, $0) })
  }
}

extension Diagnostic: Error {}

extension ValueType {
  /// The type as a noun: `a whole number`.
  var withArticle: String {
    switch self {
    case .text: "text"
    case .category: "text"
    case .integer, .decimal: "a number"
    case .boolean: "yes or no"
    case .date: "a date"
    case .month: "a month"
    case .period: "a year or quarter"
    }
  }

  /// How a value of it is written.
  var example: String {
    switch self {
    case .text, .category: "\"text\""
    case .integer: "30000"
    case .decimal: "0.5"
    case .boolean: "yes"
    case .date: "2014-04-01"
    case .month: "2014-09"
    case .period: "FY2014/15"
    }
  }
}

/// `a, b and c`; the first eight of many.
func shortList(_ names: [String], _ word: String) -> String {
  if names.count > 9 {
    return names.prefix(8).joined(separator: ", ") + " \(word) \(names.count - 8) more"
  }
  return list(names, word)
}

private func isTimeText(_ text: String) -> Bool {
  text.utf8.allSatisfy { $0 >= 48 && $0 <= 57 || $0 == 45 } && text.utf8.contains(45)
    || text.hasPrefix("FY") || text.hasPrefix("AY")
}
