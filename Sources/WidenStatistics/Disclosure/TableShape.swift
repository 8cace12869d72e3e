/// How a table is laid out: its dimensions, their levels, and which of them have a total.
///
/// Levels are numbered from 0 and carry no label, so that a table whose labels are numbers, dates
/// or missing values is protected as one of texts is. Cells are numbered too, the last dimension
/// fastest; the total of a dimension stands after its last level.
public struct TableShape: Hashable, Sendable {
  /// A dimension of a table.
  public struct Dimension: Hashable, Sendable {
    /// The number of levels, without the total.
    public var levels: Int
    /// Whether the sum over the levels is shown.
    public var hasTotal: Bool
    /// Whether its levels are special-category data, such as ethnicity.
    public var isSpecialCategory: Bool

    /// A dimension with a number of levels.
    public init(levels: Int, hasTotal: Bool = true, isSpecialCategory: Bool = false) {
      self.levels = levels
      self.hasTotal = hasTotal
      self.isSpecialCategory = isSpecialCategory
    }

    var places: Int { hasTotal ? levels + 1 : levels }
  }

  /// The greatest number of cells of a table, margins included.
  public static let largestCellCount = 200_000

  /// The dimensions, from one to four.
  public let dimensions: [Dimension]
  /// The number of cells, margins included.
  public let cellCount: Int
  let strides: [Int]

  /// A layout; the errors are `dimensions`, `noLevels` and `tooManyCells`.
  public init(_ dimensions: [Dimension]) throws(DisclosureError) {
    guard (1...4).contains(dimensions.count) else { throw .dimensions(dimensions.count) }
    var strides = [Int](repeating: 1, count: dimensions.count)
    var cellCount = 1
    for (number, dimension) in dimensions.enumerated().reversed() {
      guard dimension.levels > 0 else { throw .noLevels(dimension: number) }
      strides[number] = cellCount
      let (product, isTooLarge) = cellCount.multipliedReportingOverflow(by: dimension.places)
      guard !isTooLarge, product <= Self.largestCellCount else {
        throw .tooManyCells(limit: Self.largestCellCount)
      }
      cellCount = product
    }
    self.dimensions = dimensions
    self.cellCount = cellCount
    self.strides = strides
  }

  /// The cell at a place, nil where there is none; a missing level stands for the total.
  public func cell(_ levels: [Int?]) -> Int? {
    guard levels.count == dimensions.count else { return nil }
    var cell = 0
    for (number, level) in levels.enumerated() {
      let dimension = dimensions[number]
      let place = level ?? dimension.levels
      guard place >= 0, level == nil ? dimension.hasTotal : place < dimension.levels else {
        return nil
      }
      cell += place * strides[number]
    }
    return cell
  }

  /// The levels of a cell, nil for a total.
  public func levels(of cell: Int) -> [Int?] {
    dimensions.indices.map { isTotal(cell, along: $0) ? nil : place(of: cell, along: $0) }
  }

  /// Whether a cell is a total of any dimension.
  public func isMargin(_ cell: Int) -> Bool { totals(of: cell) > 0 }

  /// The cells that are no totals, in order.
  public var innerCells: [Int] { (0..<cellCount).filter { !isMargin($0) } }

  /// The inner cells that a cell counts; an inner cell counts itself.
  public func members(of cell: Int) -> [Int] {
    var members = [cell]
    for number in dimensions.indices where isTotal(cell, along: number) {
      let levels = dimensions[number].levels
      let stride = strides[number]
      members = members.flatMap { member in
        (0..<levels).map { member - (levels - $0) * stride }
      }
    }
    return members
  }
}

extension TableShape {
  func place(of cell: Int, along number: Int) -> Int {
    cell / strides[number] % dimensions[number].places
  }

  func isTotal(_ cell: Int, along number: Int) -> Bool {
    place(of: cell, along: number) == dimensions[number].levels
  }

  /// In how many dimensions a cell is a total.
  func totals(of cell: Int) -> Int {
    dimensions.indices.count { isTotal(cell, along: $0) }
  }

  /// Fills each margin with the sum along its dimension of what stands before it.
  func addMargins<Value>(_ cells: inout [Value], none: Value, sum: (Value, Value) -> Value) {
    for (number, dimension) in dimensions.enumerated() where dimension.hasTotal {
      for cell in 0..<cellCount where isTotal(cell, along: number) {
        var total = none
        for level in 0..<dimension.levels {
          total = sum(total, cells[cell - (dimension.levels - level) * strides[number]])
        }
        cells[cell] = total
      }
    }
  }
}
