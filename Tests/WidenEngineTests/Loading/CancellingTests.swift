import Testing

@testable import WidenEngine

/// Loading ends soon after it is asked to, wherever it is, and tells how far it has come.
@Suite("Stopping a load") struct CancellingTests {
  private let rows = (0..<3000).map {
    "S\(10_000 + $0),name \($0 % 700),\($0 % 9),2020-01-0\($0 % 9 + 1)"
  }
  private var bytes: [UInt8] {
    Array(("id,name,n,day\n" + rows.joined(separator: "\n") + "\n").utf8)
  }

  @Test func endsAtEveryQuestion() throws {
    var options = LoadOptions()
    options.threads = 1
    options.blockBytes = 4096
    try withFolder(["a.csv": bytes]) { folder in
      var questions = 0
      let whole = try loadFile(
        path: folder + "/a.csv", options: options,
        isCancelled: {
          questions += 1
          return false
        })
      #expect(whole.table.rowCount == 3000)
      // A question for each block, and one for each column that is put together.
      #expect(questions >= bytes.count / (2 * options.blockBytes) + whole.table.columns.count)
      for last in 1...questions {
        var asked = 0
        #expect(throws: LoadError.cancelled) {
          try loadFile(
            path: folder + "/a.csv", options: options,
            isCancelled: {
              asked += 1
              return asked == last
            })
        }
        #expect(asked == last)
      }
    }
  }

  @Test func tellsHowMuchIsRead() throws {
    var options = LoadOptions()
    options.threads = 1
    options.blockBytes = 4096
    var told: [Double] = []
    try withFolder(["a.csv": bytes]) { folder in
      _ = try loadFile(path: folder + "/a.csv", options: options, progress: { told.append($0) })
    }
    #expect(told.count > 5 && told == told.sorted() && told.last == 1)
  }
}
