import WidenLanguage

/// Why a dataset could not be opened.
public struct DatasetError: Error, Hashable, Sendable {
  /// What is wrong and where: the file, and the place in it; lower case, no full stop.
  public var message: String
  /// The way out.
  public var hint: String?

  /// An error with a way out.
  public init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }

  /// The error of a data file that could not be read.
  init(_ error: LoadError, file: String) {
    let place = error.line.map { ", line \(grouped($0))" } ?? ""
    self.init("\(shown(file, limit: 100))\(place): \(error.message)", hint: error.hint)
  }
}
