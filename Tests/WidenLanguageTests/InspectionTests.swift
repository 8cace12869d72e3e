import Testing
import WidenLanguage

@Suite struct InspectionTests {
  /// The words of a text with what they are: `from:step staff:table`.
  private func check(
    _ text: String, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let bytes = Array(text.utf8)
    let words = inspect(text).highlights.map { highlight in
      let word = bytes[highlight.range.start..<highlight.range.end]
      return String(decoding: word, as: UTF8.self) + ":" + highlight.kind.rawValue
    }
    #expect(words.joined(separator: " ") == expected, sourceLocation: sourceLocation)
  }

  @Test func wordsAreWhatTheyMeanHere() {
    check(
      "from staff | count by share\n  | share",
      "from:step staff:table |:sign count:step by:keyword share:name |:sign share:step")
    check(
      "from a | where left(x, 2) = 'b' # c",
      "from:step a:table |:sign where:step "
        + "left:function (:sign x:name ,:sign 2:number ):sign =:sign 'b':text # c:comment")
    check("from a | take $n", "from:step a:table |:sign take:step $n:parameter")
  }

  @Test func aTextThatIsBeingTypedIsAText() {
    check("from a | where b = \"No", "from:step a:table |:sign where:step b:name =:sign \"No:text")
    check(
      "from a | count by `Staff G",
      "from:step a:table |:sign count:step by:keyword "
        + "`Staff G:name")
    #expect(inspect("from a | where b = 'No").unclosed == [SourceRange(19, 22)])
    #expect(inspect("from a | where b = 'No'").unclosed.isEmpty)
  }

  @Test func whatTheLanguageDoesNotKnowIsAnError() {
    check("from a | where b @ 5", "from:step a:table |:sign where:step b:name @:error 5:number")
  }

  @Test func bracketsBelongTogether() {
    let found = inspect("((a) \"(\" # )\n b))").brackets.map { [$0.opening, $0.closing] }
    #expect(found == [[1, 3], [0, 15]])
  }
}
