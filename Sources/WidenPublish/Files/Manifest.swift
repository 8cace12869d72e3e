import WidenEngine
import WidenLanguage
import WidenStatistics

/// The record beside an export of how it came to be: `FILE.manifest.json`.
struct Manifest {
  /// The layout of the record; a reader that knows another number must not trust its guesses.
  static let version = 1

  var file: WrittenFile
  var context: ExportContext

  static func path(of file: String) -> String { file + ".manifest.json" }

  /// The record as JSON, one member a line.
  func bytes(_ answer: Answer) -> [UInt8] {
    var json = JSONWriter(isIndented: true)
    json.object { json in
      file.write(to: &json)
      json.member("widen", context.version)
      json.member("time", context.time)
      json.member("dataset", context.datasetName)
      json.member("synthetic", context.isSynthetic || answer.isSynthetic)
      json.member("query", context.query)
      json.key("parameters")
      json.object { json in
        for parameter in context.parameters { json.member(parameter.name, parameter.value) }
      }
      json.member("policy", context.policy)
      json.member("policy_reason", context.policyReason)
      write(protection: answer, to: &json)
      json.member("row_count", answer.table.rowCount)
      write(columns: answer, to: &json)
      write(story: answer, to: &json)
    }
    return json.bytes
  }

  private func write(columns answer: Answer, to json: inout JSONWriter) {
    let columns =
      file.format.isData
      ? dataColumns(of: answer) : answer.table.columns.filter { !$0.description.isHidden }
    json.key("columns")
    json.array { json in
      for column in columns {
        json.object { json in
          json.member("name", column.description.name)
          json.member("type", column.description.type.rawValue)
          if let base = column.description.base { json.member("base", base) }
        }
      }
    }
  }

  /// What disclosure control did; nothing where the figures are about nobody.
  private func write(protection answer: Answer, to json: inout JSONWriter) {
    guard let protection = answer.protection else { return }
    let policy = protection.policy
    json.member("threshold", policy.threshold)
    json.member("base", policy.base)
    json.member("window", policy.window)
    json.member("figures", protection.figures)
    json.member("withheld", protection.withheldCount)
    if let isPassed = protection.isAuditPassed {
      json.member("audit", isPassed ? "passed" : "undecided")
    }
  }

  private func write(story answer: Answer, to json: inout JSONWriter) {
    json.key("row_flow")
    json.array { json in
      for flow in answer.flow {
        json.object { json in
          json.member("step", flow.label)
          json.member("rows", flow.rows)
        }
      }
    }
    json.key("notes")
    json.array { json in
      for note in answer.notes {
        json.object { json in
          json.member("kind", note.kind.rawValue)
          json.member("text", note.text)
        }
      }
    }
    json.key("attribution")
    json.array { json in
      for sentence in context.attribution { json.value(sentence) }
    }
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
