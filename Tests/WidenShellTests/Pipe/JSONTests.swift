import Testing
import WidenEngine
import WidenLanguage

@testable import WidenShell

struct JSONTests {
  @Test func writesWhatItReads() {
    let texts = ["", "plain", "\"\\/\u{8}\u{C}\n\r\t\u{1F}\u{7F}", "é 日本 😀 \u{2028}"]
    for text in texts {
      var json = JSONWriter()
      json.text(text)
      #expect((try? JSONValue(parsing: json.bytes[...])) == .text(text))
    }
  }

  @Test func writesValues() {
    var json = JSONWriter()
    let values: [Value] = [
      .missing, .boolean(true), .integer(-5), .decimal(0.1), .decimal(.nan), .text("a\"b"),
      .date(Day(number: 0)), .month(Month(year: 2014, month: 9)),
      .period(Period(.financialYear, startYear: 2014)),
    ]
    json.array(values) { $0.value($1) }
    #expect(
      String(decoding: json.bytes, as: UTF8.self)
        == #"[null,true,-5,0.1,null,"a\"b","1970-01-01","2014-09","FY2014/15"]"#)
  }
}

/// Repeatable numbers (SplitMix64).
struct SeededBytes: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
