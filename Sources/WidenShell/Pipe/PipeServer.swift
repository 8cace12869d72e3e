internal import Glibc
internal import WidenLanguage

/// Answers requests, a line each, with a line of JSON each.
///
/// No line ends it but the last.
public struct PipeServer {
  /// Tells the time, in milliseconds from any start.
  public struct Clock {
    /// Elapsed time.
    public var wall: () -> Double
    /// Time that all threads of the process have computed.
    public var processor: () -> Double

    /// A clock made of two.
    public init(wall: @escaping () -> Double, processor: @escaping () -> Double) {
      self.wall = wall
      self.processor = processor
    }

    /// The system's clocks.
    public static var system: Clock {
      Clock(
        wall: { Clock.milliseconds(CLOCK_MONOTONIC) },
        processor: { Clock.milliseconds(CLOCK_PROCESS_CPUTIME_ID) })
    }

    private static func milliseconds(_ clock: clockid_t) -> Double {
      var time = timespec()
      clock_gettime(clock, &time)
      return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
    }
  }

  private static let flushBytes = 1 << 16

  private let shell: any Shell
  private let clock: Clock
  private let isCancelled: @Sendable () -> Bool

  /// A server that asks this shell.
  public init(
    shell: any Shell, clock: Clock = .system,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.shell = shell
    self.clock = clock
    self.isCancelled = isCancelled
  }

  /// Answers lines until there are none, writing fails, or the user stops it.
  ///
  /// `write` returns false when nobody reads any more.
  public func serve(
    read: () -> PipeLine, write: ([UInt8]) -> Bool
  ) -> RunStatus {
    while true {
      switch read() {
      case .end: return isCancelled() ? .interrupted : .done
      case .line(let line):
        switch answer(line, write: write) {
        case .answered: break
        case .unread: return .done
        case .cancelled: return .interrupted
        }
      case .tooLong(let limit):
        let problem = PipeProblem("the line is longer than \(limit >> 20) MiB")
        if !write(PipeServer.failure([problem])) { return .done }
      }
    }
  }

  private enum Reaction { case answered, unread, cancelled }

  private func answer(_ line: [UInt8], write: ([UInt8]) -> Bool) -> Reaction {
    let wall = clock.wall()
    let processor = clock.processor()
    let request: PipeRequest
    do {
      request = try PipeRequest(line[...])
    } catch {
      return write(PipeServer.failure([error])) ? .answered : .unread
    }
    let outcome = shell.runForPipe(
      request.query, parameters: request.parameters, isCancelled: isCancelled)
    let spent = (wall: clock.wall() - wall, processor: clock.processor() - processor)
    switch outcome {
    case .failure(let problems):
      return write(PipeServer.failure(problems)) ? .answered : .unread
    case .cancelled:
      return write(PipeServer.failure([PipeProblem("cancelled")])) ? .cancelled : .unread
    case .answer(let answer):
      let isRead = PipeServer.write(answer, rows: request.wantsRows, spent: spent, to: write)
      return isRead ? .answered : .unread
    }
  }

  private static func failure(_ problems: [PipeProblem]) -> [UInt8] {
    var json = JSONWriter()
    json.raw("{\"ok\":false,\"errors\":")
    json.array(problems) { json, problem in
      json.raw("{\"message\":")
      json.text(problem.message)
      json.raw(",\"line\":")
      if let place = problem.place {
        json.integer(place.line)
        json.raw(",\"column\":")
        json.integer(place.column)
        json.raw(",\"length\":")
        json.integer(place.length)
      } else {
        json.raw("null,\"column\":null,\"length\":null")
      }
      json.raw(",\"suggestion\":")
      if let suggestion = problem.suggestion { json.text(suggestion) } else { json.raw("null") }
      json.raw("}")
    }
    json.raw("}\n")
    return json.drain()
  }

  /// Writes an answer in blocks, so that a long one is never held as text as a whole.
  private static func write(
    _ answer: PipeAnswer, rows: Bool, spent: (wall: Double, processor: Double),
    to write: ([UInt8]) -> Bool
  ) -> Bool {
    var json = JSONWriter()
    json.raw("{\"ok\":true,\"columns\":")
    json.array(answer.columns) { json, column in
      json.raw("{\"name\":")
      json.text(column.name)
      json.raw(",\"type\":")
      json.text(column.type.rawValue)
      json.raw("}")
    }
    json.raw(",\"rows\":[")
    for row in 0..<(rows ? answer.rowCount : 0) {
      if row > 0 { json.raw(",") }
      json.array(answer.columns.indices) { json, column in
        json.value(answer.value(row, column))
      }
      if json.bytes.count >= flushBytes, !write(json.drain()) { return false }
    }
    json.raw("],\"row_count\":")
    json.integer(answer.rowCount)
    json.raw(",\"notes\":")
    json.array(answer.notes) { json, note in json.text(note) }
    json.raw(",\"milliseconds\":")
    json.milliseconds(spent.wall)
    json.raw(",\"cpu_milliseconds\":")
    json.milliseconds(spent.processor)
    json.raw("}\n")
    return write(json.drain())
  }
}
