import Testing
import WidenEngine
import WidenLanguage

@testable import WidenPublish

/// Charts in Scalable Vector Graphics, and pages of several results.
@Suite struct DrawingTests {
  @Test(arguments: ["bar", "dot", "line", "heat", "withheld"])
  func pictures(name: String) throws {
    let sample = try #require(samples[name])
    let picture = try svgChart(sample.answer, kind: sample.kind, title: "A <title> & more")
    try checkGolden("chart-\(name).svg", picture)
    #expect(picture.contains("A &lt;title&gt; &amp; more"))
  }

  @Test func aPage() throws {
    let report = Report(
      title: "Staff & <people>", prose: ["Prepared for the board."],
      sections: [
        .init(
          title: "Shares", prose: ["As of 31 March."], answer: Samples.shares,
          context: Samples.context, drawing: .suited),
        .init(answer: Samples.withheld, context: Samples.context, drawing: .kind(.bar)),
        .init(answer: Samples.hostile, context: Samples.context),
      ])
    var bytes: [UInt8] = []
    try writeHTMLReport(report) { bytes += $0 }
    let page = String(decoding: bytes, as: UTF8.self)
    try checkGolden("report.html", page)
    #expect(!page.contains("<script") && !page.contains("\u{1B}"))
  }

  @Test func whatStandsBehindAMarkIsNotDrawn() throws {
    var secret = Samples.withheld
    secret.table.columns[1].data = .values(
      [.integer(1485), .integer(123_456_789), .missing], type: .integer)
    let picture = try svgChart(secret, kind: .bar)
    #expect(!picture.contains("123") && picture.contains("[c]"))
    #expect(picture.contains("1 figure is withheld"))
    var bytes: [UInt8] = []
    try writeTogether(
      Report(sections: [.init(answer: secret, context: Samples.context, drawing: .suited)]),
      as: .html
    ) { bytes += $0 }
    #expect(!String(decoding: bytes, as: UTF8.self).contains("123,456,789"))
  }

  @Test func whatCannotBeDrawn() throws {
    #expect(throws: ChartError.self) { try svgChart(Samples.shares, kind: .funnel) }
    #expect(throws: ChartError.self) { try svgChart(Samples.shares, kind: .control) }
    #expect(throws: ChartError.self) { try svgChart(Samples.staff) }
    let section = Report.Section(
      answer: Samples.staff, context: Samples.context, drawing: .suited)
    for format in [Format.html, .svg, .xlsx] {
      #expect(throws: PublishError.self) {
        try writeTogether(Report(sections: [section]), as: format) { _ in }
      }
    }
    #expect(throws: PublishError.oneResultOnly(".svg", count: 2)) {
      try writeTogether(Report(sections: [section, section]), as: .svg) { _ in }
    }
  }

  @Test(arguments: [
    ([0.0, 1], [0, 0.5, 1]), ([3.0, 3], nil), ([-5.0, 95], [-50.0, 0, 50, 100]),
    ([0.123, 0.131], nil), ([1e-9, 2e-9], nil), ([0.0], nil), ([], nil),
  ])
  func scales(values: [Double], expected: [Double]?) {
    let axis = Axis(values, includesZero: false)
    if let expected { #expect(axis.ticks == expected) }
    #expect(axis.least < axis.most && (2...20).contains(axis.ticks.count))
    #expect(values.allSatisfy { $0 >= axis.least - 1e-12 && $0 <= axis.most + 1e-12 })
  }

  @Test func titles() {
    #expect(resultTitle(Samples.shares.table) == "Count and share by ethnic group")
    #expect(resultTitle(answer([]).table) == "Result")
    #expect(resultTitle(answer([texts("a", ["b", "c"])]).table) == "A")
    #expect(dayInWords("2015-07-31T09:30:00Z") == "31 July 2015" && dayInWords("x") == "x")
  }

  private var samples: [String: (answer: Answer, kind: ChartKind)] {
    let bands = ["2", "5", "8a"]
    let years = (0..<4).map { Value.period(Period(.financialYear, startYear: 2011 + $0)) }
    return [
      "bar": (Samples.shares, .bar),
      "withheld": (Samples.withheld, .bar),
      "dot": (
        answer([
          texts("band", bands), decimals("rate", [0.25, nil, 0.4], format: .percentage),
          decimals("rate_low", [0.2, nil, 0.3], format: .percentage),
          decimals("rate_high", [0.3, nil, 0.5], format: .percentage),
          decimals("benchmark", [0.28, 0.28, nil], format: .percentage),
        ]), .dot
      ),
      "line": (
        answer([
          column("year", .period, years + years),
          texts("kind", (0..<8).map { $0 < 4 ? "event" : "pathway" }),
          integers("n", [5, 9, nil, 30, 4, 4, 8, 29]),
        ]), .line
      ),
      "heat": (
        answer([
          texts("band", bands + ["Total"]), integers("White", [10, 5, 0, 15]),
          integers("BME", [20, nil, 3, 23]), integers("Total", [30, 5, 3, 38]),
        ]), .heat
      ),
    ]
  }
}
