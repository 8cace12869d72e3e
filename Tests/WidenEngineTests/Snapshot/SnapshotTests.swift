import Glibc
import Testing
import WidenLanguage

@testable import WidenEngine

/// What is read back is what was written, and a source that changed is read again.
@Suite struct SnapshotTests {
  @Test(arguments: [0, 1, 2, 63, 64, 65, 1000]) func givesBackEveryFormOfColumn(rows: Int) throws {
    try withFolder([:]) { folder in
      let path = folder + "/x.snapshot"
      defer { unlink(path) }
      let package = everyForm(rows: rows)
      let contents = SnapshotContents(
        key: [1, 2, 255], sources: SnapshotSources(folder: "/"), package: package)
      #expect(writeSnapshot(contents, to: path, threads: 2))
      let found = readSnapshot(path, threads: 2) { $0.key == [1, 2, 255] }
      #expect(found?.package.everything == package.everything)
      #expect(readSnapshot(path, threads: 1) { $0.key == [1, 2] } == nil)
    }
  }

  @Test func mapsWhatWasLoadedBefore() throws {
    try withStore { store in
      let text = Array("id,name,n\nS00001,Ünï,1\nS00002,,c\nS00003,b,3\n".utf8)
      try withFolder(["a.csv": text]) { folder in
        let path = folder + "/a.csv"
        let fresh = try loadFile(path: path, snapshots: store)
        let again = try loadFile(path: path, snapshots: store)
        #expect(!fresh.report.isFromSnapshot && again.report.isFromSnapshot)
        #expect(again.everything == fresh.everything)
        #expect(again.report.notes == fresh.report.notes)
        #expect(names(in: store.folder).count == 1)
        var options = LoadOptions()
        options.columns = [ColumnDeclaration(column: "n", meaning: .text)]
        let other = try loadFile(path: path, options: options, snapshots: store)
        #expect(!other.report.isFromSnapshot && other.table.columns[2].description.type == .text)
        #expect(try loadFile(path: path, snapshots: store).report.isFromSnapshot)
      }
    }
  }

  @Test func readsAgainWhatHasChanged() throws {
    try withStore { store in
      try withFolder(["a.csv": Array("n\n1\n2\n".utf8)]) { folder in
        let path = folder + "/a.csv"
        _ = try loadFile(path: path, snapshots: store)
        // As many bytes as before, and the time of before: only the system's own time tells.
        var status = stat()
        stat(path, &status)
        write(Array("n\n1\n7\n".utf8), to: path)
        var times = [status.st_atim, status.st_mtim]
        utimensat(AT_FDCWD, path, &times, 0)
        let changed = try loadFile(path: path, snapshots: store)
        #expect(changed.cells(0) == ["1", "7"] && !changed.report.isFromSnapshot)
        #expect(try loadFile(path: path, snapshots: store).cells(0) == ["1", "7"])
        // Another build may read files differently.
        let other = WidenEngineTests.store(store.folder, program: "other")
        #expect(try !loadFile(path: path, snapshots: other).report.isFromSnapshot)
        #expect(try !loadFile(path: path, snapshots: store).report.isFromSnapshot)
      }
    }
  }

  @Test func keepsPackagesWithAllThatIsSaidOfThem() throws {
    let description = """
      {"name": "p", "resources": [
        {"name": "posts", "path": "posts.csv", "schema": {"fields": [
          {"name": "post", "type": "string"}, {"name": "unit", "type": "string"},
          {"name": "grade", "type": "string", "constraints": {"enum": ["low", "high"]}}],
          "primaryKey": "post",
          "foreignKeys": [{"fields": "unit", "reference": {"resource": "units", "fields": "unit"}}]}},
        {"name": "units", "path": "units.csv", "schema": {"fields": [
          {"name": "unit", "type": "string"}], "primaryKey": "unit"}}]}
      """
    let files = [
      "datapackage.json": description, "posts.csv": "post,unit,grade\np1,A,low\np2,Z,high\n",
      "units.csv": "unit\nA\nB\n",
    ].mapValues { Array($0.utf8) }
    try withStore { store in
      try withFolder(files) { folder in
        let path = folder + "/datapackage.json"
        let fresh = try openPackage(path: path, snapshots: store)
        let again = try openPackage(path: path, snapshots: store)
        #expect(again.reports["posts"]?.isFromSnapshot == true)
        #expect(again.everything == fresh.everything)
        #expect(fresh.notes.contains { $0.text.contains("that units does not have") })
        defer { unlink(folder + "/definitions.widen") }
        write(Array("define x = 1\n".utf8), to: folder + "/definitions.widen")
        let defined = try openPackage(path: path, snapshots: store)
        #expect(defined.dataset.definitions == "define x = 1\n")
        #expect(defined.reports["posts"]?.isFromSnapshot == false)
        write(Array("unit\nA\nZ\n".utf8), to: folder + "/units.csv")
        let mended = try openPackage(path: path, snapshots: store)
        #expect(!mended.notes.contains { $0.text.contains("that units does not have") })
        #expect(try openPackage(path: path, snapshots: store).everything == mended.everything)
      }
    }
  }

