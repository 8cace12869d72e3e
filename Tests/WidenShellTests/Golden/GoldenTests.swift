import Foundation
import Testing

/// The golden files and the documents: what stands there is what the program answers.
///
/// `UPDATE_GOLDEN=1 scripts/test --filter Golden` writes down what it answers now; the difference
/// is what a reviewer reads.
@Suite struct GoldenTests {
  @Test(arguments: Repository.goldenFiles) func isInOrder(path: String) throws {
    let text = try Repository.text(path)
    let file = try #require(GoldenFile(text), "\(path) has an answer before its first prompt")
    #expect(GoldenFile(file.text) == file, "\(path) does not read back as it was written")
  }

  @Test(arguments: Repository.goldenFiles)
  func answers(path: String) throws {
    let folder = try Repository.temporaryFolder()
    defer { Repository.remove(folder) }
    var file = try #require(GoldenFile(try Repository.text(path)))
    for index in file.sections.indices {
      let expected = file.sections[index].transcript
      let session = goldenSession(try openGoldenShell())
      let actual = transcript(expected, folder: folder, session: session)
      if Repository.isUpdating {
        file.sections[index].transcript = actual
      } else {
        compare(actual, expected, in: path)
      }
    }
    if Repository.isUpdating {
      #expect(GoldenFile(file.text) == file, "an answer in \(path) looks like a prompt")
      try Repository.write(file.text, to: path)
    }
  }

  @Test(arguments: Repository.documents)
  func runs(path: String) throws {
    let folder = try Repository.temporaryFolder()
    defer { Repository.remove(folder) }
    let document = GoldenDocument(try Repository.text(path))
    let session = goldenSession(try openGoldenShell())
    var transcripts: [Transcript] = []
    for (block, _) in document.blocks {
      switch block {
      case .transcript(let expected):
        let actual = transcript(expected, folder: folder, session: session)
        transcripts.append(actual)
        if !Repository.isUpdating { compare(actual, expected, in: path) }
      case .script(let text):
        let reply = session(placed(text, in: folder))
        #expect(!reply.failed, "a script in \(path) fails:\n\(text)\n\(reply.text)")
      case .shell: break
      }
    }
    if Repository.isUpdating { try Repository.write(document.text(with: transcripts), to: path) }
  }

  @Test(arguments: Repository.documents) func namesScriptsThatExist(path: String) throws {
    for (block, _) in GoldenDocument(try Repository.text(path)).blocks {
      guard case .shell(let lines) = block else { continue }
      for word in lines.flatMap({ $0.split(separator: " ") })
      where word.hasPrefix("scripts/") || word.hasPrefix(".ci/") {
        let exists = Repository.isExecutable(String(word))
        #expect(exists, "\(path) names \(word), which cannot be started")
      }
    }
  }

  private func compare(_ actual: Transcript, _ expected: Transcript, in path: String) {
    for (now, then) in zip(actual.entries, expected.entries) where now != then {
      Issue.record(
        """
        \(path) has another answer to:
        \(now.query)
        expected:
        \(then.answer)
        answered:
        \(now.answer)
        """)
    }
  }
}
