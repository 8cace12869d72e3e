internal import CReadline
internal import Glibc
internal import WidenShell

/// Completion: the shell says what may stand at the cursor, readline inserts it.
extension LineEditor {
  /// What readline may put in place of the bytes from `start` to `end`, the common beginning first.
  ///
  /// Readline frees the array and its texts. Nil when nothing fits.
  func matches(
    from start: Int, to end: Int
  ) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
    widen_begin_completion(0)
    menu = []
    guard let text = buffer else { return nil }
    let offered = shell.completions(text, at: end)
    wordStart = start
    offeredStart = offered.start
    let fitting = Replacement(text, start: start, end: end).fit(offered)
    guard let only = fitting.first else { return nil }
    menu = fitting.map(\.candidate)
    if fitting.count == 1 {
      widen_begin_completion(only.takesSpace ? CInt(UInt8(ascii: " ")) : 0)
      return LineEditor.array([only.text])
    }
    let typed = String(decoding: Array(text.utf8)[start..<end], as: UTF8.self)
    let shared = commonPrefix(of: fitting.map(\.text))
    // Capitals may differ in what was typed; it is not taken away.
    let beginning = shared.utf8.count < typed.utf8.count ? typed : shared
    return LineEditor.array([beginning] + fitting.map(\.text))
  }

  private static func array(
    _ texts: [String]
  ) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
    let bytes = (texts.count + 1) * MemoryLayout<UnsafeMutablePointer<CChar>?>.stride
    guard let memory = malloc(bytes) else { return nil }
    let array = memory.bindMemory(
      to: UnsafeMutablePointer<CChar>?.self, capacity: texts.count + 1)
    for (index, text) in texts.enumerated() { array[index] = strdup(text) }
    array[texts.count] = nil
    return array
  }
}

/// The bytes that readline replaces, which need not be those that the shell means.
///
/// Readline starts a value behind its opening quote, the shell at the quote.
struct Replacement {
  /// A candidate, and what readline has to insert for it.
  struct Fitting: Equatable {
    var candidate: Completions.Candidate
    var text: String
    /// Whether a space may follow when it is the only one.
    var takesSpace: Bool
  }

  private let bytes: [UInt8]
  private let start: Int
  private let end: Int

  init(_ text: String, start: Int, end: Int) {
    bytes = Array(text.utf8)
    self.start = start
    self.end = end
  }

  /// The candidates that can be put in place of the bytes from `start` to `end`.
  func fit(_ offered: Completions) -> [Fitting] {
    guard offered.start >= 0, offered.start <= end, start <= end, end <= bytes.count else {
      return []
    }
    let next = end < bytes.count ? bytes[end] : nil
    return offered.candidates.compactMap { candidate in
      var insert = Array(candidate.text.utf8)
      if offered.start < start {
        // What is typed before readline's start stays as it is, so it must fit already.
        let head = bytes[offered.start..<start]
        guard insert.starts(with: head) else { return nil }
        insert.removeFirst(head.count)
      } else {
        insert = bytes[start..<offered.start] + insert
      }
      if let last = insert.last, last == next, last == 0x22 || last == 0x27 {
        insert.removeLast()
      }
      let goesOn = [UInt8(ascii: "("), UInt8(ascii: "."), UInt8(ascii: "/"), 0x20]
      let isFollowed = next == 0x20 || next == 0x22 || next == 0x27
      return Fitting(
        candidate: candidate, text: String(decoding: insert, as: UTF8.self),
        takesSpace: !isFollowed && !(insert.last.map { goesOn.contains($0) } ?? true))
    }
  }
}

/// The longest beginning that all texts have.
func commonPrefix(of texts: [String]) -> String {
  guard let first = texts.first else { return "" }
  return texts.dropFirst().reduce(first) { shared, text in
    String(zip(shared, text).prefix { $0 == $1 }.map(\.0))
  }
}
