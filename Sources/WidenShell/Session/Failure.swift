internal import WidenEngine
internal import WidenLanguage
internal import WidenPublish

/// Why a statement failed.
enum Failure: Error {
  /// Problems of a text, with their places in it.
  case text([Diagnostic], source: String, name: String?)
  /// A plain sentence and a way out.
  case sentence(String, hint: String?)
  case cancelled
  /// The reader of standard output has gone.
  case closedPipe

  init(_ error: PublishError) {
    if case .closedPipe = error {
      self = .closedPipe
    } else {
      self = .sentence(error.message, hint: error.advice)
    }
  }

  init(_ error: ExecutionError) {
    switch error {
    case .cancelled: self = .cancelled
    case .failed(let message, let hint): self = .sentence(message, hint: hint)
    }
  }

  init(_ error: LoadError, file: String) {
    var message = "\(file): \(error.message)"
    if let line = error.line { message = "\(file), line \(line): \(error.message)" }
    self = .sentence(message, hint: error.hint)
  }
}
