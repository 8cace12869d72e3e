/// Adds the records of one set of accumulators to another's.
func merge(
  _ accumulators: [(kind: Accumulator.Kind, slot: Int)], from: Words, into: Words, stride: Int,
  cells: Int
) {
  for (kind, slot) in accumulators {
    for cell in 0..<cells {
      let offset = cell &* stride &+ slot
      merge(kind, from + offset, into: into + offset)
    }
  }
}

@inline(__always)
private func merge(_ kind: Accumulator.Kind, _ source: Words, into target: Words) {
  switch kind {
  case .rows, .present, .codes, .recorded: target[0] &+= source[0]
  case .greatest, .least: target[0] = max(target[0], source[0])
  case .squares, .integers:
    let (sum, carry) = target[0].addingReportingOverflow(source[0])
    target[0] = sum
    target[1] &+= source[1] &+ (carry ? 1 : 0)
  case .decimals:
    addCompensated(Double(bitPattern: source[0]), target)
    target[1] = (Double(bitPattern: target[1]) + Double(bitPattern: source[1])).bitPattern
  case .spread: mergeSpread(source, into: target)
  case .correlation: mergeCorrelation(source, into: target)
  case .products: for word in 0..<6 { target[word] &+= source[word] }
  }
}

/// Chan's rule for two means and two sums of squared deviations.
private func mergeSpread(_ source: Words, into target: Words) {
  guard source[0] > 0 else { return }
  let (a, b) = (Double(target[0]), Double(source[0]))
  let difference = Double(bitPattern: source[1]) - Double(bitPattern: target[1])
  target[0] &+= source[0]
  target[1] = (Double(bitPattern: target[1]) + difference * (b / (a + b))).bitPattern
  target[2] =
    (Double(bitPattern: target[2]) + Double(bitPattern: source[2])
    + difference * difference * (a * b / (a + b))).bitPattern
}

private func mergeCorrelation(_ source: Words, into target: Words) {
  guard source[0] > 0 else { return }
  let (a, b) = (Double(target[0]), Double(source[0]))
  let x = Double(bitPattern: source[1]) - Double(bitPattern: target[1])
  let y = Double(bitPattern: source[2]) - Double(bitPattern: target[2])
  let weight = a * b / (a + b)
  target[0] &+= source[0]
  target[1] = (Double(bitPattern: target[1]) + x * (b / (a + b))).bitPattern
  target[2] = (Double(bitPattern: target[2]) + y * (b / (a + b))).bitPattern
  for (word, product) in [(3, x * x), (4, y * y), (5, x * y)] {
    target[word] =
      (Double(bitPattern: target[word]) + Double(bitPattern: source[word]) + product * weight)
      .bitPattern
  }
}
