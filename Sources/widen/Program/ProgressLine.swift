/// A line at the terminal that says how much of a large file has been read.
///
/// Nothing is drawn in the first half second, so that files that are read at once leave no trace.
final class ProgressLine {
  private static let patience = Duration.milliseconds(500)
  private static let pause = Duration.milliseconds(100)

  private let write: (String) -> Void
  private var start: ContinuousClock.Instant?
  private var drawn: ContinuousClock.Instant?

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
      if drawn != nil { write("\r\u{1B}[K") }
      drawn = nil
    } else if now - begun >= ProgressLine.patience,
      drawn.map({ now - $0 >= ProgressLine.pause }) ?? true
    {
      drawn = now
      write("\r\u{1B}[Kreading \(file): \(Int(fraction * 100))%")
    }
  }
}
