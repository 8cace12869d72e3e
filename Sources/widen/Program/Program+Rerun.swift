internal import WidenPublish
internal import WidenRemote
internal import WidenShell

extension Program {
  /// Makes an export again.
  func rerun(_ file: String, _ setting: Invocation.Setting) throws -> RunStatus {
    let export: RecordedExport
    do {
      export = try RecordedExport(at: file)
    } catch {
      throw OpeningError(error.message, hint: error.hint)
    }
    var setting = setting
    if case .empty = setting.source {
      setting.source = try source(of: export)
      setting.server = setting.server ?? export.results.first?.recipe.server
    }
    let shell = try open(setting, running: export.results.map(\.recipe.script))
    Interrupts.install()
    let status = shell.rerun(export, to: sinks()).status
    if status == .interrupted { messages.write("cancelled\n") }
    return status
  }

  /// The data that an export was made from, where they are found.
  private func source(of export: RecordedExport) throws(OpeningError) -> ShellOptions.Source {
    switch export.results.first?.recipe.source {
    case nil, .empty: return .empty
    case .sample(let posts): return .sample(posts: posts)
    case .files(let names):
      var found: [String] = []
      for name in names {
        if isDatabaseAddress(name) {
          found.append(name)
          continue
        }
        guard let path = export.located(name) else {
          throw OpeningError(
            "the data '\(name)' that '\(export.path)' was made from are not where they were",
            hint: "name them: widen rerun \(export.path) --data DATASET")
        }
        found.append(path)
      }
      return .files(found)
    }
  }
}
