internal import WidenPublish

/// Which figures moved because of the data, and which because of a definition, where both changed.
struct Causes {
  private var byData: Set<Place> = []
  private var byDefinition: Set<Place> = []

  private struct Place: Hashable {
    let row: String
    let column: String

    init(_ figure: MovedFigures.Figure) { (row, column) = (figure.row, figure.column) }
  }

  /// Nothing is known, or there is only one cause.
  init() {}

  /// Figures as they were, as they are by the old definitions, and as they are.
  init(was: RecordedFigures, between: RecordedFigures, now: RecordedFigures) {
    byData = Set(MovedFigures(from: was, to: between).figures.map { Place($0) })
    byDefinition = Set(MovedFigures(from: between, to: now).figures.map { Place($0) })
  }

  /// Why a figure moved; nil where it is not known.
  func of(_ figure: MovedFigures.Figure) -> String? {
    let place = Place(figure)
    switch (byData.contains(place), byDefinition.contains(place)) {
    case (true, true): return "data and definition"
    case (true, false): return "data"
    case (false, true): return "definition"
    case (false, false): return nil
    }
  }
}
