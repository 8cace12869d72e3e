import WidenLanguage

/// Everything that can keep a result from being written, with paths as the user gave them.
public enum PublishError: Error, Hashable, Sendable {
  /// The reader of a pipe has gone; a program ends quietly then.
  case closedPipe
  /// The file's ending names no format.
  case unknownEnding(String)
  /// A worksheet does not hold that many rows.
  case tooLong(rows: Int)
  /// A worksheet or a database does not hold that many columns.
  case tooWide(columns: Int, holds: Int)
  /// A file of this ending holds one result, and there are several.
  case oneResultOnly(String, count: Int)
  /// The result has not what the chart that was asked for needs.
  case noChart(String, hint: String?)
  /// The folder for temporary files, in which workbooks are put together, is full.
  case noScratchSpace
  /// The file exists, and widen did not write it.
  case exists(String)
  /// The file exists and is not as widen wrote it.
  case editedSince(String)
  /// The path is that of a folder.
  case folder(String)
  /// The file's folder does not exist.
  case missingFolder(String)
  /// The path is a link whose target does not exist.
  case danglingLink(String)
  /// The path is a link to a file outside its folder.
  case linkElsewhere(String)
  /// The path is a disk, a socket or the like.
  case notAFile(String)
  /// No permission to write there.
  case notPermitted(String)
  /// The disk is full. `isPartial`: it was no file, and a part may have been written.
  case noSpace(String, isPartial: Bool)
  /// Anything else, with the system's own words.
  case failed(String, reason: String)

  /// What happened, as a plain sentence.
  public var message: String {
    switch self {
    case .closedPipe: "the reader of the output has gone"
    case .unknownEnding(let path):
      "the ending of \(quoted(String(path.split(separator: "/").last ?? ""))) names no format"
    case .tooLong(let rows):
      "the result has \(counted(rows, "row")), and a worksheet holds 1,048,500"
    case .tooWide(let columns, let most):
      "the result has \(counted(columns, "column")), and such a file holds \(grouped(most))"
    case .oneResultOnly(let ending, let count):
      "a \(ending) file holds one result, and there are \(grouped(count))"
    case .noChart(let message, _): message
    case .noScratchSpace:
      "there is no space left in the folder for temporary files; nothing was written"
    case .exists(let path): "\(quoted(path)) exists, and widen did not write it"
    case .editedSince(let path):
      "\(quoted(path)) was changed since widen wrote it, or its export was interrupted"
    case .folder(let path): "\(quoted(path)) is a folder"
    case .missingFolder(let path): "there is no folder \(quoted(path))"
    case .danglingLink(let path): "\(quoted(path)) is a link to a file that does not exist"
    case .linkElsewhere(let path): "\(quoted(path)) is a link that leads out of its folder"
    case .notAFile(let path): "\(quoted(path)) is not a file"
    case .notPermitted(let path): "there is no permission to write \(quoted(path))"
    case .noSpace(let path, let isPartial):
      "there is no space left on \(quoted(path)); "
        + (isPartial ? "what was written is not complete" : "nothing was written")
    case .failed(let path, let reason): "\(quoted(path)) could not be written: \(reason)"
    }
  }

  /// What the user can do about it.
  public var advice: String? {
    switch self {
    case .closedPipe, .noSpace, .notPermitted, .failed: nil
    case .tooLong, .tooWide: "export it to a .csv file, or fewer of it"
    case .oneResultOnly: "export each, or write a .xlsx or .sqlite file"
    case .noChart(_, let hint): hint
    case .noScratchSpace: "make room there"
    case .unknownEnding:
      "possible are \(list(Format.endings))"
    case .exists(let path), .editedSince(let path):
      "to replace it: export to \(quoted(path)) overwrite"
    case .folder: "name a file in it"
    case .missingFolder: "make the folder first, or name another"
    case .danglingLink, .linkElsewhere: "name the file itself"
    case .notAFile: "name a file"
    }
  }
}

/// A path as a message and a query show it.
func quoted(_ path: String) -> String { "\"" + visible(path, usesUnicode: true) + "\"" }
