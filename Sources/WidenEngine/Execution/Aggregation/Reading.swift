import WidenLanguage

/// How an aggregate's result is read from the cells' records.
enum Reading {
  case count(slot: Int)
  case missing(rows: Int, present: Int)
  case sum(operand: Int, present: Int, slot: Int)
  case mean(operand: Int, present: Int, slot: Int)
  case extreme(operand: Int, present: Int, slot: Int, isLeast: Bool)
  case exactDeviation(operand: Int, present: Int, codes: Int, squares: Int)
  case deviation(slot: Int)
  case correlation(slot: Int)
  case exactCorrelation(slot: Int)
  case percentile(Double, operand: Int, condition: Int)
  case distinct(operand: Int, condition: Int)
}

/// Reads columns of results from the records of the groups' cells.
struct ResultReader {
  let totals: Totals
  let operands: [Operand]
  let cells: [Int]

  /// Whole numbers of rows.
  func counts(_ slot: Int) -> [Int] { cells.map { totals.count(slot, ofCell: $0) } }

  /// A column of whole numbers that are not negative.
  static func column(_ counts: [Int]) -> Column {
    let most = counts.max() ?? 0
    // Wider than codes can be: nobody has so many rows, but nothing may trap.
    guard most < Int(UInt32.max) - 1 else { return .integers(counts.map { Optional($0) }) }
    return .coded(
      CodedColumn(
        codes: Codes(count: counts.count, cardinality: most + 2) { counts[$0] + 1 },
        domain: .integer(minimum: 0), cardinality: most + 2, hasMissing: false))
  }

  /// The sum of each group; missing when no row has a value.
  func sums(_ index: Int, present: Int, slot: Int) -> Column {
    let operand = operands[index]
    if case .decimals = operand.column {
      let sums = Scratch<Double>(count: cells.count)
      for (row, cell) in cells.enumerated() {
        sums[row] =
          totals.count(present, ofCell: cell) == 0 ? .nan : decimalSum(slot, cell)
      }
      return .decimals(sums.elements)
    }
    let sums = cells.map { cell in
      totals.count(present, ofCell: cell) == 0
        ? nil : exactSum(operand, present: present, slot: slot, cell)
    }
    let places = operand.units?.places ?? 0
    // A sum beyond 64 bits is given as nearly as a fraction can.
    guard sums.allSatisfy({ $0?.isWide != true }) else {
      return .decimals(sums.map { $0.map { $0.decimal / Domain.powers[places] } })
    }
    let whole = sums.map { $0?.whole }
    return places == 0 ? .integers(whole) : .scaled(whole, places: places)
  }

  /// The mean of each group; missing when no row has a value.
  func means(_ index: Int, present: Int, slot: Int) -> Column {
    let operand = operands[index]
    let power = Domain.powers[operand.units?.places ?? 0]
    let means = Scratch<Double>(count: cells.count)
    for (row, cell) in cells.enumerated() {
      let count = totals.count(present, ofCell: cell)
      if count == 0 {
        means[row] = .nan
      } else if case .decimals = operand.column {
        means[row] = decimalSum(slot, cell) / Double(count)
      } else {
        let sum = exactSum(operand, present: present, slot: slot, cell)
        means[row] = sum.decimal / (Double(count) * power)
      }
    }
    return .decimals(means.elements)
  }

  /// The least or greatest value of each group, as a column of the operand's kind.
  func extremes(_ index: Int, present: Int, slot: Int, isLeast: Bool) -> Column {
    let operand = operands[index]
    func key(_ cell: Int) -> UInt64? {
      totals.count(present, ofCell: cell) == 0 ? nil : totals.word(slot, ofCell: cell)
    }
    switch operand.column {
    case .coded(var coded):
      var codeOfRank: [Int: Int] = [:]
      if let ranks = operand.ranks {
        for code in 0..<ranks.count { codeOfRank[Int(ranks[code])] = code }
      }
      let codes = cells.map { cell in
        guard let key = key(cell) else { return 0 }
        let low = UInt32(truncatingIfNeeded: key)
        let rank = Int(isLeast ? 0 &- low : low)
        return operand.ranks == nil ? rank : codeOfRank[rank] ?? 0
      }
      coded.codes = Codes(count: cells.count, cardinality: coded.cardinality) { codes[$0] }
      coded.hasMissing = codes.contains(0)
      coded.isUnique = false
      return .coded(coded)
    case .integers:
      return .integers(
        cells.map { key($0).map { integer(ofOrderedBits: isLeast ? ~$0 : $0) } })
    case .decimals:
      return .decimals(cells.map { key($0).map { decimal(ofOrderedBits: isLeast ? ~$0 : $0) } })
    }
  }

