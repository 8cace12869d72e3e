import Synchronization

/// A value that is made when somebody first asks for it, and kept.
final class Once<Value: Sendable>: Sendable {
  private enum State: Sendable {
    case made(Value)
    case due(@Sendable () -> Value)
  }

  private let state: Mutex<State>

  /// A value that is there already.
  init(_ value: Value) { state = Mutex(.made(value)) }

  /// The value that `make` makes, which must not ask for this one.
  init(_ make: @escaping @Sendable () -> Value) { state = Mutex(.due(make)) }

  /// Whoever asks while it is being made waits.
  var value: Value {
    state.withLock { state in
      switch state {
      case .made(let value): return value
      case .due(let make):
        let value = make()
        state = .made(value)
        return value
      }
    }
  }
}
