import Foundation
import Testing

/// The Debian package that `scripts/release` makes, unpacked as an installation would.
@Suite(.serialized) struct PackageTests {
  @Test func whatIsInstalledWorks() throws {
    let root = Repository.root.path()
    let probe = try #require(Executable.run("command -v dpkg-deb dpkg-shlibdeps strip man"))
    guard probe.status == 0, probe.output.split(separator: "\n").count == 4 else {
      print("the Debian package is not made: dpkg-dev, binutils or man is missing")
      return
    }
    let program = try #require(Executable.path)
    let folder = Executable.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let made = try #require(
      Executable.run(
        "'\(root)scripts/release' --quick --program '\(program)' --into '\(folder)'"))
    #expect(made.status == 0, "\(made.messages)")
    #expect(made.messages.contains("from start to answer"), "\(made.messages)")
    let package = String(made.output.split(separator: "\n").last ?? "")
    #expect(package.hasPrefix("\(folder)/widen_") && package.hasSuffix(".deb"))

    let tree = "\(folder)/installed"
    let installed = try #require(
      Executable.run(
        "dpkg-deb -x '\(package)' '\(tree)' && cd '\(tree)'"
          + " && usr/bin/widen run headcount --help | head -1"
          + " && find usr -type f | LC_ALL=C sort"
          + " && dpkg-deb -f '\(package)' Depends"))
    #expect(installed.status == 0, "\(installed)")
    for file in [
      "usr/bin/widen", "usr/share/bash-completion/completions/widen",
      "usr/share/doc/widen/changelog.gz", "usr/share/doc/widen/copyright",
      "usr/share/fish/vendor_completions.d/widen.fish", "usr/share/man/man1/widen.1.gz",
      "usr/share/zsh/vendor-completions/_widen",
    ] { #expect(installed.output.contains("\n\(file)\n"), "\(file)") }
    #expect(installed.output.hasPrefix("Headcount"))
    #expect(installed.output.contains("libreadline8"))
  }
}
