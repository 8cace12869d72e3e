public import WidenEngine
import WidenLanguage
import WidenStatistics

/// What a manifest says of one result: how it came to be, and what it said.
public struct ResultRecord: Sendable {
  /// What it is called; nil where nobody gave it a title.
  public var title: String?
  let context: ExportContext
  let columns: [ColumnDescription]
  let figures: RecordedFigures
  /// Everything but the rows.
  private let answer: Answer

  /// The record of a result in a file of this format.
  public init(
    _ answer: Answer, title: String? = nil, context: ExportContext, format: Format
  ) {
    self.title = title
    self.context = context
    columns = recordedColumns(of: answer, format).map(\.description)
    figures = RecordedFigures(answer, format: format)
    var rest = answer
    rest.table = Table(columns: [], rowCount: answer.table.rowCount)
    self.answer = rest
  }

  /// The record of a section of a report.
  public init(_ section: Report.Section, format: Format) {
    self.init(
      section.answer, title: section.shownTitle, context: section.context, format: format)
  }

  var isSynthetic: Bool { context.isSynthetic || answer.isSynthetic }

  /// The members of the object that stands for it.
  func write(to json: inout JSONWriter) {
    if let title { json.member("title", title) }
    json.member("query", context.query)
    json.key("parameters")
    json.object { json in
      for parameter in context.parameters { json.member(parameter.name, parameter.value) }
    }
    json.member("policy", answer.protection?.policy.name ?? context.policy)
    json.member("policy_reason", context.policyReason)
    writeProtection(to: &json)
    json.member("row_count", answer.table.rowCount)
    json.key("columns")
    json.array { json in for column in columns { write(column, to: &json) } }
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
    if let recipe = context.recipe { write(recipe, to: &json) }
    write(figures, to: &json)
  }

  private func write(_ column: ColumnDescription, to json: inout JSONWriter) {
    json.object { json in
      json.member("name", column.name)
      json.member("type", column.type.rawValue)
      if let base = column.base { json.member("base", base) }
    }
  }

  /// What disclosure control did; nothing where the figures are about nobody.
  private func writeProtection(to json: inout JSONWriter) {
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

  private func write(_ recipe: Recipe, to json: inout JSONWriter) {
    json.key("recipe")
    json.object { json in
      json.member("script", recipe.script)
      if let obstacle = recipe.obstacle { json.member("obstacle", obstacle) }
      switch recipe.source {
      case .empty: break
      case .sample(let posts): json.member("sample", posts)
      case .files(let files):
        json.key("files")
        json.array { json in for file in files { json.value(file) } }
      }
      if let server = recipe.server { json.member("database", server) }
      json.member("policy", recipe.policy)
      json.member("policy_reason", recipe.policyReason)
      write("definitions", recipe.definitions, to: &json)
      json.member("key", recipe.keyName)
      json.member("seal", recipe.seal)
      write("fingerprints", recipe.columns, to: &json)
    }
  }

  private func write(_ name: String, _ parts: [Recipe.Part], to json: inout JSONWriter) {
    json.key(name)
    json.object { json in for part in parts { json.member(part.name, part.content) } }
  }

  /// A row a line, so that two manifests can be compared by eye.
  private func write(_ figures: RecordedFigures, to json: inout JSONWriter) {
    json.key("figures_written")
    json.object { json in
      json.member("sha256", figures.hash)
      json.member("labels", figures.labels)
      if let rows = figures.rows {
        json.key("rows")
        json.array { json in
          for row in rows {
            let cells = row.map(\.bytes).joined(separator: [UInt8(ascii: ",")])
            json.raw([UInt8(ascii: "[")] + cells + [UInt8(ascii: "]")])
          }
        }
      } else {
        json.key("column_sha256")
        json.array { json in for hash in figures.columnHashes { json.value(hash) } }
      }
    }
  }
}
