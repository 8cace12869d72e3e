import Glibc
import WidenLanguage

/// A dataset that was read from a package, and what there is to say of it.
public struct OpenedPackage: Sendable {
  /// The tables with their descriptions, relationships and definitions.
  public var dataset: Dataset
  /// What the reader should know: columns that are not described, rows that point nowhere.
  public var notes: [Answer.Note]
  /// What loading each file found, by the name of its table.
  public var reports: [String: LoadReport]
}

/// Opens a Frictionless Data Package: the files that its `datapackage.json` describes, and the
/// `definitions.widen` beside it.
///
/// What the description declares is checked: types, keys and constraints by errors that name the place
/// in the file, references by warnings that count. Properties that widen does not know are ignored.
///
/// With a store of snapshots, a package that was read before is only mapped; see `SnapshotStore`.
/// Of a package whose rows are in a database, `server` has the tables, and only those are read from
/// files that the database does not have.
///
/// `progress` is told the file that is being read, and how much of it is.
public func openPackage(
  path: String, options: LoadOptions = LoadOptions(), server: Dataset? = nil,
  snapshots: SnapshotStore? = nil,
  isCancelled: () -> Bool = { false }, progress: ((String, Double) -> Void)? = nil
) throws(DatasetError) -> OpenedPackage {
  var sources = SnapshotSources(folder: "")
  guard let snapshots, server == nil,
    let key = SnapshotKey(.package, path, options, program: snapshots.program)
  else { return try read(path, options, server, &sources, isCancelled, progress) }
  if let known = snapshots.stored(key, threads: options.threads) { return known }
  let restedSince = snapshots.restedSince()
  sources.folder = key.folder
  let opened = try read(path, options, nil, &sources, isCancelled, progress)
  snapshots.keep(opened, key, sources, restedSince: restedSince, threads: options.threads)
  return opened
}

/// Reads everything, and notes what was read.
private func read(
  _ path: String, _ options: LoadOptions, _ server: Dataset?, _ sources: inout SnapshotSources,
  _ isCancelled: () -> Bool, _ progress: ((String, Double) -> Void)?
) throws(DatasetError) -> OpenedPackage {
  let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  let own = String(path.dropFirst(folder.count))
  let root = JSONPlace(try readJSON(own, in: folder, &sources), file: own)
  let description = try PackageDescription(root) { name, place throws(DatasetError) in
    guard !name.hasPrefix("/"), !name.contains(".."), !name.contains("://") else {
      throw place.error(
        "\(shown(name, limit: 100)) is not a file below the folder of the package",
        hint: "write the schema here, or into a file beside the package")
    }
    return JSONPlace(try readJSON(name, in: folder, &sources), file: name)
  }
  var opened = OpenedPackage(
    dataset: Dataset(
      name: description.title, isSynthetic: description.isSynthetic,
      definitions: try readDefinitions(in: folder, &sources), attribution: description.attribution,
      policy: description.policy),
    notes: [], reports: [:])
  for resource in description.resources { sources.add(file: resource.path) }
  for resource in description.resources {
    if let entry = server?.entry(named: resource.table) {
      opened.dataset.add(try resource.described(entry, &opened.notes))
      continue
    }
    let reader = ResourceReader(
      resource: resource, path: folder + resource.path, options: options)
    let table = try reader.opened(
      isCancelled: isCancelled, progress: progress.map { tell in { tell(resource.path, $0) } })
    opened.dataset.add(table.entry)
    opened.notes += table.notes
    opened.reports[resource.table] = table.report
  }
  opened.notes += try opened.dataset.connect(description.resources)
  if let server { opened.notes += server.leftOut(of: opened.dataset) }
  return opened
}

/// A description is made by hand or by a program, and never large.
private let largestDescription = 64 << 20

private func readJSON(
  _ name: String, in folder: String, _ sources: inout SnapshotSources
) throws(DatasetError) -> JSONValue {
  let bytes = try readFile(folder + name, limit: largestDescription)
  sources.add(text: name, bytes)
  let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
  let text = bytes.starts(with: mark) ? bytes.dropFirst(3) : bytes[...]
  do {
    return try JSONValue(parsing: text)
  } catch {
    let head = text.prefix(error.byteOffset)
    let line = head.count { $0 == UInt8(ascii: "\n") } + 1
    let start = head.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? head.startIndex
    let column = String(decoding: head[start...], as: UTF8.self).count + 1
    throw DatasetError(
      "\(shown(fileName(name), limit: 100)), line \(grouped(line)), column \(grouped(column)): "
        + "it is not JSON: \(error.message)", hint: "correct the description at that place")
  }
}

private let definitionsName = "definitions.widen"

/// The definitions beside the package; none when there is no such file.
private func readDefinitions(
  in folder: String, _ sources: inout SnapshotSources
) throws(DatasetError) -> String {
  let path = folder + definitionsName
  guard access(path, F_OK) == 0 else {
    sources.add(text: definitionsName, nil)
    return ""
  }
  let bytes = try readFile(path, limit: 4 << 20)
  sources.add(text: definitionsName, bytes)
  guard let text = String(validating: bytes, as: UTF8.self) else {
    throw DatasetError("'definitions.widen' is not UTF-8", hint: "save it as UTF-8")
  }
  return text
}

private func readFile(_ path: String, limit: Int) throws(DatasetError) -> [UInt8] {
  do throws(LoadError) {
    let source = try ByteSource(path: path)
    guard source.count <= limit else {
      throw LoadError(
        "it has \(grouped(source.count)) bytes; \(grouped(limit)) are the most that is read",
        hint: "take out what is not needed")
    }
    return try source.bytes(0..<source.count)
  } catch {
    throw DatasetError(error, file: fileName(path))
  }
}

private func fileName(_ path: String) -> String {
  path.split(separator: "/").last.map(String.init) ?? path
}