  /// Standard deviations from exact sums of codes and of their squares.
  func exactDeviations(_ index: Int, present: Int, codes: Int, squares: Int) -> Column {
    let power = Domain.powers[operands[index].units?.places ?? 0]
    return .decimals(
      cells.map { cell in
        let count = totals.count(present, ofCell: cell)
        guard count > 1 else { return nil }
        let sum = UInt128(totals.word(codes, ofCell: cell))
        let square =
          UInt128(totals.word(squares + 1, ofCell: cell)) << 64
          | UInt128(totals.word(squares, ofCell: cell))
        let (all, overflow) = square.multipliedReportingOverflow(by: UInt128(count))
        let own = sum.multipliedReportingOverflow(by: sum)
        let numerator =
          overflow || own.overflow
          ? Double(square) * Double(count) - Double(sum) * Double(sum)
          : Double(all - own.partialValue)
        let variance = max(0, numerator) / (Double(count) * Double(count - 1))
        return variance.squareRoot() / power
      })
  }

  /// Standard deviations from means and squared deviations.
  func deviations(_ slot: Int) -> Column {
    .decimals(
      cells.map { cell in
        let count = totals.count(slot, ofCell: cell)
        guard count > 1 else { return nil }
        return (max(0, totals.decimal(slot + 2, ofCell: cell)) / Double(count - 1)).squareRoot()
      })
  }

  /// Pearson's correlations; missing below two rows, or when one side does not vary.
  func correlations(_ slot: Int) -> Column {
    .decimals(
      cells.map { cell in
        let x = totals.decimal(slot + 3, ofCell: cell)
        let y = totals.decimal(slot + 4, ofCell: cell)
        guard totals.count(slot, ofCell: cell) > 1, x > 0, y > 0 else { return nil }
        let r = totals.decimal(slot + 5, ofCell: cell) / (x.squareRoot() * y.squareRoot())
        return min(1, max(-1, r))
      })
  }

  /// The same from exact sums of codes, whose start and unit make no difference.
  func exactCorrelations(_ slot: Int) -> Column {
    .decimals(
      cells.map { cell in
        func sum(_ word: Int) -> Int128 { Int128(totals.word(slot + word, ofCell: cell)) }
        let rows = sum(0)
        let x = rows * sum(3) - sum(1) * sum(1)
        let y = rows * sum(4) - sum(2) * sum(2)
        guard rows > 1, x > 0, y > 0 else { return nil }
        let both = Double(rows * sum(5) - sum(1) * sum(2))
        return min(1, max(-1, both / (Double(x).squareRoot() * Double(y).squareRoot())))
      })
  }

  private func decimalSum(_ slot: Int, _ cell: Int) -> Double {
    totals.decimal(slot, ofCell: cell) + totals.decimal(slot + 1, ofCell: cell)
  }

  /// The sum of a group in units.
  private func exactSum(_ operand: Operand, present: Int, slot: Int, _ cell: Int) -> ExactSum {
    let low = totals.word(slot, ofCell: cell)
    guard let units = operand.units else {
      return ExactSum(high: totals.word(slot + 1, ofCell: cell), low: low)
    }
    return ExactSum(
      codes: low, minimum: units.minimum, count: totals.count(present, ofCell: cell))
  }
}

/// A sum of whole numbers, which nearly always is a whole number of 64 bits.
struct ExactSum {
  /// Nil when it needs more than 64 bits.
  let whole: Int?
  /// As nearly as a fraction can give it.
  let decimal: Double

  var isWide: Bool { whole == nil }

  /// The sum of `count` codes as units: code 1 is `minimum`.
  init(codes: UInt64, minimum: Int, count: Int) {
    let (base, isFar) = minimum.multipliedReportingOverflow(by: count)
    let (sum, isWide) = base.addingReportingOverflow(Int(truncatingIfNeeded: codes) &- count)
    if isFar || isWide || codes >> 63 == 1 {
      self.init(Int128(codes) + (Int128(minimum) - 1) * Int128(count))
    } else {
      self.init(whole: sum, decimal: Double(sum))
    }
  }

  /// Two words of a number in two's complement.
  init(high: UInt64, low: UInt64) {
    if high == 0 &- (low >> 63) {
      let sum = Int(Int64(bitPattern: low))
      self.init(whole: sum, decimal: Double(sum))
    } else {
      self.init(Int128(Int64(bitPattern: high)) << 64 | Int128(low))
    }
  }

  private init(_ sum: Int128) {
    self.init(whole: Int(exactly: sum), decimal: Double(sum))
  }

  private init(whole: Int?, decimal: Double) {
    self.whole = whole
    self.decimal = decimal
  }
}
