import Testing
import WidenEngine
import WidenLanguage

@testable import WidenShell

/// What comes with the program is read when it is used; it must be what a reader would make of it.
@Suite("Definitions that come with the program")
struct KnownDefinitionsTests {
  @Test(arguments: [StandardGroups.text, makeSample(posts: 0).definitions])
  func areReadAsTheyAreWritten(text: String) {
    var known = Definitions()
    known.addKnown(text)
    let parsed = parse(text)
    #expect(parsed.diagnostics.isEmpty)
    var read = Definitions()
    for placed in parsed.program.statements {
      if case .define(let definition) = placed.statement { read.add(definition) }
    }
    #expect(known.columns.count == parsed.program.statements.count)
    #expect(known.columns.count == read.columns.count)
    for (known, read) in zip(known.columns, read.columns) {
      #expect(known.table == read.table)
      #expect(known.name == read.name)
      #expect(known.arguments.map(\.text) == read.arguments.map(\.text))
      #expect(print(known.value) == print(read.value))
      #expect(known.isReviewed)
    }
  }
}
