import Synchronization

/// The number of rows that are handed to a thread at a time, where nothing else is said.
public let standardSegmentRows = 1 << 16

/// How many threads work on so many rows: one segment is not worth waking another.
func workers(forRows rows: Int, of threads: Int, segmentRows: Int) -> Int {
  rows < segmentRows + segmentRows / 2 ? 1 : threads
}

/// Runs `body(worker, item)` for each item in `0..<items`, on up to `workers` threads.
///
/// Threads take items from a counter, so any thread may do any item; callers keep one accumulator
/// a worker and merge them in the order of workers, with operations that do not depend on order.
/// The caller's thread is worker 0; with one worker or one item no thread is started.
///
/// Not optimised, because that would make a copy of it for every body.
@_optimize(none)
func parallel(
  workers: Int, items: Int, _ body: @Sendable (_ worker: Int, _ item: Int) -> Void
) {
  let count = min(workers, items)
  guard count > 1 else {
    for item in 0..<max(0, items) { body(0, item) }
    return
  }
  let next = Counter()
  runOnThreads(count) { worker in
    while true {
      let item = next.take()
      if item >= items { return }
      body(worker, item)
    }
  }
}

/// The same until it is cancelled: then nobody takes another item, and who has one goes on with it.
func parallel(
  workers: Int, items: Int, until isCancelled: @Sendable () -> Bool,
  _ body: @Sendable (_ worker: Int, _ item: Int) -> Void
) {
  let count = max(1, min(workers, items))
  let next = Counter()
  parallel(workers: count, items: count) { worker, _ in
    while !isCancelled() {
      let item = next.take()
      if item >= items { return }
      body(worker, item)
    }
  }
}

private final class Counter: Sendable {
  private let value = Atomic<Int>(0)
  func take() -> Int { value.wrappingAdd(1, ordering: .relaxed).oldValue }
}
