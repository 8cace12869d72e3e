import Testing
import WidenEngine
import WidenLanguage

@testable import WidenPublish

@Suite struct CellTests {
  @Test(arguments: [
    (0.2786, "0.2786"), (278, "278.0"), (-0.0, "0.0"), (1e-5, "0.00001"), (1.5e-7, "0.00000015"),
    (1e16, "10000000000000000.0"), (-1.25e20, "-125000000000000000000.0"),
    (0.1 + 0.2, "0.30000000000000004"),
    (123_456.789, "123456.789"), (.infinity, ""), (.nan, ""),
  ])
  func plainDecimals(number: Double, expected: String) {
    #expect(plainText(of: .decimal(number)) == expected)
  }

  @Test func plainDecimalsReadBack() {
    var generator = Generator(state: 7)
    for _ in 0..<20_000 {
      let number = Double(bitPattern: generator.next())
      guard number.isFinite else { continue }
      let text = plainText(of: .decimal(number))
      #expect(!text.contains("e") && Double(text) == number)
    }
  }

  @Test(arguments: [
    (Value.integer(1485), ColumnDescription.Format.plain, "1,485"),
    (.integer(-1_234_567), .plain, "-1,234,567"),
    (.integer(Int.min), .plain, "-9,223,372,036,854,775,808"), (.integer(999), .plain, "999"),
    (.decimal(0.2785), .percentage, "27.9 %"), (.decimal(0.2786), .percentage, "27.9 %"),
    (.decimal(1), .percentage, "100.0 %"),
    (.decimal(0), .percentage, "0.0 %"), (.decimal(0.0004), .percentage, "<0.1 %"),
    (.decimal(12.3456), .percentage, "1,234.6 %"), (.decimal(0.99951), .percentage, "100.0 %"),
    (.decimal(0.0123), .points, "+1.2"), (.decimal(-0.0123), .points, "-1.2"),
    (.decimal(0), .points, "0.0"), (.decimal(-0.0001), .points, "0.0"),
    (.decimal(-1e-17), .points, "0.0"), (.decimal(3e-20), .points, "0.0"),
    (.decimal(0.7298), .probability, "0.730"), (.decimal(0.0004), .probability, "<0.001"),
    (.decimal(0), .probability, "<0.001"), (.decimal(1), .probability, "1.000"),
    (.decimal(1.455), .ratio, "1.46"), (.decimal(2), .ratio, "2.00"), (.missing, .plain, "·"),
    (.boolean(false), .plain, "no"),
    (.period(Period(.quarter, startYear: 2014)), .plain, "2014-Q1"),
  ])
  func pageTexts(value: Value, format: ColumnDescription.Format, expected: String) {
    let description = ColumnDescription(name: "x", type: .decimal, format: format)
    #expect(pageText(of: value, description: description) == expected)
  }

  @Test func numbersThatNameSomethingHaveNoSeparators() {
    for name in ["year", "start_year", "person_id"] {
      let description = ColumnDescription(name: name, type: .integer)
      #expect(pageText(of: .integer(2014), description: description) == "2014")
    }
  }

  @Test(arguments: [
    ([24_063.5, 31_072], ["24,063.50", "31,072.00"]), ([0.5, 1, 0.96], ["0.50", "1.00", "0.96"]),
    ([1485, 12], ["1,485", "12"]), ([43.271_84, 7], ["43.27", "7.00"]),
    ([37.5, 40], ["37.5", "40.0"]),
    ([0.001_234_56, 0.2], ["0.0012", "0.2000"]),
    ([0.000_012_345, 0], ["0.00001235", "0.00000000"]),
    ([0.7, 1e-9], ["0.7000", "<0.0001"]), ([-1e-9, 0.123_45], [">-0.0001", "0.1235"]),
    ([999.996, 1.001], ["1,000.00", "1.00"]),
  ])
  func aColumnHasTheSamePlaces(numbers: [Double], expected: [String]) {
    let column = pageColumns(of: answer([decimals("x", numbers)]).table, rows: numbers.indices)[0]
    #expect(numbers.indices.map { column.text(row: $0) } == expected)
  }

  @Test func recordedNumbersKeepTheirPlaces() {
    let data = TableColumn(
      ColumnDescription(name: "x", type: .decimal), .scaled([12_345, 20_000], places: 3))
    let column = pageColumns(of: answer([data]).table, rows: 0..<2)[0]
    #expect(column.text(row: 0) == "12.345")
    #expect(column.text(row: 1) == "20.000")
  }

  @Test func roundingCarries() {
    #expect(DecimalDigits(9.995).rounded(toPlaces: 2).text(places: 2) == "10.00")
    #expect(DecimalDigits(0.06).rounded(toPlaces: 1).text(places: 1) == "0.1")
    #expect(DecimalDigits(0.04).rounded(toPlaces: 1).text(places: 1) == "0.0")
    #expect(DecimalDigits(0.004).rounded(toPlaces: 1).isZero)
    #expect(DecimalDigits(Double.leastNonzeroMagnitude).places == 324)
  }

  @Test func missingLabelsAreNamed() {
    #expect(terminalTable(Samples.shares).contains("(missing)"))
    #expect(!terminalTable(Samples.staff).contains("(missing)"))
  }
}

/// Knuth's linear congruential generator: the same numbers every time.
struct Generator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ state >> 31
  }
}
