import CKernels
import Glibc
import Synchronization

/// Calls `body` with 0, 1, … at once on as many threads; the calling thread is number 0.
///
/// Returns when all that were called are done. A thread that is late, or is not to be had, because
/// there are too many or because somebody else is using them, is not called, so bodies must share
/// their work by taking it, not by their number.
func runOnThreads(_ count: Int, _ body: (Int) -> Void) {
  guard count > 1 else { return body(0) }
  withoutActuallyEscaping(body) { body in
    ThreadPool.shared.run(Job(count: count, body: body))
  }
}

/// Wakes the threads that there are, so that they look out for work while a query is being read.
///
/// For whoever is about to run a query: on a virtual machine a processor that has nothing to do
/// takes as long to wake as a short query takes to run, and the threads would come too late for it.
public func rouseThreads() { ThreadPool.shared.rouse() }

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

/// Threads that wait for work from one query to the next.
///
/// Waking one takes from five microseconds to fifty, the latter where the machine is a virtual one.
/// A query is a few loops with little between them, so a thread that has done its part looks out for
/// the next one for some time before it sleeps, and whoever waits for the others does the same.
///
/// `@unchecked Sendable` because all that changes is touched only under the lock, or is atomic.
private final class ThreadPool: @unchecked Sendable {
  static let shared = ThreadPool()

  private let lock: UnsafeMutablePointer<pthread_mutex_t> = .allocate(capacity: 1)
  private let wake: UnsafeMutablePointer<pthread_cond_t> = .allocate(capacity: 1)
  private let done: UnsafeMutablePointer<pthread_cond_t> = .allocate(capacity: 1)
  /// Counts the jobs, so that each thread does each job once.
  private let generation = Atomic<Int>(0)
  /// The job that threads may still take part in; whoever runs it holds it until all are done.
  private var job: Unmanaged<Job>?
  private var threads: [pthread_t] = []
  /// The processor that the threads stay away from.
  private var avoided: Int32 = -1
  /// The threads that take part in it.
  private let running = Atomic<Int>(0)
  private var isBusy = false
  /// Counts how often threads were woken before there was a job.
  private var rousings = 0

  private init() {
    pthread_mutex_init(lock, nil)
    pthread_cond_init(wake, nil)
    pthread_cond_init(done, nil)
  }

  func rouse() {
    pthread_mutex_lock(lock)
    if !threads.isEmpty, !isBusy {
      keepApart()
      rousings += 1
      pthread_cond_broadcast(wake)
    }
    pthread_mutex_unlock(lock)
  }

  func run(_ own: Job) {
    pthread_mutex_lock(lock)
    guard !isBusy else {
      pthread_mutex_unlock(lock)
      return own.run(0)
    }
    isBusy = true
    job = .passUnretained(own)
    while threads.count < own.count - 1, start(number: threads.count + 1) {}
    keepApart()
    generation.add(1, ordering: .releasing)
    pthread_cond_broadcast(wake)
    pthread_mutex_unlock(lock)
    own.run(0)
    // All work is taken: who has not come yet need not.
    pthread_mutex_lock(lock)
    job = nil
    pthread_mutex_unlock(lock)
    lookOut(for: { running.load(ordering: .acquiring) == 0 })
    pthread_mutex_lock(lock)
    while running.load(ordering: .acquiring) > 0 { pthread_cond_wait(done, lock) }
    isBusy = false
    pthread_mutex_unlock(lock)
  }

  /// Keeps the threads off the processor of whoever has the work, if there are others.
  ///
  /// The system may wake a thread on the very processor that wakes it, though others are idle: it
  /// did so for 99 of 100 jobs on a virtual machine of two, where two threads were then no faster
  /// than one.
  private func keepApart() {
    let own = kernel_processor()
    guard own != avoided else { return }
    avoided = own
    kernel_keep_off(own, threads, Int32(threads.count))
  }

  /// Looks again and again for some hundred microseconds, until something is so: about as long as a
  /// query takes from one loop to the next when its code and data have left the caches.
  private func lookOut(for isSo: () -> Bool) {
    for _ in 0..<3000 {
      if isSo() { return }
      kernel_pause()
    }
  }

  /// Starts a thread, which takes no signals: they are for the thread that waits for keys.
  private func start(number: Int) -> Bool {
    var all = sigset_t()
    var old = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &old)
    defer { pthread_sigmask(SIG_SETMASK, &old, nil) }
    let seen = generation.load(ordering: .relaxed)
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
    threads.append(thread)
    avoided = -1
    return true
  }

  private func work(number: Int, seen: Int) -> Never {
    var seen = seen
    pthread_mutex_lock(lock)
    var roused = rousings
    while true {
      while generation.load(ordering: .acquiring) == seen {
        if rousings == roused {
          pthread_cond_wait(wake, lock)
        } else {
          roused = rousings
          pthread_mutex_unlock(lock)
          // Three times as long, for the query has to be read and understood first.
          for _ in 0..<3 { lookOut(for: { generation.load(ordering: .relaxed) != seen }) }
          pthread_mutex_lock(lock)
        }
      }
      seen = generation.load(ordering: .acquiring)
      guard let job, number < job._withUnsafeGuaranteedRef({ $0.count }) else { continue }
      running.add(1, ordering: .relaxed)
      pthread_mutex_unlock(lock)
      job._withUnsafeGuaranteedRef { $0.run(number) }
      pthread_mutex_lock(lock)
      if running.subtract(1, ordering: .releasing).newValue == 0 { pthread_cond_signal(done) }
      pthread_mutex_unlock(lock)
      lookOut(for: { generation.load(ordering: .relaxed) != seen })
      pthread_mutex_lock(lock)
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
