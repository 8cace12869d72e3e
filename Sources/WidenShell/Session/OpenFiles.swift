internal import Glibc
internal import WidenEngine
internal import WidenLanguage

/// Opens the files named on the command line; a folder stands for the CSV files in it.
func openFiles(_ paths: [String], notes: inout [String]) throws(OpeningError) -> Dataset {
  var dataset = Dataset(name: fileName(of: paths.first ?? ""))
  let files = paths.flatMap { isFolder($0) ? csvFiles(in: $0) : [$0] }
  guard !files.isEmpty else {
    throw OpeningError("there is no CSV file in '\(paths.joined(separator: "', '"))'")
  }
  for file in files {
    let name = tableName(of: file)
    let loaded: LoadedTable
    do throws(LoadError) {
      var options = LoadOptions()
      options.threads = SystemClock.processors
      loaded = try loadFile(path: file, options: options, isCancelled: { false }, progress: nil)
    } catch {
      let place = error.line.map { ", line \($0)" } ?? ""
      throw OpeningError("\(file)\(place): \(error.message)", hint: error.hint)
    }
    dataset.add(loadedEntry(loaded.table, named: name, from: file))
    notes += loaded.report.notes.map { "\(name): \($0.text)" }
  }
  return dataset
}

private func isFolder(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}

private func csvFiles(in folder: String) -> [String] {
  guard let directory = opendir(folder) else { return [] }
  defer { closedir(directory) }
  var names: [String] = []
  while let found = readdir(directory) {
    let name = withUnsafePointer(to: &found.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    let ending = name.lowercased()
    if ending.hasSuffix(".csv") || ending.hasSuffix(".tsv") { names.append("\(folder)/\(name)") }
  }
  return names.sorted()
}
