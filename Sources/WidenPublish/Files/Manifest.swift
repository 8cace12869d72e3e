import WidenEngine
import WidenLanguage

/// A file that has been written, as its manifest records it.
struct WrittenFile {
  var name: String
  var format: Format
  var hash: String
  var byteCount: Int
  /// The folder that names of files were seen from, as seen from the folder of this file; nil when
  /// neither lies in the other.
  var workingFolder: String?
}

/// The record beside an export of how it came to be: `FILE.manifest.json`.
struct Manifest {
  /// The layout of the record; a reader that knows another number must not trust its guesses.
  static let version = 2

  var file: WrittenFile
  /// What the whole is called, where it has a title.
  var title: String?
  /// In the order in which the file holds them.
  var results: [ResultRecord]

  static func path(of file: String) -> String { file + ".manifest.json" }

  /// The record as JSON, one member a line.
  var bytes: [UInt8] {
    var json = JSONWriter(isIndented: true)
    json.object { json in
      json.member("manifest", Manifest.version)
      json.member("file", file.name)
      json.member("sha256", file.hash)
      json.member("bytes", file.byteCount)
      json.member("format", file.format.rawValue)
      if let title { json.member("title", title) }
      if let context = results.first?.context {
        json.member("widen", context.version)
        json.member("time", context.time)
        json.member("dataset", context.datasetName)
      }
      json.member("synthetic", results.contains(where: \.isSynthetic))
      if let folder = file.workingFolder { json.member("folder", folder) }
      json.key("attribution")
      json.array { json in
        for sentence in unique(results.flatMap(\.context.attribution)) { json.value(sentence) }
      }
      json.key("results")
      json.array { json in
        for result in results { json.object { result.write(to: &$0) } }
      }
    }
    return json.bytes
  }

  /// The hash that a manifest records for a file, or nil when it is no manifest for that file.
  ///
  /// Reads only what `bytes` writes: members of the outer object stand on lines of their own, two
  /// spaces in, and text never breaks a line. A record that was laid out anew is not recognised,
  /// and then the file is not replaced without being asked to.
  static func recordedHash(in bytes: [UInt8], forFile name: String) -> String? {
    var file: [UInt8] = Array("  \"file\": ".utf8)
    appendJSON(name, to: &file)
    file.append(UInt8(ascii: ","))
    let start = Array("  \"sha256\": \"".utf8)
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    guard lines.contains(where: { $0.elementsEqual(file) }),
      let line = lines.first(where: { $0.starts(with: start) })
    else { return nil }
    return String(decoding: line.dropFirst(start.count).prefix(64), as: UTF8.self)
  }
}
