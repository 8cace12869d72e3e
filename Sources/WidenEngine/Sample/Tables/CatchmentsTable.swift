import WidenLanguage

extension Sample {
  /// One row for each organisation and borough that it serves; the shares of one add up to 1.
  static func catchmentsTable(_ shared: SharedColumns) -> Dataset.Entry {
    let parts = organisations.enumerated().flatMap { index, organisation in
      catchment(of: organisation).enumerated().filter { $0.element > 0 }.map {
        (organisation: index, borough: $0.offset, share: $0.element)
      }
    }
    let table = TableMaker("catchments", rows: parts.count)
    let columns = [
      table.names(
        "organisation", Codes(count: parts.count, cardinality: 256) { parts[$0].organisation + 1 },
        shared.organisations, type: .text, nil, "The organisation's code."),
      table.names(
        "borough", Codes(count: parts.count, cardinality: 256) { parts[$0].borough + 1 },
        TextDictionary(boroughs), nil, "A borough that it serves."),
      table.column(
        "share", .decimal, .scaled(parts.map(\.share), places: 4),
        "The share of those it serves who live there, invented."),
    ]
    return table.entry(
      columns, isSynthetic: true,
      relationships: [.init(column: "organisation", table: "organisations", key: "organisation")],
      summary: "Which boroughs each organisation serves, in shares that add up to 1; invented.")
  }

  /// The shares of `boroughs` in those whom an organisation serves, in units of 0.0001.
  static func catchment(of organisation: Organisation) -> [Int] {
    let home = boroughs.firstIndex(of: organisation.borough)
    if organisation.kind == .commissioning {
      // One group commissions for two boroughs, of which the City is much the smaller.
      let city = organisation.borough == "Hackney" ? 300 : 0
      return boroughs.enumerated().map {
        $0.offset == home ? 10_000 - city : $0.element == "City of London" ? city : 0
      }
    }
    // Patients live where staff do, but more of them nearby.
    let weights = residenceWeights(of: organisation).dropLast().enumerated().map {
      $0.element * 3 + ($0.offset == home ? 60 : 0)
    }
    return apportion(10_000, by: weights)
  }
}
