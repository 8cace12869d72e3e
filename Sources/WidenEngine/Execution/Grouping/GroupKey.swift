import WidenLanguage

/// A column to group by, as codes.
struct GroupKey: Sendable {
  /// A code for each row, 0 for missing.
  private(set) var codes: Codes
  /// When it is given, what counts is the table's code for each of these codes.
  private(set) var table: Codes?
  /// All codes are below it.
  let cardinality: Int
  /// How the codes are shown in order.
  let order: OrderKeys
  private let meaning: Meaning

  private enum Meaning: Sendable {
    case coded(CodedColumn)
    /// Code `k` is value `k - 1`.
    case integers([Int])
    case decimals([Double])
  }

  /// The codes of a column; numbers without codes are numbered in their order.
  init(
    _ column: Column, categories: [String]?, selection: Bitmap?, in context: ExecutionContext
  ) throws(ExecutionError) {
    switch column {
    case .coded(let coded):
      codes = coded.codes
      cardinality = max(1, coded.cardinality)
      order = OrderKeys(column, categories: categories)
      meaning = .coded(coded)
    case .integers(let values, let validity):
      let bits = try Work(context).buffer(values.count, as: UInt64.self) { rows, target in
        for row in rows { target[row] = orderedBits(values.pointer[row]) }
      }
      let dense = try DenseValues(bits, validity, selection, in: context)
      codes = dense.codes
      cardinality = dense.values.count + 1
      meaning = .integers(dense.values.map(integer(ofOrderedBits:)))
      order = OrderKeys(.integers(Buffer([]), validity: nil))
    case .decimals(let values, let validity):
      let bits = try Work(context).buffer(values.count, as: UInt64.self) { rows, target in
        for row in rows { target[row] = orderedBits(values.pointer[row]) }
      }
      let dense = try DenseValues(bits, validity, selection, in: context)
      codes = dense.codes
      cardinality = dense.values.count + 1
      meaning = .decimals(dense.values.map(decimal(ofOrderedBits:)))
      order = OrderKeys(.decimals(Buffer([]), validity: nil))
    }
  }

  /// What a table makes of the codes of a column.
  init(_ codes: Codes, table: CodedColumn, categories: [String]?) {
    self.codes = codes
    self.table = table.codes
    cardinality = max(1, table.cardinality)
    order = OrderKeys(.coded(table), categories: categories)
    meaning = .coded(table)
  }

  /// The same key with its own codes written down for each row.
  func written(in context: ExecutionContext) throws(ExecutionError) -> GroupKey {
    guard let table else { return self }
    let work = Work(context)
    let column = CodedColumn(
      codes: table, domain: .integer(minimum: 1), cardinality: cardinality)
    var key = self
    key.codes = try work.gather(codes, mayBeZero: true, column).codes
    key.table = nil
    return key
  }

  /// The place of each code among the values in display order, missing last.
  var places: Buffer<UInt32> {
    Buffer(
      (0..<cardinality).map { code in
        UInt32(truncatingIfNeeded: code == 0 ? cardinality - 1 : Int(order.key(ofCode: code)) - 1)
      })
  }

  /// The column of these codes' values.
  func column(_ codes: [UInt32], isUnique: Bool) -> Column {
    let hasMissing = codes.contains(0)
    switch meaning {
    case .coded(var coded):
      coded.codes = Codes(count: codes.count, cardinality: cardinality) { Int(codes[$0]) }
      coded.hasMissing = hasMissing
      coded.isUnique = isUnique && !hasMissing
      return .coded(coded)
    case .integers(let values):
      return .integers(codes.map { $0 == 0 ? nil : values[Int($0) - 1] })
    case .decimals(let values):
      return .decimals(codes.map { $0 == 0 ? nil : values[Int($0) - 1] })
    }
  }
}

/// The different values of a column of numbers in their order, and each row's place among them.
private struct DenseValues {
  /// Ordered bits, ascending.
  let values: [UInt64]
  let codes: Codes

  init(
    _ bits: Buffer<UInt64>, _ validity: Bitmap?, _ selection: Bitmap?, in context: ExecutionContext
  ) throws(ExecutionError) {
    let present: Bitmap?
    if let validity {
      present = selection?.intersection(validity) ?? validity
    } else {
      present = selection
    }
    let groups = try equalRows(by: bits, selection: present, in: context)
    let firstRows = try groups.firstRows(in: context)
    values = try context.elements(firstRows.count) { places, target in
      for place in places { target[place] = bits.pointer[Int(firstRows[place])] }
    }
    let numbers = try groups.numbers(rowCount: bits.count, in: context)
    let work = Work(context)
    codes = try work.codes(bits.count, cardinality: values.count + 1) { rows, target in
      for row in rows {
        target[row &- rows.lowerBound] =
          present?[row] == false ? 0 : Int(numbers.pointer[row]) &+ 1
      }
    }
  }
}