  @Test func keepsNothingThatIsNotWorthIt() throws {
    try withFolder(["a.csv": Array("n\n1\n".utf8)]) { folder in
      func isKept(_ change: (inout SnapshotStore) -> Void) throws -> Bool {
        try withStore { store in
          var store = store
          change(&store)
          _ = try loadFile(path: folder + "/a.csv", snapshots: store)
          return !names(in: store.folder).isEmpty
        }
      }
      let isKeptAsItIs = try isKept { _ in }
      #expect(isKeptAsItIs)
      #expect(try !isKept { $0.leastSourceBytes = 5 })
      #expect(try !isKept { $0.mostBytes = 100 })
      #expect(try !isKept { $0.restSeconds = 7_900_000_000 })
    }
  }

  @Test func removesWhatWasNotUsedForLongest() throws {
    try withStore { store in
      let names = ["a.csv", "b.csv", "c.csv"]
      let files = names.map { ($0, Array("n\n1\n".utf8)) }
      try withFolder(Dictionary(files) { first, _ in first }) { folder in
        _ = try loadFile(path: folder + "/a.csv", snapshots: store)
        let kept = WidenEngineTests.names(in: store.folder)
        var times = [timespec(tv_sec: 1000, tv_nsec: 0), timespec(tv_sec: 1000, tv_nsec: 0)]
        for name in kept { utimensat(AT_FDCWD, "\(store.folder)/\(name)", &times, 0) }
        var small = store
        small.mostBytes = contents("\(store.folder)/\(kept[0])").count * 5 / 2
        for name in names.dropFirst() {
          _ = try loadFile(path: "\(folder)/\(name)", snapshots: small)
        }
        #expect(WidenEngineTests.names(in: store.folder).count == 2)
        #expect(!WidenEngineTests.names(in: store.folder).contains(kept[0]))
      }
    }
  }

  @Test func goesOnWhereNothingCanBeKept() throws {
    try withFolder(["a.csv": Array("n\n1\n".utf8), "file": []]) { folder in
      for place in ["/proc/none/kept", folder + "/file", folder + "/file/kept"] {
        let loaded = try loadFile(path: folder + "/a.csv", snapshots: store(place))
        #expect(loaded.cells(0) == ["1"] && !loaded.report.isFromSnapshot)
      }
    }
  }

  /// A part that is added to one of these must be added to the archive, or snapshots lose it.
  @Test func knowsAllPartsOfWhatItKeeps() {
    func parts(_ value: Any) -> Int { Mirror(reflecting: value).children.count }
    let package = everyForm(rows: 1)
    // One of them is no matter: of a file whose columns are read in part nothing is kept.
    #expect(parts(LoadOptions()) == 14)
    #expect(parts(package) == 3 && parts(package.dataset) == 6)
    // How a result came about is no matter of files, nor is a database that holds the rows.
    #expect(parts(package.dataset.entries[0]) == 4)
    #expect(parts(package.dataset.entries[0].description) == 11)
    #expect(parts(package.dataset.entries[0].table.columns[0].description) == 14)
    #expect(parts(LoadReport(rows: 0, columns: [])) == 4)
    #expect(parts(LoadReport.Column(name: "", type: .text)) == 5)
  }
}
