import WidenEngine

/// A file that has been written, as its manifest records it.
struct WrittenFile {
  var name: String
  var format: Format
  var hash: String
  var byteCount: Int

  /// The members that every manifest starts with.
  func write(to json: inout JSONWriter) {
    json.member("manifest", Manifest.version)
    json.member("file", name)
    json.member("sha256", hash)
    json.member("bytes", byteCount)
    json.member("format", format.rawValue)
  }
}

extension Manifest {
  /// The record of a file that holds several results.
  static func bytes(of report: Report, _ file: WrittenFile) -> [UInt8] {
    var json = JSONWriter(isIndented: true)
    json.object { json in
      file.write(to: &json)
      json.member("title", report.shownTitle)
      json.key("results")
      json.array { json in
        for section in report.sections {
          json.object { json in
            json.member("title", section.shownTitle)
            json.member("row_count", section.answer.table.rowCount)
            json.key("story")
            json.array { json in
              for item in story(section) {
                json.object { json in
                  json.member("item", item.name)
                  json.member("text", item.text)
                }
              }
            }
          }
        }
      }
    }
    return json.bytes
  }
}
