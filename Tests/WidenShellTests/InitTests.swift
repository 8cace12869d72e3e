import Glibc
import Testing
import WidenShell

@testable import widen

@Suite("widen init")
struct InitTests {
  private func withFolder(_ body: (String) throws -> Void) throws {
    var template = Array("/tmp/widen-test-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer {
      for name in names(in: folder + "/new") { unlink("\(folder)/new/\(name)") }
      rmdir(folder + "/new")
      rmdir(folder)
    }
    try body(folder)
  }

  private func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let found = readdir(directory) {
      let name = withUnsafePointer(to: &found.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  private func answer(_ query: String, _ source: ShellOptions.Source) throws -> String {
    let session = try unprotected(ShellOptions(source: source))
    var text = ""
    let sinks = Sinks(output: { text += $0 }, messages: { text += $0 })
    _ = session.run(query, mode: .script(name: "test", parameters: []), to: sinks)
    return text
  }

  @Test func folderAnswersAsTheSampleDoes() throws {
    try withFolder { folder in
      let path = folder + "/new"
      _ = try writeTemplate(to: path, posts: 900)
      #expect(
        names(in: path) == [
          "README.md", "applications.csv", "cases.csv", "catchments.csv", "datapackage.json",
          "definitions.widen", "initiatives.csv", "organisations.csv", "participation.csv",
          "population.csv", "staff.csv", "standard_population.csv", "training.csv",
        ])
      for query in [
        "show tables", "from staff | count by ethnic_group, band",
        "from participation | count by staff.ethnic_group, organisation.borough",
        "from staff | snapshot at 2015-03-31 | where band >= \"8a\" | summarise sum fte as fte by sex",
        "from applications | where shortlisted | count by ethnic_group, appointed",
        "from staff | where any cases where kind = \"disciplinary\" | count by role",
      ] {
        let expected = try answer(query, .sample(posts: 900))
        #expect(try answer(query, .files([path])) == expected)
        #expect(try answer(query, .files([path + "/datapackage.json"])) == expected)
      }
    }
  }

  @Test func foldersThatHoldSomethingAreRefused() throws {
    try withFolder { folder in
      _ = try writeTemplate(to: folder + "/new", posts: 10)
      #expect(
        throws: OpeningError("the folder '\(folder)' is not empty", hint: "name a new folder")
      ) { try writeTemplate(to: folder, posts: 10) }
      #expect(throws: OpeningError.self) { try writeTemplate(to: folder + "/a/b", posts: 10) }
      #expect(throws: OpeningError.self) {
        try writeTemplate(to: folder + "/new/staff.csv", posts: 10)
      }
    }
  }

  @Test func commandLine() throws {
    #expect(try Invocation(["init", "d"]) == .initialise("d", posts: nil))
    #expect(try Invocation(["init", "--sample", "7", "d"]) == .initialise("d", posts: 7))
    #expect(throws: UsageError.self) { try Invocation(["init"]) }
    #expect(throws: UsageError.self) { try Invocation(["init", "d", "--sample", "0"]) }
  }
}
