import WidenLanguage

extension Sample {
  /// One row for each age band of the standard population.
  static func standardPopulationTable() -> Dataset.Entry {
    let table = TableMaker("standard_population", rows: ageBands.count)
    let columns = [
      table.names(
        "age_band", Codes(count: ageBands.count, cardinality: ageBands.count + 1) { $0 + 1 },
        TextDictionary(ageBands), nil, isOrdered: true, isUnique: true, "The age band."),
      table.column("people", .integer, .integers(standardPeople), "How many of 100,000 are in it."),
    ]
    return table.entry(
      columns, key: "age_band",
      summary: "The European Standard Population of 2013, to standardise rates by age.")
  }
}
