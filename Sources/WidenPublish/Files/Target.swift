import Glibc

/// What stands at a path that somebody wants to write to.
enum Target: Equatable {
  /// Nothing yet; its folder exists.
  case new(path: String)
  /// A file, with the permissions it has; when the path is a link, `path` is where it leads.
  case file(path: String, mode: mode_t)
  /// A device or a named pipe: written to as it stands, never renamed over.
  case stream(path: String)

  /// Where it stands.
  var path: String {
    switch self {
    case .new(let path), .file(let path, _), .stream(let path): path
    }
  }

  /// Looks at a path, and refuses what cannot be written to.
  static func at(_ path: String) throws(PublishError) -> Target {
    if path.utf8.contains(0) {
      throw .failed(path, reason: "the name contains a character that no file name can have")
    }
    var status = stat()
    if stat(path, &status) != 0 {
      guard errno == ENOENT || errno == ENOTDIR else { throw PublishError(errno, path: path) }
      return try new(path)
    }
    switch status.st_mode & S_IFMT {
    // A name for a descriptor that is open already, such as /dev/stdout, stands for what it leads to.
    case S_IFREG where path.hasPrefix("/dev/"): return .stream(path: path)
    case S_IFREG: return .file(path: try resolved(path), mode: status.st_mode & 0o777)
    case S_IFDIR: throw .folder(path)
    case S_IFCHR, S_IFIFO: return .stream(path: path)
    default: throw .notAFile(path)
    }
  }

  private static func new(_ path: String) throws(PublishError) -> Target {
    var status = stat()
    if lstat(path, &status) == 0 { throw .danglingLink(path) }
    let folder = folder(of: path)
    guard stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw .missingFolder(folder)
    }
    if path.isEmpty || path.hasSuffix("/") { throw .folder(path) }
    return .new(path: path)
  }

  private static func resolved(_ path: String) throws(PublishError) -> String {
    var status = stat()
    if lstat(path, &status) == 0, status.st_mode & S_IFMT != S_IFLNK { return path }
    let found = try realPath(of: path, shownPath: path)
    // Whoever may write to the folder could have laid the link: it decides nothing beyond it.
    let folder = try realPath(of: folder(of: path), shownPath: path)
    guard found.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/") else {
      throw .linkElsewhere(path)
    }
    return found
  }

  private static func realPath(of path: String, shownPath: String) throws(PublishError) -> String {
    guard let real = realpath(path, nil) else { throw PublishError(errno, path: shownPath) }
    defer { free(real) }
    return String(cString: real)
  }
}

/// The folder that a path lies in.
func folder(of path: String) -> String {
  guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}

/// The last part of a path.
func fileName(of path: String) -> String {
  guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
  return String(path[path.utf8.index(after: slash)...])
}
