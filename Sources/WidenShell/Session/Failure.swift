internal import WidenEngine
internal import WidenLanguage
internal import WidenPublish

/// Why a statement failed.
enum Failure: Error {
  /// Problems of a text, with their places in it.
  case text([Diagnostic], source: String, name: String?)
  /// A plain sentence and a way out.
  case sentence(String, hint: String?)
  /// The result may not leave: a sentence and a way out.
  case refused(String, hint: String?)
  case cancelled
  /// The reader of standard output has gone.
  case closedPipe
  /// A column is needed that was passed over; `evaluate` reads it and tries again.
  case unread

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
    case .unread: self = .unread
    case .refused(let message, let hint): self = .refused(message, hint: hint)
    }
  }

  /// A file that cannot be loaded; the message names the file and the line.
  init(_ error: LoadError) {
    self = .sentence(error.message, hint: error.hint)
  }
}

extension Failure {
  /// What is told of `unread` where trying again is too late.
  static let unreadMessage = "a column is needed that was not read from its file"

  /// Whether there may be more to say, or nothing wrong, when all columns are read.
  var mayComeOfUnreadColumns: Bool {
    switch self {
    case .text, .unread: true
    case .sentence, .refused, .cancelled, .closedPipe: false
    }
  }

  /// A problem at a place of the text that runs; `fix` is what should stand there.
  static func at(
    _ place: Place, _ message: String, hint: String? = nil, fix: String? = nil, _ run: Run
  ) -> Failure {
    let diagnostic = Diagnostic(
      .error, message, at: place.range, hint: hint,
      fix: fix.map { Diagnostic.Fix(place.range, $0) })
    return .text([diagnostic], source: run.source, name: run.name)
  }
}
