internal import WidenLanguage

/// The Agenda for Change bands, in their order; very senior managers stand above them.
public let agendaForChangeBands = [
  "1", "2", "3", "4", "5", "6", "7", "8a", "8b", "8c", "8d", "9", "VSM",
]

extension Table {
  /// Gives columns of Agenda for Change bands their order, and says which columns they are.
  ///
  /// A column counts as one when all its values are bands, written `8a` or `Band 8a`, and one of
  /// them is a part of band 8, very senior managers, or has the word before it: plain numbers from
  /// 1 to 9 could be anything. Values keep their spelling.
  ///
  /// - Returns: the names of the columns that were given the order.
  public mutating func orderBands() -> [String] {
    var names: [String] = []
    for index in columns.indices {
      guard columns[index].description.categories == nil,
        case .coded(let coded) = columns[index].data, case .text(let dictionary) = coded.domain,
        dictionary.isInDisplayOrder, dictionary.count <= agendaForChangeBands.count,
        let values = bands(dictionary.values)
      else { continue }
      columns[index].description.type = .category
      columns[index].description.categories = values
      columns[index].description.isOrdered = true
      names.append(columns[index].description.name)
    }
    return names
  }
}

/// All bands as these values spell them, when all of these are bands and stand in their order.
private func bands(_ values: [String]) -> [String]? {
  var spelt = agendaForChangeBands
  var last = -1
  var isCertain = false
  for value in values {
    let bare = withoutWord(value)
    guard
      let rank = agendaForChangeBands.firstIndex(where: { $0.lowercased() == bare.lowercased() }),
      rank > last
    else { return nil }
    last = rank
    isCertain = isCertain || bare.count > 1 || bare != value
    spelt[rank] = value
  }
  guard isCertain else { return nil }
  let hasWord = values.contains { withoutWord($0) != $0 }
  let hasCapitals = values.contains { $0.hasSuffix("A") || $0.hasSuffix("B") }
  return spelt.enumerated().map { rank, band in
    if last >= rank, values.contains(band) { return band }
    let letter = hasCapitals ? band.uppercased() : band
    return hasWord && band != "VSM" ? "Band " + letter : letter
  }
}

/// A band without the word before it.
private func withoutWord(_ value: String) -> String {
  value.lowercased().hasPrefix("band ") ? String(value.dropFirst(5)) : value
}
