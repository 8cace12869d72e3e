internal import Glibc

/// The functions of a library that was opened at run time, by their names.
struct Symbols {
  let handle: UnsafeMutableRawPointer
  /// What the library is called in messages.
  let library: String
  /// What to do where one is missing.
  let hint: String

  /// A function, as the type that is wanted; the library's headers say that it is of this type.
  func find<Function>(_ name: String) throws(ServerError) -> Function {
    guard let symbol = dlsym(handle, name) else {
      throw ServerError("\(library) has no function \(name)", hint: hint)
    }
    return unsafeBitCast(symbol, to: Function.self)
  }
}
