/// A line at the terminal that says how much of a large file has been read.
///
/// Nothing is drawn in the first half second, so that files that are read at once leave no trace. It
/// is taken away with spaces: not every terminal knows escape sequences.
final class ProgressLine {
  private static let patience = Duration.milliseconds(500)
  private static let pause = Duration.milliseconds(100)

  private let write: (String) -> Void
  private var start: ContinuousClock.Instant?
  private var drawn: ContinuousClock.Instant?
  private var length = 0

  /// A line that `write` brings to the terminal at once.
  init(_ write: @escaping (String) -> Void) {
    self.write = write
  }

  /// Tells how much of a file has been read; all of it takes the line away.
  func tell(_ file: String, _ fraction: Double) {
    let now = ContinuousClock.now
    let begun = start ?? now
    start = fraction >= 1 ? nil : begun
    if fraction >= 1 {
      if drawn != nil { draw("") }
      drawn = nil
    } else if now - begun >= ProgressLine.patience,
      drawn.map({ now - $0 >= ProgressLine.pause }) ?? true
    {
      drawn = now
      draw("reading \(file): \(Int(fraction * 100))%")
    }
  }

  /// Draws a text in the place of the one before, and leaves the cursor behind it.
  private func draw(_ text: String) {
    let count = text.unicodeScalars.count
    let rest = String(repeating: " ", count: max(0, length - count))
    write("\r" + text + (rest.isEmpty ? "" : rest + "\r" + text))
    length = count
  }
}
