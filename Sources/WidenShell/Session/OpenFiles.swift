internal import Glibc
internal import WidenEngine
internal import WidenLanguage
internal import WidenRemote

/// What opening files is worth telling.
struct Findings {
  /// Sentences for the start.
  var notes: [String] = []
  /// What `show load` says, by table in small letters.
  var reports: [String: LoadReport] = [:]
  /// Files of which only some columns were read, by table in small letters.
  var shortened: [String: WholeTable] = [:]
}

/// Opens the files named on the command line; a folder stands for the package or the CSV files in it.
///
/// Packages are read whole, and so are files beside them: what a package says of its tables may name
/// columns of others.
func openFiles(
  _ paths: [String], _ options: ShellOptions, namedColumns: Set<String>? = nil,
  findings: inout Findings
) throws(OpeningError) -> Dataset {
  var parts: [Dataset] = []
  let namedColumns = paths.contains { package(at: $0) != nil } ? nil : namedColumns
  for path in paths {
    if isDatabaseAddress(path) {
      parts.append(try openServer(path, options, findings: &findings))
      continue
    }
    if let package = package(at: path) {
      let server = try options.server.map { address throws(OpeningError) in
        try openServer(address, options, findings: &findings)
      }
      parts.append(try openPackage(at: package, options, server, findings: &findings))
      continue
    }
    var part = Dataset(name: fileName(of: path))
    let isWhole = isFolder(path)
    var first: OpeningError?
    for file in isWhole ? dataFiles(in: path) : [path] {
      let entry: Dataset.Entry
      do throws(OpeningError) {
        entry = try openFile(file, options, namedColumns, findings: &findings)
      } catch {
        // One awkward sheet does not keep the rest of a folder away.
        guard isWhole else { throw error }
        first = first ?? error
        findings.notes.append(
          "\(fileName(of: file)) is left out: \(error.message)"
            + (error.hint.map { "; \($0)" } ?? ""))
        continue
      }
      if let other = part.entry(named: entry.description.name)?.description.summary {
        findings.notes.append(
          "\(entry.description.name): \(fileName(of: file)) takes the place of a table of this name,"
            + " \(other)")
      }
      part.add(entry)
    }
    if part.entries.isEmpty, let first { throw first }
    if !part.entries.isEmpty { parts.append(part) }
  }
  guard var dataset = parts.first else {
    throw OpeningError(
      "there is no data file in '\(paths.joined(separator: "', '"))'",
      hint: "files that end in \(dataEndings.joined(separator: ", ")) are read")
  }
  for part in parts.dropFirst() { dataset.take(part) }
  return dataset
}

extension ShellOptions {
  /// Where large files are kept as they were read; nil when nothing is to be kept.
  var snapshots: SnapshotStore? {
    cacheFolder.map {
      SnapshotStore(folder: $0, program: build + executableStamp()) { SystemClock.seconds() }
    }
  }

  /// What tells this program file from others of its version, which may read files differently.
  private func executableStamp() -> String {
    var status = stat()
    guard stat("/proc/self/exe", &status) == 0 else { return "" }
    let time = status.st_mtim
    return " \(status.st_ino) \(status.st_size) \(time.tv_sec).\(time.tv_nsec)"
  }

  /// What is told how much of a file has been read, by the name that the user knows.
  func progress(of file: String) -> ((Double) -> Void)? {
    guard let progress else { return nil }
    let name = visible(fileName(of: file))
    return { progress(name, $0) }
  }
}

extension Dataset {
  /// Takes over the tables of another dataset, and what is said of them.
  fileprivate mutating func take(_ other: Dataset) {
    for entry in other.entries { add(entry) }
    let texts = [definitions, other.definitions].filter { !$0.isEmpty }
    definitions = texts.joined(separator: "\n")
    attribution += other.attribution
    isSynthetic = isSynthetic && other.isSynthetic
    policy = policy ?? other.policy
  }
}

/// The description that a path names, or that the folder at a path holds.
private func package(at path: String) -> String? {
  if isFolder(path) {
    let description = "\(path)/datapackage.json"
    return access(description, F_OK) == 0 ? description : nil
  }
  return path.lowercased().hasSuffix(".json") ? path : nil
}

private func openServer(
  _ address: String, _ options: ShellOptions, findings: inout Findings
) throws(OpeningError) -> Dataset {
  do throws(DatasetError) {
    let opened = try openDatabase(address)
    findings.notes += opened.notes
    if options.server == nil {
      findings.notes.append(
        "nothing says which tables of \(opened.dataset.name) are about people, so that nothing is "
          + "withheld; widen FOLDER --source … takes that from the description in a folder")
    }
    return opened.dataset
  } catch {
    throw OpeningError(error.message, hint: error.hint)
  }
}

private func openPackage(
  at path: String, _ shell: ShellOptions, _ server: Dataset? = nil, findings: inout Findings
) throws(OpeningError) -> Dataset {
  var options = LoadOptions()
  options.threads = SystemClock.processors
  defer { shell.progress?("", 1) }
  do {
    let opened = try WidenEngine.openPackage(
      path: path, options: options, server: server, snapshots: shell.snapshots,
      progress: shell.progress.map { tell in { tell(visible(fileName(of: $0)), $1) } })
    findings.notes += opened.notes.map(\.text)
    for (table, report) in opened.reports { findings.reports[table.lowercased()] = report }
    return opened.dataset
  } catch {
    throw OpeningError(error.message, hint: error.hint)
  }
}

private func openFile(
  _ file: String, _ shell: ShellOptions, _ namedColumns: Set<String>?, findings: inout Findings
) throws(OpeningError) -> Dataset.Entry {
  let name = tableName(of: file)
  defer { shell.progress?("", 1) }
  do throws(LoadError) {
    var options = LoadOptions()
    options.threads = SystemClock.processors
    options.namedColumns = namedColumns
    let loaded = try loadFile(
      path: file, options: options, snapshots: shell.snapshots, progress: shell.progress(of: file))
    let (entry, report) = loadedEntry(loaded, named: name, from: file)
    let statement = LoadStatement(file: file, name: Name(name))
    findings.shortened[name.lowercased()] = WholeTable(of: loaded, statement, options)
    findings.notes += report.notes.map { "\(name): \($0.text)" }
    findings.reports[name.lowercased()] = report
    return entry
  } catch {
    throw OpeningError(error.message, hint: error.hint)
  }
}

private func isFolder(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}

/// The endings of the files that opening a folder reads; a workbook gives its first sheet.
private let dataEndings = [".csv", ".tsv", ".csv.gz", ".tsv.gz", ".xlsx"]

private func dataFiles(in folder: String) -> [String] {
  guard let directory = opendir(folder) else { return [] }
  defer { closedir(directory) }
  var names: [String] = []
  while let found = readdir(directory) {
    let name = withUnsafePointer(to: &found.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    let isHidden = name.hasPrefix(".") || name.hasPrefix("~$")
    if !isHidden, dataEndings.contains(where: { name.lowercased().hasSuffix($0) }) {
      names.append("\(folder)/\(name)")
    }
  }
  return names.sorted()
}
