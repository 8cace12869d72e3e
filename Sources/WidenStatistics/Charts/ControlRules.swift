/// A pattern that ordinary variation hardly ever makes.
public enum ControlRule: String, Hashable, Sendable, CaseIterable {
  /// A value outside the limits.
  case outside = "outside the limits"
  /// Seven values in a row on one side of the centre.
  case oneSide = "seven on one side of the centre"
  /// Seven values in a row that only rise or only fall.
  case trend = "seven rising or falling"
  /// Two of three values in a row beyond two thirds of the way to the same limit.
  case nearLimit = "two of three near a limit"
}

/// The rules that each value breaks.
///
/// All values of a pattern are marked; of three with two near a limit, those two.
func specialCauses(_ values: [Double], centre: Double, limits: Interval) -> [[ControlRule]] {
  let distances = values.map { $0 - centre }
  let reach = limits.high - centre
  var marked = [Set<ControlRule>](repeating: [], count: values.count)
  for index in values.indices where !limits.contains(values[index]) {
    marked[index].insert(.outside)
  }
  for run in runs(distances.map { sign($0) }) where run.count >= 7 {
    for index in run { marked[index].insert(.oneSide) }
  }
  let steps = zip(values.dropFirst(), values).map { sign($0 - $1) }
  // A run of steps starts at the value before its first.
  for run in runs(steps) where run.count >= 6 {
    for index in run.lowerBound...run.upperBound { marked[index].insert(.trend) }
  }
  for side in [1.0, -1.0] {
    let near = distances.map { $0 * side > reach * 2 / 3 }
    for start in values.indices.dropLast(2) {
      let found = (start..<start + 3).filter { near[$0] }
      if found.count >= 2 { for index in found { marked[index].insert(.nearLimit) } }
    }
  }
  return marked.map { rules in ControlRule.allCases.filter(rules.contains) }
}

private func sign(_ value: Double) -> Int { value > 0 ? 1 : value < 0 ? -1 : 0 }

/// The stretches of equal signs, without those of 0.
private func runs(_ signs: [Int]) -> [Range<Int>] {
  var found: [Range<Int>] = []
  var start = 0
  for index in 0..<signs.count + 1 where index == signs.count || signs[index] != signs[start] {
    if start < index, signs[start] != 0 { found.append(start..<index) }
    start = index
  }
  return found
}
