internal import Glibc
internal import WidenEngine
internal import WidenLanguage
internal import WidenPublish

/// Writes the bundled sample into a folder, as a template for a dataset of one's own.
///
/// Returns what was done, as a line for the user. A folder that holds anything is refused, and each
/// file is written whole or not at all.
public func writeTemplate(to folder: String, posts: Int?) throws(OpeningError) -> String {
  try makeEmptyFolder(folder)
  let dataset = makeSample(posts: posts ?? Sample.usualPosts)
  let files = dataset.packageFiles
  for file in files {
    do {
      let text = String(decoding: file.content(), as: UTF8.self)
      try writeWhole(text, to: "\(folder)/\(file.name)")
    } catch {
      throw OpeningError(error.message, hint: error.advice)
    }
  }
  return "\(visible(folder)): \(files.count) files of a synthetic dataset; "
    + "open it with: widen \(visible(folder))\n"
}

private func makeEmptyFolder(_ folder: String) throws(OpeningError) {
  if folder.isEmpty || folder.utf8.contains(0) {
    throw OpeningError("the name of the folder is empty or holds a zero byte", status: .usage)
  }
  if mkdir(folder, 0o777) == 0 { return }
  let code = errno
  let shown = "'\(visible(folder))'"
  guard code == EEXIST else {
    throw OpeningError(
      "the folder \(shown) cannot be made: \(reason(code))",
      hint: code == ENOENT ? "make the folder around it first" : nil)
  }
  guard let directory = opendir(folder) else {
    throw OpeningError(
      "\(shown) exists and is no folder that can be read", hint: "name a new folder")
  }
  defer { closedir(directory) }
  while let found = readdir(directory) {
    let name = withUnsafePointer(to: &found.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if name != "." && name != ".." {
      throw OpeningError("the folder \(shown) is not empty", hint: "name a new folder")
    }
  }
}

private func reason(_ code: Int32) -> String {
  let words = strerror(code).map { String(cString: $0) } ?? "error \(code)"
  return words.prefix(1).lowercased() + words.dropFirst()
}
