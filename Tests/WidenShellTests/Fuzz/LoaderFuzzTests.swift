import Foundation
import Testing
import WidenEngine
import WidenLanguage

/// Spoilt CSV files end in a table or an error, and the table can be read to its last cell.
struct LoaderFuzzTests {
  private static let filesPerSeed = 40

  @Test func spoiltFilesEnd() {
    let corpus = Self.corpus.map { Array($0.utf8) }
    FuzzPlan.run("loader") { seed in
      var mutator = Mutator(seed: seed, pieces: Self.pieces)
      for _ in 0..<Self.filesPerSeed {
        check(mutator.mutated(corpus), "seed \(seed)")
      }
    }
  }

  private func check(_ bytes: [UInt8], _ place: String) {
    let started = Date()
    do throws(LoadError) {
      let table = try loadFile(bytes: bytes, name: "fuzz.csv").table
      for column in table.columns {
        #expect(column.data.count == table.rowCount, "\(place): columns of unequal length")
        for row in [0, table.rowCount / 2, table.rowCount - 1]
        where (0..<table.rowCount).contains(row) {
          check(column.data[row], column.description, place)
        }
      }
      let names = Set(table.columns.map { $0.description.name.lowercased() })
      #expect(names.count == table.columns.count, "\(place): two columns share a name")
    } catch {
      #expect(!error.message.isEmpty, "\(place): an error without a message")
      #expect(rawCharacters(visible(error.message)).isEmpty)
    }
    let seconds = Date().timeIntervalSince(started)
    #expect(seconds < FuzzPlan.mostSeconds, "\(place): \(seconds) s")
  }

  private func check(_ value: Value, _ column: ColumnDescription, _ place: String) {
    let fits =
      switch (value, column.type) {
      case (.missing, _), (.text, .text), (.text, .category), (.integer, .integer),
        (.decimal, .decimal), (.boolean, .boolean), (.date, .date), (.month, .month),
        (.period, .period):
        true
      default: false
      }
    #expect(fits, "\(place): \(value) in a column of \(column.type.rawValue)")
  }

  private static let corpus: [String] = [
    """
    person_id,band,fte,joined,ethnicity
    S100001,2,1.0,2014-04-01,A
    S100002,8a,0.6,2013-09-15,
    S100003,5,0.75,,Z
    """,
    "org;year;starts\r\nRKE;FY2014/15;12\r\nR1H;FY2014/15;[c]\r\nRAL;FY2015/16;low\r\n",
    "name\tnote\n\"O\"\"Brien, A\"\t\"two\nlines\"\n\"\"\tplain\n",
    "\u{FEFF}code,flag,month,quarter\n007,Yes,2014-04,2014-Q3\n010,no,2014-05,2014-Q4\n,,,\n",
    "a,b,c\n1,2\n3,4,5,6\n\n7,8,9\n",
    "n\n" + (0..<300).map { "\($0 &* 7919 &- 40_000)\n" }.joined(),
    "t\n" + (0..<400).map { "value \($0 % 37)\n" }.joined(),
  ]

  private static let pieces: [String] = [
    ",", ";", "\t", "\n", "\r", "\r\n", "\"", "\"\"", "\"a\nb\"", " ", "\0", "\u{FEFF}", "\u{2028}",
    "1", "-2.5", "0.00001", "1e5", "1e400", "-0", "007", "1,234", "9223372036854775807",
    "-9223372036854775808", "99999999999999999999.5", "NaN", "inf", "2014-04-01", "2014-02-30",
    "01/04/2014", "2014-04", "FY2014/15", "FY2014/16", "2014-Q3", "S100001", "Yes", "no", "[c]",
    "low",
    "*", ":", "#REF!", "=1+1", "é", "日本語", "🙂", "a much longer value than thirty-two bytes of it",
  ]
}
