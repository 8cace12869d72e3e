import WidenLanguage

extension Evaluation {
  /// One of several values for some of the rows.
  private struct Arm {
    /// No row is in two arms.
    var rows: Bitmap
    var value: Vector
  }

  /// The value of the first branch whose condition holds.
  ///
  /// A chain of `else if` may be of any length: it is walked, not recursed into.
  func conditional(_ expression: TypedExpression, in scope: Scope) throws(ExecutionError)
    -> Vector
  {
    var arms: [Arm] = []
    var rest = Bitmap(count: scope.rows, repeating: true)
    var current = expression
    while case .conditional(let condition, let chosen, let other) = current.node {
      let holds = try bitmap(condition, in: scope.restricted(to: rest)).intersection(rest)
      arms.append(
        Arm(rows: holds, value: try vector(chosen, in: scope.restricted(to: holds))))
      rest = rest.subtracting(holds)
      current = other
    }
    arms.append(Arm(rows: rest, value: try vector(current, in: scope.restricted(to: rest))))
    return try choose(arms, expression, rows: scope.rows)
  }

  /// The first of several values that is not missing.
  func coalesce(
    _ arguments: [TypedExpression], of expression: TypedExpression, in scope: Scope
  ) throws(ExecutionError) -> Vector {
    var arms: [Arm] = []
    var rest = Bitmap(count: scope.rows, repeating: true)
    for argument in arguments {
      let value = try vector(argument, in: scope.restricted(to: rest))
      let taken = try presence(of: value, rows: scope.rows).intersection(rest)
      arms.append(Arm(rows: taken, value: value))
      rest = rest.subtracting(taken)
    }
    return try choose(arms, expression, rows: scope.rows)
  }

  private func choose(_ arms: [Arm], _ expression: TypedExpression, rows: Int)
    throws(ExecutionError) -> Vector
  {
    if expression.type.isText {
      return try chooseTexts(arms, categories: expression.categories, rows: rows)
    }
    guard arms.contains(where: { $0.value.isDecimal }) else {
      let (values, validity) = try work.numbers(rows, as: Int.self) { block, target, present in
        chooseBlock(arms.map { ($0.rows, $0.value) }, block, target, present) { $0.integers($1) }
      }
      return .integers(values, validity: validity)
    }
    var places: Int? = 0
    for arm in arms { places = places.flatMap { own in arm.value.places.map { max(own, $0) } } }
    let (values, validity) = try work.numbers(rows, as: Double.self) { block, target, present in
      chooseBlock(arms.map { ($0.rows, $0.value) }, block, target, present) { $0.fractions($1) }
    }
    return .decimals(values, validity: validity, places: places)
  }

  /// Only the texts that are chosen somewhere, and the declared ones, get into the dictionary.
  private func chooseTexts(_ arms: [Arm], categories: [String]?, rows: Int)
    throws(ExecutionError) -> Vector
  {
    var texts = Interner()
    var codes = [UInt32](repeating: 0, count: rows)
    for arm in arms {
      switch arm.value {
      case .constant(.text(let text)):
        guard arm.rows.words.elements.contains(where: { $0 != 0 }) else { continue }
        let code = UInt32(try texts.code(of: text))
        try forEachRow(arm.rows) { (row) throws(ExecutionError) in codes[row] = code }
      case .coded(let column):
        let reader = TextReader(column.domain)
        var newCodes = [Int](repeating: 0, count: column.cardinality)
        try forEachRow(arm.rows) { (row) throws(ExecutionError) in
          let code = column.codes[row]
          guard code > 0 else { return }
          if newCodes[code] == 0 { newCodes[code] = try texts.code(of: reader.bytes(code)) }
          codes[row] = UInt32(newCodes[code])
        }
      case .constant, .integers, .decimals, .condition: break
      }
    }
    return .coded(try coded(codes, texts, categories: categories))
  }

  private func forEachRow(_ rows: Bitmap, _ body: (Int) throws(ExecutionError) -> Void)
    throws(ExecutionError)
  {
    for (index, word) in rows.words.elements.enumerated() {
      if index & 0x3FF == 0 { try work.checkCancelled() }
      var rest = word
      while rest != 0 {
        try body(index &<< 6 &+ rest.trailingZeroBitCount)
        rest &= rest &- 1
      }
    }
  }
}

private func chooseBlock<Element: BitwiseCopyable>(
  _ arms: [(rows: Bitmap, value: Vector)], _ block: Range<Int>,
  _ target: UnsafeMutablePointer<Element>, _ present: UnsafeMutablePointer<UInt8>,
  _ load: (Vector, Range<Int>) -> Block<Element>
) {
  present.update(repeating: 0, count: block.count)
  let scratch = Block<UInt8>()
  let chosen = scratch.values
  defer { withExtendedLifetime(scratch) {} }
  for arm in arms {
    arm.rows.expand(block, into: chosen)
    let values = load(arm.value, block)
    for row in 0..<block.count where chosen[row] == 1 {
      target[row] = values.values[row]
      present[row] = values.present[row]
    }
  }
}
