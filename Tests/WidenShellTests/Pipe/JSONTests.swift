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
