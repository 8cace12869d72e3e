internal import WidenPublish

/// What makes fingerprints of columns about people useless to others.
///
/// A manifest is published with its figures. Whoever knew all of a table but one value could otherwise
/// try which one gives the fingerprint.
struct FingerprintKey {
  private let bytes: [UInt8]

  private static let length = 32

  /// The key of whoever runs the program, made when there is none; nil where none can be kept.
  init?(folder: String?) {
    guard let path = folder.map({ $0 + "/fingerprint.key" }) else { return nil }
    do throws(Failure) {
      var known = try readPrivate(path) ?? []
      if known.count < FingerprintKey.length {
        let new = (0..<FingerprintKey.length).map { _ in UInt8.random(in: 0...255) }
        try appendPrivate(new, to: path)
        // Another session may have been first.
        known = try readPrivate(path) ?? []
      }
      guard known.count >= FingerprintKey.length else { return nil }
      bytes = Array(known.prefix(FingerprintKey.length))
    } catch {
      return nil
    }
  }

  /// What tells it from other keys, and nothing else about it.
  var name: String { String(hash(of: Array("widen key ".utf8) + bytes).prefix(8)) }

  /// A fingerprint that only this key gives.
  func print(of text: String) -> String {
    String(hash(of: bytes + Array(text.utf8)).prefix(16))
  }
}
