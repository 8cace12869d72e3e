/// What withholding a further cell costs, and how many boxes are looked at for each cell.
public struct BoxCosts: Hashable, Sendable {
  /// Of any cell.
  public var cell: Int
  /// Of the greatest value of the table; smaller ones cost their part of it.
  public var value: Int
  /// More for each dimension in which the cell is a total.
  public var margin: Int
  /// The greatest number of boxes to look at for a cell; beyond it the cheapest levels are tried.
  public var boxes: Int

  /// The costs of withholding: few cells first, then small ones, totals last of all.
  public init(cell: Int = 1_000, value: Int = 1_000, margin: Int = 20_000, boxes: Int = 20_000) {
    self.cell = cell
    self.value = value
    self.margin = margin
    self.boxes = boxes
  }
}

/// Which cells are withheld so that the ones withheld for their own sake cannot be worked out.
public struct Suppression: Hashable, Sendable {
  /// The cells withheld for the sake of others, in order.
  public var secondary: [Int]
  /// The cells for which there is no box; unless there are none, the whole table is withheld.
  public var unprotected: [Int]
}

/// Secondary suppression by the box method, in one to four dimensions with margins.
///
/// Every withheld cell, secondary ones included, is a corner of a box of withheld cells whose
/// window is wide enough, which proves its interval (see `BoxSearch`). "Two withheld in each line"
/// proves nothing: there are tables in which it gives cells away exactly. The largest small cell
/// comes first, as its box tends to serve smaller ones; at the end what turned out not to be
/// needed is published again, the dearest first.
public func secondarySuppression(
  of table: CountTable, primary: Set<Int>, window: Int, costs: BoxCosts = BoxCosts()
) -> Suppression {
  let search = BoxSearch(table: table, window: window, costs: costs)
  var state = Withholding(search: search, primary: primary)
  let unprotected = state.protect()
  guard unprotected.isEmpty else { return Suppression(secondary: [], unprotected: unprotected) }
  state.publishWhatIsNotNeeded()
  return Suppression(secondary: state.secondary, unprotected: [])
}

/// The cells withheld so far, each with the box that proves its window.
private struct Withholding {
  let search: BoxSearch
  let primary: Set<Int>
  private var withheld: [Bool]
  private var witnesses: [[Int]]

  init(search: BoxSearch, primary: Set<Int>) {
    self.search = search
    self.primary = primary
    withheld = [Bool](repeating: false, count: search.values.count)
    witnesses = [[Int]](repeating: [], count: search.values.count)
    for cell in primary { withheld[cell] = true }
  }

  var secondary: [Int] {
    withheld.indices.filter { withheld[$0] && !primary.contains($0) }
  }

  /// Finds a box for each primary cell; gives the cells for which there is none.
  mutating func protect() -> [Int] {
    let order = primary.sorted {
      (-search.values[$0], $0) < (-search.values[$1], $1)
    }
    var unprotected: [Int] = []
    for cell in order where witnesses[cell].isEmpty {
      guard let box = search.cheapest(around: cell, withheld: withheld) else {
        unprotected.append(cell)
        continue
      }
      for corner in box.corners {
        withheld[corner] = true
        // The box has the same window seen from any corner.
        if witnesses[corner].isEmpty { witnesses[corner] = box.corners }
      }
    }
    return unprotected
  }

  mutating func publishWhatIsNotNeeded() {
    let dearest = secondary.sorted {
      (-search.cost(of: $0), $0) < (-search.cost(of: $1), $1)
    }
    for cell in dearest {
      withheld[cell] = false
      if let replaced = witnesses(without: cell) {
        for (other, corners) in replaced { witnesses[other] = corners }
        witnesses[cell] = []
      } else {
        withheld[cell] = true
      }
    }
  }

  /// Other boxes for the cells whose own has this corner; nil if one of them has no other.
  private func witnesses(without cell: Int) -> [(cell: Int, corners: [Int])]? {
    var replaced: [(cell: Int, corners: [Int])] = []
    for other in withheld.indices where withheld[other] && witnesses[other].contains(cell) {
      guard let box = search.witness(around: other, withheld: withheld) else { return nil }
      replaced.append((other, box.corners))
    }
    return replaced
  }
}
