/// A box: the cells that can change together by the same amount without changing any total.
struct Box {
  var corners: [Int]
  var cost: Int
}

/// Finds, for a cell, the cheapest box that keeps it uncertain.
///
/// Take for each dimension another level than the cell's, its total included. The cells at all
/// combinations are the corners. Going from level to level turns the sign of a corner, going to a
/// total does not; then adding d to the corners of one sign and taking it from the others keeps
/// every total. With all corners withheld a reader cannot tell the table from the one that is
/// changed so, and d may be as great as the least corner of the sign that loses. So the cell's
/// interval is at least the least positive corner plus the least negative one, and endless where
/// no corner is negative. (The hypercube method of S. Giessing and D. Repsilber, "Tools and
/// strategies to protect multiple tables with the GHQUAR cell suppression engine", 2002, with
/// margins as further corners.)
struct BoxSearch {
  let shape: TableShape
  let values: [Int]
  let isForbidden: [Bool]
  let window: Int
  let costs: BoxCosts
  /// The dimensions that have a total; without one, levels do not constrain each other.
  let moving: [Int]
  private let margins: [Int]
  private let cellCosts: [Int]

  init(table: CountTable, window: Int, costs: BoxCosts) {
    shape = table.shape
    values = table.counts
    isForbidden = table.isStructuralZero
    self.window = window
    self.costs = costs
    moving = table.shape.dimensions.indices.filter { table.shape.dimensions[$0].hasTotal }
    let shape = table.shape
    margins = (0..<shape.cellCount).map { shape.totals(of: $0) }
    let greatest = max(1, table.counts.max() ?? 1)
    let counts = table.counts
    let totals = margins
    cellCosts = counts.indices.map { cell in
      costs.cell + costs.margin * totals[cell]
        + Int(Double(costs.value) * (Double(counts[cell]) / Double(greatest)))
    }
  }

  func cost(of cell: Int) -> Int { cellCosts[cell] }

  /// The box around a cell with the least cost of what is not yet withheld.
  ///
  /// Of equal ones it is the first in the order of levels; it is nil where every box has a
  /// structural zero or is too narrow.
  func cheapest(around cell: Int, withheld: [Bool]) -> Box? {
    search(around: cell, withheld: withheld, mayWithhold: true)
  }

  /// A box around a cell all of whose corners are withheld already.
  func witness(around cell: Int, withheld: [Bool]) -> Box? {
    search(around: cell, withheld: withheld, mayWithhold: false)
  }

  private func search(around cell: Int, withheld: [Bool], mayWithhold: Bool) -> Box? {
    var walk = Walk(
      places: candidates(around: cell, withheld: withheld), withheld: withheld,
      mayWithhold: mayWithhold, best: nil, corners: [cell], signs: [1])
    step(
      &walk, depth: 0, cell: cell, cost: withheld[cell] ? 0 : cellCosts[cell],
      positive: values[cell], negative: nil)
    return walk.best
  }

  private struct Walk {
    let places: [[Int]]
    let withheld: [Bool]
    let mayWithhold: Bool
    var best: Box?
    var corners: [Int]
    var signs: [Int]
  }

  /// Adds the corners of one more dimension; leaves a branch as soon as it cannot win.
  private func step(
    _ walk: inout Walk, depth: Int, cell: Int, cost: Int, positive: Int, negative: Int?
  ) {
    guard depth < moving.count else {
      walk.best = Box(corners: walk.corners, cost: cost)
      return
    }
    let number = moving[depth]
    let own = shape.place(of: cell, along: number)
    let total = shape.dimensions[number].levels
    let count = walk.corners.count
    for place in walk.places[depth] {
      let offset = (place - own) * shape.strides[number]
      let turn = own == total || place == total ? 1 : -1
      var (cost, positive, negative, isOpen) = (cost, positive, negative, true)
      for index in 0..<count {
        let corner = walk.corners[index] + offset
        if isForbidden[corner] || (!walk.mayWithhold && !walk.withheld[corner]) {
          isOpen = false
          break
        }
        if !walk.withheld[corner] { cost += cellCosts[corner] }
        let sign = walk.signs[index] * turn
        if sign > 0 {
          positive = min(positive, values[corner])
        } else {
          negative = min(negative ?? values[corner], values[corner])
        }
        walk.corners.append(corner)
        walk.signs.append(sign)
      }
      // More corners only lower the window and raise the cost; without a negative one it is endless.
      let isWide = negative.map { positive + $0 >= window } ?? true
      if isOpen, isWide, walk.best.map({ cost < $0.cost }) ?? true {
        step(
          &walk, depth: depth + 1, cell: cell, cost: cost, positive: positive, negative: negative)
      }
      walk.corners.removeSubrange(count...)
      walk.signs.removeSubrange(count...)
      if !walk.mayWithhold, walk.best != nil { return }
    }
  }

  /// The levels to try in each dimension: all, or in a large table those that cost least.
  private func candidates(around cell: Int, withheld: [Bool]) -> [[Int]] {
    let all = moving.map { number in
      (0..<shape.dimensions[number].places).filter {
        $0 != shape.place(of: cell, along: number)
      }
    }
    if all.reduce(1, { $0 * $1.count }) <= costs.boxes { return all }
    var kept = 1
    while power(kept + 1, all.count) <= costs.boxes { kept += 1 }
    return zip(moving, all).map { number, places in
      func cost(_ place: Int) -> Int {
        let own = shape.place(of: cell, along: number)
        let corner = cell + (place - own) * shape.strides[number]
        if isForbidden[corner] { return Int.max }
        return withheld[corner] ? 0 : cellCosts[corner]
      }
      let total = shape.dimensions[number].levels
      let chosen = places.map { (place: $0, cost: cost($0)) }
        .sorted { ($0.cost, $0.place) < ($1.cost, $1.place) }.prefix(kept).map(\.place)
      // With the total always among them a box is found wherever there is one of totals only.
      return places.contains(total) && !chosen.contains(total) ? chosen + [total] : chosen
    }
  }

  private func power(_ base: Int, _ exponent: Int) -> Int {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }
}
