internal import Glibc

/// The only place that asks the system for the time.
enum SystemClock {
  /// The time in ISO 8601, in UTC: `2026-11-22T14:00:00Z`.
  static func now() -> String {
    var seconds = time(nil)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    var text = [CChar](repeating: 0, count: 32)
    let count = strftime(&text, text.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
    return String(decoding: text.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Milliseconds on a clock that only goes forward.
  static func milliseconds() -> Double {
    var moment = timespec()
    clock_gettime(CLOCK_MONOTONIC, &moment)
    return Double(moment.tv_sec) * 1000 + Double(moment.tv_nsec) / 1_000_000
  }

  /// Seconds since 1 January 1970.
  static func seconds() -> Int { time(nil) }

  /// The number of processors the program may use.
  static let processors = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
}
