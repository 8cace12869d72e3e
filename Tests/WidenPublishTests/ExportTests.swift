import Foundation
import Testing
import WidenEngine

@testable import WidenPublish

@Suite struct ExportTests {
  @Test func aFileAndItsManifest() throws {
    try inFolder { folder in
      let path = folder + "/shares.csv"
      let receipt = try export(
        Samples.shares, to: path, format: .csv, context: Samples.context)
      let text = try written(Samples.shares, as: .csv)
      #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
      #expect(
        receipt
          == ExportReceipt(
            path: path, rows: 3, bytes: text.utf8.count, manifestPath: path + ".manifest.json"))
      let manifest = try String(contentsOfFile: path + ".manifest.json", encoding: .utf8)
      try checkGolden("shares.csv.manifest.json", manifest)
      let object = try JSONSerialization.jsonObject(with: Data(manifest.utf8)) as? [String: Any]
      #expect(object?["synthetic"] as? Bool == true)
      #expect(try files(folder) == ["shares.csv", "shares.csv.manifest.json"])
      #expect(try permissions(path) == 0o644 & ~(try currentMask()))
    }
  }

  @Test func privateFiles() throws {
    try inFolder { folder in
      let path = folder + "/a.csv"
      _ = try export(
        Samples.shares, to: path, format: .csv, context: Samples.context, isPrivate: true)
      #expect(try permissions(path) == 0o600)
      #expect(try permissions(path + ".manifest.json") == 0o600)
    }
  }

  @Test func onlyWhatWidenWroteIsReplaced() throws {
    try inFolder { folder in
      let path = folder + "/a.csv"
      func write(overwrite: Bool = false) throws {
        _ = try export(
          Samples.shares, to: path, format: .csv, context: Samples.context, overwrite: overwrite)
      }
      try "mine".write(toFile: path, atomically: false, encoding: .utf8)
      #expect(throws: PublishError.exists(path)) { try write() }
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
      try write(overwrite: true)
      try write()
      try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
      try write()
      #expect(try permissions(path) == 0o640)
      try (written(Samples.shares, as: .csv) + "\n").write(
        toFile: path, atomically: false, encoding: .utf8)
      #expect(throws: PublishError.editedSince(path)) { try write() }
      // A manifest that belongs to another file proves nothing.
      try FileManager.default.moveItem(atPath: path, toPath: folder + "/b.csv")
      try FileManager.default.moveItem(
        atPath: path + ".manifest.json", toPath: folder + "/b.csv.manifest.json")
      #expect(throws: PublishError.exists(folder + "/b.csv")) {
        try export(
          Samples.shares, to: folder + "/b.csv", format: .csv, context: Samples.context)
      }
      #expect(PublishError.exists("a.csv").advice == "to replace it: export to \"a.csv\" overwrite")
    }
  }

  @Test func placesThatAreNoFile() throws {
    try inFolder { folder in
      func write(_ path: String) throws {
        _ = try export(
          Samples.shares, to: path, format: .csv, context: Samples.context, overwrite: true)
      }
      #expect(throws: PublishError.folder(folder)) { try write(folder) }
      #expect(throws: PublishError.self) { try write(folder + "/a\0.csv") }
      #expect(throws: PublishError.folder(folder + "/")) { try write(folder + "/") }
      #expect(throws: PublishError.missingFolder(folder + "/no")) {
        try write(folder + "/no/a.csv")
      }
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/link.csv", withDestinationPath: folder + "/none.csv")
      #expect(throws: PublishError.danglingLink(folder + "/link.csv")) {
        try write(folder + "/link.csv")
      }
      try "old".write(toFile: folder + "/none.csv", atomically: false, encoding: .utf8)
      try write(folder + "/link.csv")
      #expect(
        try FileManager.default.destinationOfSymbolicLink(atPath: folder + "/link.csv")
          == folder + "/none.csv")
      #expect(
        try files(folder) == ["link.csv", "none.csv", "none.csv.manifest.json"])
      try FileManager.default.createDirectory(
        atPath: folder + "/b.csv.manifest.json", withIntermediateDirectories: false)
      #expect(throws: PublishError.folder(folder + "/b.csv.manifest.json")) {
        try write(folder + "/b.csv")
      }
      #expect(try !files(folder).contains("b.csv"))
    }
  }

  @Test func aLinkOutOfTheFolderIsNotFollowed() throws {
    try inFolder { folder in
      let inner = folder + "/inner"
      try FileManager.default.createDirectory(
        atPath: inner, withIntermediateDirectories: false)
      try "theirs".write(toFile: folder + "/a.csv", atomically: false, encoding: .utf8)
      for (link, target) in [("/up.csv", "../a.csv"), ("/far.csv", folder + "/a.csv")] {
        try FileManager.default.createSymbolicLink(
          atPath: inner + link, withDestinationPath: target)
        #expect(throws: PublishError.linkElsewhere(inner + link)) {
          try export(
            Samples.shares, to: inner + link, format: .csv, context: Samples.context,
            overwrite: true)
        }
      }
      #expect(try String(contentsOfFile: folder + "/a.csv", encoding: .utf8) == "theirs")
      // A folder that is reached by a link is the folder that was named.
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/door", withDestinationPath: inner)
      _ = try export(
        Samples.shares, to: folder + "/door/b.csv", format: .csv, context: Samples.context)
      #expect(try files(inner) == ["b.csv", "b.csv.manifest.json", "far.csv", "up.csv"])
    }
  }

  @Test func aFullDiskLeavesNothingInAnyFormat() throws {
    try inFolder { folder in
      guard mount("tmpfs", folder, "tmpfs", 0, "size=64k") == 0 else {
        print("skipped: a full disk cannot be tested here, no small file system can be mounted")
        return
      }
      defer { umount2(folder, Int32(MNT_DETACH)) }
      var random = SystemRandomNumberGenerator()
      let large = answer([
        texts("a", (0..<30_000).map { _ in "\(UInt64.random(in: 0...UInt64.max, using: &random))" })
      ])
      for ending in ["csv", "json", "html", "xlsx", "parquet", "sqlite"] {
        let path = "\(folder)/a.\(ending)"
        let format = try Format(ofFile: path)
        #expect(throws: PublishError.noSpace(path, isPartial: false)) {
          try export(large, to: path, format: format, context: Samples.context)
        }
      }
      #expect(try files(folder).isEmpty)
    }
  }

  @Test func devicesAreNeverReplaced() throws {
    #expect(throws: PublishError.noSpace("/dev/full", isPartial: true)) {
      try export(
        Samples.shares, to: "/dev/full", format: .csv, context: Samples.context, overwrite: true)
    }
    let receipt = try export(
      Samples.shares, to: "/dev/null", format: .csv, context: Samples.context)
    #expect(receipt.manifestPath == nil && receipt.bytes > 0)
    for path in ["/dev/full", "/dev/null"] {
      var status = stat()
      #expect(stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
      #expect(access(path + ".manifest.json", F_OK) != 0)
    }
  }

  @Test func aNamedPipeIsWrittenTo() throws {
    try inFolder { folder in
      let path = folder + "/pipe.csv"
      #expect(mkfifo(path, 0o600) == 0)
      let reader = open(path, O_RDONLY | O_NONBLOCK)
      defer { close(reader) }
      let receipt = try export(
        Samples.shares, to: path, format: .csv, context: Samples.context)
      var buffer = [UInt8](repeating: 0, count: 4096)
      #expect(read(reader, &buffer, 4096) == receipt.bytes)
      #expect(try files(folder) == ["pipe.csv"])
    }
  }

  @Test func anAbandonedFileLeavesNothing() throws {
    try inFolder { folder in
      let path = folder + "/a.csv"
      try "old".write(toFile: path, atomically: false, encoding: .utf8)
      for target in [Target.new(path: folder + "/b.csv"), .file(path: path, mode: 0o644)] {
        let file = try WholeFile(target, shownPath: path)
        try file.write(Array("half".utf8))
        #expect(try files(folder).filter { !$0.hasPrefix(".") } == ["a.csv"])
      }
      #expect(try files(folder) == ["a.csv"])
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
    }
  }

  @Test func aFileThatAppearsMeanwhileIsKept() throws {
    try inFolder { folder in
      let path = folder + "/a.csv"
      let file = try WholeFile(.new(path: path), shownPath: path)
      try file.write(Array("ours".utf8))
      try file.flush()
      try "theirs".write(toFile: path, atomically: false, encoding: .utf8)
      var error: PublishError?
      do throws(PublishError) { try file.putInPlace() } catch let thrown { error = thrown }
      #expect(error == .exists(path))
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "theirs")
    }
  }

  @Test func aFullDiskLeavesTheOldFile() throws {
    try inFolder { folder in
      guard mount("tmpfs", folder, "tmpfs", 0, "size=64k") == 0 else {
        print("skipped: a full disk cannot be tested here, no small file system can be mounted")
        return
      }
      defer { umount2(folder, Int32(MNT_DETACH)) }
      let path = folder + "/a.csv"
      _ = try export(Samples.shares, to: path, format: .csv, context: Samples.context)
      let before = try files(folder)
      let large = answer([integers("n", Array(0..<50_000))])
      #expect(throws: PublishError.noSpace(path, isPartial: false)) {
        try export(large, to: path, format: .csv, context: Samples.context)
      }
      #expect(throws: PublishError.noSpace(folder + "/b.csv", isPartial: false)) {
        try export(large, to: folder + "/b.csv", format: .csv, context: Samples.context)
      }
      #expect(try files(folder) == before)
      #expect(
        try String(contentsOfFile: path, encoding: .utf8) == written(Samples.shares, as: .csv))
    }
  }

  @Test func closedAndFullOutputs() throws {
    ignoreClosedPipes()
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    close(ends[0])
    #expect(throws: PublishError.closedPipe) { try writeAll([1, 2, 3], toDescriptor: ends[1]) }
    close(ends[1])
    let full = open("/dev/full", O_WRONLY)
    defer { close(full) }
    #expect(throws: PublishError.noSpace("standard output", isPartial: true)) {
      try writeAll([1], toDescriptor: full)
    }
    try writeAll([], toDescriptor: full)
  }

  @Test func partialWritesGoOn() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    let (input, output) = (ends[0], ends[1])
    _ = fcntl(output, F_SETFL, O_NONBLOCK)
    let bytes = (0..<500_000).map { UInt8(truncatingIfNeeded: $0) }
    let reader = Thread {
      usleep(20_000)
      var buffer = [UInt8](repeating: 0, count: 10_000)
      while read(input, &buffer, 10_000) > 0 {}
      close(input)
    }
    reader.start()
    try writeAll(bytes, toDescriptor: output)
    close(output)
  }

  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      String(repeating: "a", count: 1_000_000),
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    ),
  ])
  func hashes(text: String, expected: String) {
    var whole = SHA256()
    whole.update(Array(text.utf8))
    #expect(whole.hexadecimal() == expected)
    var pieces = SHA256()
    var rest = Array(text.utf8)[...]
    var size = 1
    while !rest.isEmpty {
      pieces.update(Array(rest.prefix(size)))
      rest = rest.dropFirst(size)
      size = size % 130 + 7
    }
    #expect(pieces.hexadecimal() == expected)
  }
}

private func files(_ folder: String) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
}

private func permissions(_ path: String) throws -> Int {
  try #require(
    FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
}

/// The mask of this process, read without changing it under the other tests.
private func currentMask() throws -> Int {
  let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
  let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("Umask:") })
  return try #require(Int(line.dropFirst(6).trimmingCharacters(in: .whitespaces), radix: 8))
}
