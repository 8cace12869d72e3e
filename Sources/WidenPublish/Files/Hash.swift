/// The SHA-256 hash of bytes, as 64 hexadecimal digits.
public func hash(of bytes: [UInt8]) -> String {
  var hash = SHA256()
  hash.update(bytes)
  return hash.hexadecimal()
}
