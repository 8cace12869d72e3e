/// The bytes that a gzip file holds; it may hold several parts one after another.
func unpacked(_ source: ByteSource, isCancelled: () -> Bool) throws(LoadError) -> ByteSource {
  let inflater = try Inflater(.gzip, name: source.name)
  var bytes: [UInt8] = []
  var offset = 0
  while offset < source.count {
    if isCancelled() { throw .cancelled }
    if inflater.isAtEnd {
      // Tapes and some programs pad the end with zero bytes.
      let next = try source.bytes(offset..<offset + 2)
      if next.allSatisfy({ $0 == 0 }) { break }
      guard next == [0x1F, 0x8B] else {
        throw LoadError(
          "\(shown(source.name, limit: 100)) is damaged: other bytes follow what is packed in it",
          hint: "fetch it again")
      }
      inflater.restart()
    }
    let piece = try source.bytes(offset..<offset + (64 << 10))
    offset += try inflater.unpack(piece) { bytes.append(contentsOf: $0) }
  }
  guard inflater.isAtEnd else {
    throw LoadError(
      "\(shown(source.name, limit: 100)) is damaged: it ends before what is packed in it does",
      hint: "fetch it again")
  }
  return ByteSource(bytes: bytes, name: source.path)
}
