/// How prepared text is to be scanned.
struct CSVOptions: Hashable, Sendable {
  /// How many threads may work, the calling one included.
  var threads: Int
  /// The longest field that is accepted.
  var maximumFieldBytes: Int
  /// How many bytes a thread reads at a time.
  var blockBytes: Int
  /// Columns, by index, whose cells stay as they are written, whatever they look like.
  var textColumns: Set<Int> = []
  /// Those of them whose different values are looked at again.
  var declaredColumns: Set<Int> = []
  /// Columns, by index, whose numbers are codes and stay text.
  var codeColumns: Set<Int> = []
  /// Columns, by index, whose cells are passed over.
  var unreadColumns: Set<Int> = []
  /// Shorthand, by index, that stands for zero, so that its columns are read again.
  var zeros: Set<Int> = []

  init(_ options: LoadOptions) {
    threads = max(1, options.threads)
    maximumFieldBytes = max(1, options.maximumFieldBytes)
    blockBytes = max(1, options.blockBytes)
    zeros = Set(options.zeros.compactMap { Shorthand.all.firstIndex(of: $0) })
  }
}
