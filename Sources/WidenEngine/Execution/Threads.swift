import Glibc

/// Calls `body` with 0, 1, … at once on as many threads; the calling thread is number 0.
///
/// Returns when all are done. A thread that cannot be made has its call made by the calling thread, so
/// bodies must share their work by taking it, not by their number.
func runOnThreads(_ count: Int, _ body: (Int) -> Void) {
  withoutActuallyEscaping(body) { body in
    let calls = (1..<max(1, count)).map { Call(number: $0, body: body) }
    var threads: [pthread_t] = []
    var left: [Call] = []
    for call in calls {
      var thread = pthread_t()
      // The array keeps each call alive until its thread has been joined.
      let made = pthread_create(
        &thread, nil,
        { argument in
          if let argument { Unmanaged<Call>.fromOpaque(argument).takeUnretainedValue().run() }
          return nil
        }, Unmanaged.passUnretained(call).toOpaque())
      if made == 0 { threads.append(thread) } else { left.append(call) }
    }
    body(0)
    for call in left { call.run() }
    for thread in threads { pthread_join(thread, nil) }
    withExtendedLifetime(calls) {}
  }
}

private final class Call {
  private let number: Int
  private let body: (Int) -> Void

  init(number: Int, body: @escaping (Int) -> Void) {
    self.number = number
    self.body = body
  }

  func run() { body(number) }
}
