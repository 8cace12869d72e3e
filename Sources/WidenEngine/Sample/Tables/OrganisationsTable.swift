import WidenLanguage

extension Sample {
  /// One row for each organisation of north central and east London.
  static func organisationsTable(_ shared: SharedColumns) -> Dataset.Entry {
    let table = TableMaker("organisations", rows: organisations.count)
    let rows = organisations.count
    let kinds = Organisation.Kind.allCases.map(\.name).sorted()
    let columns = [
      table.names(
        "organisation", Codes(count: rows, cardinality: rows + 1) { $0 + 1 }, shared.organisations,
        type: .text, nil, isUnique: true, "The code of the Organisation Data Service."),
      table.sortedText("name", organisations.map(\.name), "The organisation's name."),
      table.column(
        "borough", .category,
        .text(organisations.map(\.borough), categories: headquarters),
        "The borough of the headquarters.", categories: headquarters),
      table.column(
        "kind", .category, .text(organisations.map(\.kind.name), categories: kinds),
        "What kind of organisation it is.", categories: kinds),
      table.column(
        "headcount", .integer, .integers(organisations.map(\.headcount)),
        "Staff with a United Kingdom or European Union nationality on 30 September 2016."),
    ]
    return table.entry(
      columns, key: "organisation",
      summary: "The NHS trusts and clinical commissioning groups, with their published headcounts.")
  }
}
