import Glibc

/// Calls `body` with 0, 1, … at once on as many threads; the calling thread is number 0.
///
/// Returns when all are done. When no threads are to be had, because there are too many or because
/// somebody else is using them, the calling thread makes all calls itself, so bodies must share
/// their work by taking it, not by their number.
func runOnThreads(_ count: Int, _ body: (Int) -> Void) {
  guard count > 1 else { return body(0) }
  withoutActuallyEscaping(body) { body in
    ThreadPool.shared.run(Job(count: count, body: body))
  }
}

/// Something that threads do at once.
private final class Job {
  let count: Int
  private let body: (Int) -> Void

  init(count: Int, body: @escaping (Int) -> Void) {
    self.count = count
    self.body = body
  }

  // Not inlined, so that the thread holds nothing of the body when it says that it is done.
  @inline(never)
  func run(_ number: Int) { body(number) }
}

/// Threads that wait for work from one query to the next: waking one takes a few microseconds, and
/// making one takes thirty.
///
/// `@unchecked Sendable` because all that changes is touched only under the lock.
private final class ThreadPool: @unchecked Sendable {
  static let shared = ThreadPool()

  private let lock: UnsafeMutablePointer<pthread_mutex_t> = .allocate(capacity: 1)
  private let wake: UnsafeMutablePointer<pthread_cond_t> = .allocate(capacity: 1)
  private let done: UnsafeMutablePointer<pthread_cond_t> = .allocate(capacity: 1)
  /// Counts the jobs, so that each thread does each job once.
  private var generation = 0
  /// The job that threads may take part in; whoever runs it holds it until all are done.
  private var job: Unmanaged<Job>?
  private var threads = 0
  private var running = 0

  private init() {
    pthread_mutex_init(lock, nil)
    pthread_cond_init(wake, nil)
    pthread_cond_init(done, nil)
  }

  func run(_ own: Job) {
    pthread_mutex_lock(lock)
    guard job == nil else {
      pthread_mutex_unlock(lock)
      for number in 0..<own.count { own.run(number) }
      return
    }
    job = .passUnretained(own)
    while threads < own.count - 1, start(number: threads + 1) { threads += 1 }
    let helpers = min(threads, own.count - 1)
    running = helpers
    generation += 1
    pthread_cond_broadcast(wake)
    pthread_mutex_unlock(lock)
    own.run(0)
    for number in stride(from: helpers + 1, to: own.count, by: 1) { own.run(number) }
    pthread_mutex_lock(lock)
    while running > 0 { pthread_cond_wait(done, lock) }
    job = nil
    pthread_mutex_unlock(lock)
  }

  /// Starts a thread, which takes no signals: they are for the thread that waits for keys.
  private func start(number: Int) -> Bool {
    var all = sigset_t()
    var old = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &old)
    defer { pthread_sigmask(SIG_SETMASK, &old, nil) }
    let seen = generation
    let member = Unmanaged.passRetained(Member(pool: self, number: number, seen: seen))
    var thread = pthread_t()
    let made = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        let member = Unmanaged<Member>.fromOpaque(argument).takeRetainedValue()
        member.pool.work(number: member.number, seen: member.seen)
      }, member.toOpaque())
    if made != 0 {
      member.release()
      return false
    }
    pthread_detach(thread)
    return true
  }

  private func work(number: Int, seen: Int) -> Never {
    var seen = seen
    pthread_mutex_lock(lock)
    while true {
      while generation == seen { pthread_cond_wait(wake, lock) }
      seen = generation
      guard let job, number < job._withUnsafeGuaranteedRef({ $0.count }) else { continue }
      pthread_mutex_unlock(lock)
      job._withUnsafeGuaranteedRef { $0.run(number) }
      pthread_mutex_lock(lock)
      running -= 1
      if running == 0 { pthread_cond_signal(done) }
    }
  }
}

/// What a new thread is told.
private final class Member {
  let pool: ThreadPool
  let number: Int
  let seen: Int

  init(pool: ThreadPool, number: Int, seen: Int) {
    self.pool = pool
    self.number = number
    self.seen = seen
  }
}
