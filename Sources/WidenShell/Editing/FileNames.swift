internal import Glibc

/// What `load` reads, by the endings of file names.
let loadableEndings = [
  "csv", "tsv", "tab", "txt", "gz", "xlsx", "sqlite", "sqlite3", "db", "json",
]

/// A file or folder that a path may go on to.
struct FileName {
  /// As it is written after what was typed, a folder with a slash at its end.
  var path: String
  var isFolder: Bool
}

/// The files and folders whose paths start with a text, in the order of their names; of files only
/// those with one of the endings.
func fileNames(startingWith typed: String, endings: [String]?) -> [FileName] {
  let folder = typed.lastIndex(of: "/").map { String(typed[...$0]) } ?? ""
  let start = typed.dropFirst(folder.count)
  guard let directory = opendir(folder.isEmpty ? "." : folder) else { return [] }
  defer { closedir(directory) }
  var found: [FileName] = []
  // A folder with more is not one to pick from by name.
  while found.count < 2000, let entry = readdir(directory) {
    let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
      pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(validatingCString: $0) }
    }
    guard let name, name.hasPrefix(start), name != ".", name != "..",
      name.first != "." || start.first == ".",
      // What acts on a terminal, or ends a line, cannot be typed.
      !name.unicodeScalars.contains(where: { $0 == "\n" || TerminalText.isUnsafe($0) })
    else { continue }
    let isFolder = isFolder(folder + name)
    let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
    if isFolder || endings?.contains(ending) ?? true {
      found.append(FileName(path: folder + name + (isFolder ? "/" : ""), isFolder: isFolder))
    }
  }
  return found.sorted { $0.path < $1.path }
}

private func isFolder(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}
