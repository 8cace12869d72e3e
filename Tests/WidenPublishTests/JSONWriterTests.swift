import Testing
import WidenLanguage
import WidenPublish

@Suite struct JSONWriterTests {
  @Test func commasAndLines() {
    var json = JSONWriter()
    json.object { json in
      json.member("ok", true)
      json.key("rows")
      json.array { json in
        json.array { json in
          json.value(Value.integer(1))
          json.value(Value.missing)
          json.value("a\"b\\\u{1}\u{202E}\u{E0041}")
        }
        json.array { _ in }
      }
      json.member("milliseconds", 0.25)
      json.member("suggestion", nil)
    }
    #expect(
      json.text
        == #"{"ok":true,"rows":[[1,null,"a\"b\\\u0001\u202e\udb40\udc41"],[]],"milliseconds":0.25,"suggestion":null}"#
    )
    json.removeAll()
    json.array { $0.value(1) }
    #expect(json.text == "[1]")
  }

  @Test func indented() {
    var json = JSONWriter(isIndented: true)
    json.object { json in
      json.member("a", 1)
      json.key("b")
      json.array { $0.value("x") }
      json.key("c")
      json.object { _ in }
    }
    #expect(json.text == "{\n  \"a\": 1,\n  \"b\": [\n    \"x\"\n  ],\n  \"c\": {}\n}\n")
  }
}
