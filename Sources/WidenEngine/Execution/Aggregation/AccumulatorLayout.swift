/// What one pass computes for each cell, and where in the cell's record each of it stands.
struct AccumulatorLayout: Sendable {
  /// Accumulators that share a condition and an operand, so that both are looked up once.
  struct Work: Sendable {
    var condition: Int
    var operand: Int?
    var accumulators: [(kind: Accumulator.Kind, slot: Int)]
  }

  private(set) var slots: [Accumulator: Int] = [:]
  private(set) var stride = 0
  /// In the order in which they were asked for.
  private(set) var accumulators: [Accumulator] = []

  /// The first word of an accumulator, which is added when it is new.
  mutating func slot(_ kind: Accumulator.Kind, operand: Int? = nil, condition: Int = 0) -> Int {
    let wanted = Accumulator(kind: kind, operand: operand, condition: condition)
    if let slot = slots[wanted] { return slot }
    let slot = stride
    slots[wanted] = slot
    accumulators.append(wanted)
    stride += kind.words
    return slot
  }

  /// The accumulators by condition and operand.
  var work: [Work] {
    var found: [Work] = []
    for accumulator in accumulators {
      let entry = (accumulator.kind, slots[accumulator] ?? 0)
      let place = found.firstIndex {
        $0.condition == accumulator.condition && $0.operand == accumulator.operand
      }
      if let place {
        found[place].accumulators.append(entry)
      } else {
        found.append(
          Work(
            condition: accumulator.condition, operand: accumulator.operand, accumulators: [entry]))
      }
    }
    return found.sorted { ($0.condition, $0.operand ?? -1) < ($1.condition, $1.operand ?? -1) }
  }

  /// Whether the order of the rows may change the last bits.
  var dependsOnOrder: Bool { accumulators.contains { $0.kind.dependsOnOrder } }
}
