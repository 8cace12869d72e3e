import Testing
import WidenLanguage

@testable import WidenEngine

/// Values of other tables' rows, and rows of other tables that point here.
@Suite struct LookupTests {
  private let pointers = Column.text(["R0", "R3", "R4", nil, "R3", "R7"])

  @Test func valuesOfTheRowPointedTo() throws {
    let context = ExecutionContext(dataset: sites)
    let selection = Bitmap([true, true, true, true, false, true])
    let found = try values(
      lookup(field(1, .text)), over: [pointers], selection: selection, in: context)
    #expect(
      found == [.text("South"), .missing, .missing, .missing, .missing, .text("North")])
    #expect(
      context.notes == [
        .init(.warning, "1 value of sites.code stands in several rows; the first was used"),
        .init(.note, "site → sites: 3 rows matched, 2 did not (1 of them missing)"),
      ])
  }

  @Test func conditionsOverTheRowPointedTo() throws {
    let frame = Frame(columns: [pointers], rowCount: 6)
    let inNorth = compare(.equal, lookup(field(1, .text)), constant(.text("North")), .text)
    let evaluator = Evaluator(ExecutionContext(dataset: sites))
    #expect(
      try evaluator.condition(inNorth, over: frame)
        == Bitmap([false, false, false, false, false, true]))
    let large = lookup(
      compare(.greater, field(2, .integer), constant(.integer(5))))
    let column = try evaluator.column(large, over: frame)
    #expect(
      (0..<6).map { column[$0] } == [
        .boolean(false), .boolean(true), .missing, .missing, .boolean(true), .boolean(true),
      ])
  }

  @Test func divisionInTheOtherTableCountsRowsHere() throws {
    let context = ExecutionContext(dataset: sites)
    let perBed = lookup(join(constant(.integer(30)), .divide, field(2, .integer)))
    let column = Column.text(["R0", "R0", "R7", "R0"])
    #expect(
      try values(perBed, over: [column], in: context)
        == [.missing, .missing, .decimal(3), .missing])
    #expect(context.notes.contains(.init(.note, "division by zero in 3 rows gave missing")))
  }

  @Test(arguments: [ValueType.integer, .decimal, .date])
  func keysOfOtherTypes(type: ValueType) throws {
    let keys: [Value]
    let wide: [Value]
    switch type {
    case .decimal:
      keys = [.decimal(0.5), .decimal(1.25), .missing]
      wide = [.decimal(1.25), .missing, .decimal(2), .decimal(0.5)]
    case .date:
      keys = [.date(Day(number: 4)), .date(Day(number: 9)), .missing]
      wide = [.date(Day(number: 9)), .missing, .date(Day(number: 5)), .date(Day(number: 4))]
    case .integer, .text, .category, .boolean, .month, .period:
      keys = [.integer(-7), .integer(4_000_000_000_000), .missing]
      wide = [.integer(4_000_000_000_000), .missing, .integer(0), .integer(-7)]
    }
    let columns = [
      TableColumn(ColumnDescription(name: "key", type: type), .values(keys, type: type)),
      TableColumn(ColumnDescription(name: "label", type: .text), .text(["a", "b", "c"])),
    ]
    let dataset = Dataset(
      name: "test",
      entries: [
        .init(
          description: TableDescription(
            name: "others", columns: columns.map(\.description), rowCount: 3),
          table: Table(columns: columns, rowCount: 3))
      ])
    let label = TypedExpression(
      .lookup(
        Lookup(pointer: field(0, type), table: "others", key: "key", result: field(1, .text))),
      type: .text)
    let context = ExecutionContext(dataset: dataset)
    #expect(
      try values(label, over: [.values(wide, type: type)], in: context)
        == [.text("b"), .missing, .missing, .text("a")])
    let related = TypedExpression(
      .related(
        RelatedRows(
          kind: .count, key: field(0, type), table: "others", pointer: "key", condition: nil)),
      type: .integer)
    #expect(
      try values(related, over: [.values(wide, type: type)], in: context)
        == [.integer(1), .integer(0), .integer(0), .integer(1)])
  }

  @Test func identifiersAndDictionariesMatchByText() throws {
    let ids = Column.identifiers(prefix: "R", digits: 1, [7, 3, 12, nil])
    #expect(
      try values(lookup(field(2, .integer)), over: [ids])
        == [.integer(10), .integer(300), .integer(8), .missing])
  }

  @Test func rowsThatPointHere() throws {
    let filled = compare(.greater, field(2, .integer), constant(.integer(5)))
    func related(_ kind: Related.Kind, _ condition: TypedExpression?) -> TypedExpression {
      TypedExpression(
        .related(
          RelatedRows(
            kind: kind, key: field(0, .text), table: "sites", pointer: "code",
            condition: condition)), type: kind == .any ? .boolean : .integer)
    }
    #expect(
      try values(related(.count, nil), over: [pointers])
        == [1, 2, 0, 0, 2, 1].map { .integer($0) })
    #expect(
      try values(related(.count, filled), over: [pointers])
        == [0, 2, 0, 0, 2, 1].map { .integer($0) })
    #expect(
      try values(related(.any, filled), over: [pointers])
        == [false, true, false, false, true, true].map { .boolean($0) })
  }

  @Test func tablesThatAreGoneAreAnError() {
    let gone = TypedExpression(
      .lookup(
        Lookup(pointer: field(0, .text), table: "gone", key: "key", result: field(0, .text))),
      type: .text)
    #expect(throws: ExecutionError.self) { try values(gone, over: [pointers]) }
  }

  private func lookup(_ result: TypedExpression) -> TypedExpression {
    let pointer = TypedExpression(
      .column(0), type: .text, origin: .init(table: "staff", column: "site"))
    return TypedExpression(
      .lookup(Lookup(pointer: pointer, table: "sites", key: "code", result: result)),
      type: result.type, categories: result.categories)
  }
}
