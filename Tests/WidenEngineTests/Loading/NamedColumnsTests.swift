import Testing
import WidenLanguage

@testable import WidenEngine

/// Of a file whose columns are named beforehand, those are read as ever, and the rest is passed over.
@Suite("Reading named columns") struct NamedColumnsTests {
  private let header = ["id", "Name", "n", "day", "rate", "flag", "none"]
  private var text: String {
    header.joined(separator: ",") + "\n"
      + (0..<200).map { row in
        let name = row % 7 == 0 ? "\"a \"\"b\"\", c\"" : row % 5 == 0 ? "" : "name \(row % 11)"
        return "S\(10_000 + row),\(name),\(row == 150 ? "c" : String(row)),2020-01-0\(row % 9 + 1),"
          + "\(row).\(row % 4),\(row % 2 == 0 ? "yes" : "no"),"
      }.joined(separator: "\n")
  }

  @Test func readsEachSetOfColumnsAsEver() throws {
    let whole = try load(text, threads: 2, blockBytes: 512)
    for set in 0..<1 << header.count {
      let wanted = header.indices.filter { set >> $0 & 1 == 1 }
      let some = try load(text, threads: 2, blockBytes: 512) {
        $0.namedColumns = Set(wanted.map { header[$0].lowercased() })
      }
      #expect(some.table.unreadColumns == Set(header.indices).subtracting(wanted))
      #expect(some.table.rowCount == 200 && some.table.columns.map(\.description.name) == header)
      #expect(some.report.columns == wanted.map { whole.report.columns[$0] })
      for column in wanted {
        #expect(some.cells(column) == whole.cells(column))
        #expect(
          some.table.columns[column].description == whole.table.columns[column].description)
      }
    }
  }

  @Test func findsEveryMistakeOfTheFile() {
    for text in ["a,b\n1,2,3\n", "a,b\n1,\"2\n", "a,b\n1,x\"y\n", "a,a\n1,2\n", "a,b\n1,\0\n"] {
      #expect(refusal(text) { $0.namedColumns = [] } == refusal(text))
    }
    let declared = { (options: inout LoadOptions) in
      options.columns = [ColumnDeclaration(column: "b", meaning: .month)]
    }
    let whole = refusal("a,b\n1,never\n", declared)
    let some = refusal("a,b\n1,never\n") { options in
      declared(&options)
      options.namedColumns = ["a"]
    }
    #expect(some == whole && whole.contains("never"))
  }

  @Test func passedOverColumnsAreNeverLookedInto() throws {
    let loaded = try load("a,b\n1,x\n2,y\n") { $0.namedColumns = ["a"] }
    let description = TableDescription(
      name: "t", columns: loaded.table.columns.map(\.description), rowCount: 2)
    let dataset = Dataset(
      name: "", entries: [Dataset.Entry(description: description, table: loaded.table)])
    let scan = Plan(.scan(table: "t"), columns: description.columns)
    func run(_ column: Int) throws -> Int {
      let plan = Plan(.project(scan, [column]), columns: [description.columns[column]])
      return try execute(plan, in: ExecutionContext(dataset: dataset)).table.rowCount
    }
    #expect(try run(0) == 2)
    #expect(throws: ExecutionError.unread) { try run(1) }
    #expect(throws: ExecutionError.unread) {
      try execute(scan, in: ExecutionContext(dataset: dataset))
    }
  }

  @Test func aFileThatIsMetAgainIsReadWholeAndKept() throws {
    try withStore { store in
      try withFolder(["a.csv": Array("a,b\n1,x\n2,y\n".utf8)]) { folder in
        var options = LoadOptions()
        options.namedColumns = ["b"]
        func unread() throws -> Set<Int> {
          try loadFile(path: folder + "/a.csv", options: options, snapshots: store)
            .table.unreadColumns
        }
        #expect(try unread() == [0])
        #expect(try unread() == [])
        let third = try loadFile(path: folder + "/a.csv", options: options, snapshots: store)
        #expect(third.report.isFromSnapshot && third.table.unreadColumns == [])
        write(Array("a,b\n1,x\n2,z\n3,z\n".utf8), to: folder + "/a.csv")
        #expect(try unread() == [0])
        // Who wants everything gets it, whatever was noted.
        options.namedColumns = nil
        #expect(try unread() == [])
        #expect(names(in: store.folder).count == 1)
      }
    }
  }
}
