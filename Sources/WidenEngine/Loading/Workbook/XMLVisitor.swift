import CExpat

/// What is told of an XML text while it is read from start to end; subclasses listen.
///
/// Names come without their prefixes, since files differ in them but not in their meaning.
class XMLVisitor {
  /// Set to end the reading.
  var problem: LoadError?
  /// Whether the characters of the present element are wanted.
  var wantsText = false
  /// The characters since `wantsText` was set, until a subclass takes them.
  var text: [UInt8] = []

  /// An element starts.
  func start(_ element: XMLName, _ attributes: XMLAttributes) {}

  /// An element ends.
  func end(_ element: XMLName) {}
}

/// A name as expat gives it, valid while it is told of.
struct XMLName {
  private let name: UnsafePointer<CChar>

  init(_ name: UnsafePointer<CChar>) {
    var local = name
    var next = name
    while next.pointee != 0 {
      if next.pointee == 58 { local = next + 1 }
      next += 1
    }
    self.name = local
  }

  /// Whether it is this one.
  static func == (name: XMLName, other: StaticString) -> Bool {
    other.withUTF8Buffer { wanted in
      for (index, byte) in wanted.enumerated() where name.name[index] != CChar(bitPattern: byte) {
        // A shorter name ends in a zero, which is in no name, so that no byte after it is read.
        return false
      }
      return name.name[wanted.count] == 0
    }
  }
}

/// The attributes of an element, valid while it is told of.
struct XMLAttributes {
  fileprivate let pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>

  /// The bytes of an attribute's value, up to a zero; nil when there is none of this name.
  func bytes(_ name: StaticString) -> UnsafePointer<CChar>? {
    var index = 0
    while let own = pairs[index] {
      if XMLName(own) == name { return pairs[index + 1] }
      index += 2
    }
    return nil
  }

  /// An attribute's value.
  subscript(name: StaticString) -> String? { bytes(name).map { String(cString: $0) } }
}

/// Reads a part of an archive as XML.
///
/// Declarations of document types are refused: tables need none, and entities can grow without bound.
func readXML(_ part: String, of archive: ZipArchive, _ visitor: XMLVisitor) throws(LoadError) {
  let name = shown(archive.source.name, limit: 100)
  guard let parser = XML_ParserCreate(nil) else {
    throw LoadError("there is not enough memory for \(name)")
  }
  defer { XML_ParserFree(parser) }
  let context = XMLContext(visitor, parser, name)
  XML_SetUserData(parser, Unmanaged.passUnretained(context).toOpaque())
  XML_SetElementHandler(
    parser,
    { user, name, attributes in
      guard let context = XMLContext.of(user), let name, let attributes else { return }
      context.visitor.start(XMLName(name), XMLAttributes(pairs: attributes))
      context.stopIfAsked()
    },
    { user, name in
      guard let context = XMLContext.of(user), let name else { return }
      context.visitor.end(XMLName(name))
      context.stopIfAsked()
    })
  XML_SetCharacterDataHandler(parser) { user, bytes, count in
    guard let context = XMLContext.of(user), context.visitor.wantsText, let bytes else { return }
    let raw = UnsafeRawBufferPointer(start: bytes, count: Int(count))
    context.visitor.text.append(contentsOf: raw)
  }
  XML_SetStartDoctypeDeclHandler(parser) { user, _, _, _, _ in
    guard let context = XMLContext.of(user) else { return }
    context.visitor.problem = LoadError(
      "\(context.name) was refused: it declares a document type, which no workbook needs",
      hint: "save it again from Excel")
    context.stopIfAsked()
  }
  func feed(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool) throws(LoadError) {
    let raw = UnsafeRawPointer(bytes.baseAddress)
    let status = XML_Parse(
      parser, raw?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), isLast ? 1 : 0)
    if let problem = visitor.problem { throw problem }
    guard status == XML_STATUS_OK else {
      throw LoadError(
        "\(name) is damaged: its part \(shown(part)) breaks off or is no XML on line "
          + "\(XML_GetCurrentLineNumber(parser))", hint: "save it again from Excel")
    }
  }
  try withExtendedLifetime(context) { () throws(LoadError) in
    try archive.read(part) { bytes throws(LoadError) in try feed(bytes, isLast: false) }
    try feed(UnsafeBufferPointer(start: nil, count: 0), isLast: true)
  }
}

/// What the functions that expat calls can reach.
private final class XMLContext {
  let visitor: XMLVisitor
  /// The name of the file, for messages.
  let name: String
  private let parser: XML_Parser

  init(_ visitor: XMLVisitor, _ parser: XML_Parser, _ name: String) {
    self.name = name
    self.visitor = visitor
    self.parser = parser
  }

  static func of(_ user: UnsafeMutableRawPointer?) -> XMLContext? {
    user.map { Unmanaged<XMLContext>.fromOpaque($0).takeUnretainedValue() }
  }

  func stopIfAsked() {
    if visitor.problem != nil { XML_StopParser(parser, 0) }
  }
}
