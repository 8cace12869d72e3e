import WidenLanguage

extension Sample {
  /// One row for each initiative of the programme.
  static func initiativesTable(_ shared: SharedColumns) -> Dataset.Entry {
    let table = TableMaker("initiatives", rows: initiatives.count)
    let kinds = Initiative.Kind.allCases.map(\.rawValue)
    let columns = [
      table.names(
        "initiative",
        Codes(count: initiatives.count, cardinality: initiatives.count + 1) { $0 + 1 },
        shared.initiatives, type: .text, nil, isUnique: true, "The initiative's code."),
      table.sortedText("name", initiatives.map(\.name), "What it is called."),
      table.names(
        "kind",
        Codes(count: initiatives.count, cardinality: kinds.count + 1) { row in
          (kinds.firstIndex(of: initiatives[row].kind.rawValue) ?? -1) + 1
        }, TextDictionary(kinds), nil, "What kind of initiative it is."),
      table.sortedText("provider", initiatives.map(\.provider), "Who provides it."),
      table.column(
        "funding", .integer, .integers(initiatives.map(\.funding)),
        "Pounds over its whole time, invented; frameworks have none."),
      table.column("started", .date, .dates(initiatives.map(\.started)), "Its first day."),
      table.column(
        "ended", .date, .dates(initiatives.map(\.ended)), "Its last day; missing while it goes on."),
    ]
    return table.entry(
      columns, key: "initiative", isSynthetic: true, span: .init(start: "started", end: "ended"),
      summary: "The programme's published initiatives, with invented funding and days.")
  }
}
