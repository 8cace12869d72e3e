internal import WidenLanguage
internal import WidenPublish
internal import WidenShell

extension Program {
  /// Lays scripts out: a file is rewritten, whole or not at all; standard input goes to the output.
  ///
  /// With `isCheck` nothing is written, and the scripts that would change are named.
  func format(_ names: [String], isCheck: Bool) throws -> RunStatus {
    var status = RunStatus.done
    for name in names {
      guard let text = try scriptText(name) else { throw noScript(name) }
      let formatted = WidenLanguage.format(text)
      if !formatted.diagnostics.isEmpty {
        for problem in formatted.diagnostics {
          messages.write(render(problem, source: text, file: name) + "\n")
        }
        status = .failed
        continue
      }
      if name == "-" {
        output.write(formatted.text)
      } else if formatted.text != text {
        if isCheck {
          output.write(name + "\n")
          status = .failed
        } else {
          do {
            try writeWhole(formatted.text, to: name, overwrite: true)
          } catch {
            throw OpeningError(error.message)
          }
          messages.write("\(TerminalText.editable(name)): laid out anew\n")
        }
      }
    }
    return status
  }
}
