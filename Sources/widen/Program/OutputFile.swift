internal import WidenPublish
internal import WidenShell

/// The file of `--output`: it appears whole, with its manifest, when all went well, and else stays as it
/// was.
struct OutputFile {
  /// Takes what is to be in the file.
  let writer: DescriptorWriter
  private let file: PendingFile
  private let format: Format

  /// Prepares to write, so that a target that cannot be written is known before the work.
  init(_ name: String, format: ResultFormat, mayOverwrite: Bool) throws(UsageError) {
    do throws(PublishError) {
      file = try PendingFile(name, overwrite: mayOverwrite)
    } catch {
      switch error {
      case .exists, .editedSince:
        throw UsageError(error.message, hint: "--overwrite replaces it")
      case .folder: throw UsageError(error.message, hint: "--output takes the name of a file")
      default: throw UsageError(error.message, hint: error.advice)
      }
    }
    self.format = Format(named: format.rawValue) ?? .table
    writer = DescriptorWriter(file.descriptor)
  }

  /// Puts the file in its place; returns a message when that is not possible.
  func finish(_ results: [ResultRecord]) -> String? {
    writer.flush()
    switch writer.failure {
    case .closed: return "the output cannot be written: nobody reads it"
    case .failed(let reason): return "the output cannot be written: \(reason)"
    case nil: break
    }
    do throws(PublishError) {
      try file.finish(results, format: format)
      return nil
    } catch {
      return error.message
    }
  }
}
