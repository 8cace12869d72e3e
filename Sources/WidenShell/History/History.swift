/// What was typed, newest last, and the file that keeps it.
///
/// A text is kept once, at the place of its latest use; a text that starts with a space is not kept.
public final class History {
  /// A text and when it was typed.
  public struct Entry: Hashable, Sendable {
    /// What was typed, without space around it.
    public var text: String
    /// Seconds since 1 January 1970; 0 when it is not known.
    public var time: Int

    /// This text at this time.
    public init(text: String, time: Int) {
      self.text = text
      self.time = time
    }
  }

  /// How many entries are kept.
  public static let limit = 10_000

  /// Oldest first.
  public private(set) var entries: [Entry]
  /// Why the file is not read or written, for a message; nil when all is well.
  public private(set) var problem: String?
  private var file: HistoryFile?

  /// A history that is kept in memory only.
  public init(entries: [Entry] = []) {
    self.entries = History.withoutRepeats(entries)
  }

  /// The history in this file, which is made with the first entry when it does not exist.
  public init(path: String) {
    entries = []
    let file = HistoryFile(path: path)
    do {
      let read = try file.read()
      entries = History.withoutRepeats(read)
      self.file = file
      // The file grows by an entry at a time; it is rewritten when much of it is not used.
      if read.count > 2 * entries.count + 200 || read.count > History.limit {
        try file.replace(by: entries)
      }
    } catch {
      problem = error.message
    }
  }

  /// Adds a text as the newest entry and writes it down, unless it is not to be kept.
  ///
  /// Returns whether it is kept.
  @discardableResult
  public func add(_ text: String, at time: Int) -> Bool {
    guard let first = text.first, first != " " else { return false }
    let kept = TerminalText.editable(TerminalText.trimmed(text))
    guard !kept.isEmpty else { return false }
    entries.removeAll { $0.text == kept }
    let entry = Entry(text: kept, time: time)
    entries.append(entry)
    if entries.count > History.limit { entries.removeFirst(entries.count - History.limit) }
    // What would not be read again is data, and is only kept in memory.
    guard kept.utf8.count <= HistoryText.longestEntry else { return true }
    do {
      try file?.append(entry)
    } catch {
      problem = error.message
      file = nil
    }
    return true
  }

  /// Where a dataset's history is kept, or nil when the user has no home.
  ///
  /// `$XDG_STATE_HOME/widen/history-DATASET`, else `~/.local/state/widen/history-DATASET`.
  public static func path(
    dataset: String, environment: (_ name: String) -> String?
  ) -> String? {
    let name = String(
      dataset.unicodeScalars.prefix(100).map { scalar -> Character in
        let isPlain =
          scalar.isASCII
          && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
            || scalar == "-" || scalar == "_" || scalar == ".")
        return isPlain ? Character(scalar) : "_"
      })
    let file = "widen/history-" + (name.isEmpty ? "unnamed" : name)
    if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") { return state + "/" + file }
    guard let home = environment("HOME"), home.hasPrefix("/") else { return nil }
    return home + "/.local/state/" + file
  }

  private static func withoutRepeats(_ entries: [Entry]) -> [Entry] {
    var seen: Set<String> = []
    var kept: [Entry] = []
    for entry in entries.reversed() where seen.insert(entry.text).inserted {
      kept.append(entry)
      if kept.count == limit { break }
    }
    return kept.reversed()
  }
}
