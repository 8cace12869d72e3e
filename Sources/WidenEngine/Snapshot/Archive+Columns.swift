import WidenLanguage

extension Archive {
  /// The values of a column; whether they keep to what a column promises is for `isSound` to say.
  mutating func column(_ column: inout Column) throws(SnapshotDamage) {
    var form = Form(column)
    try choice(&form)
    switch form {
    case .coded:
      var coded = blankColumn
      if case .coded(let own) = column { coded = own }
      try self.coded(&coded)
      column = .coded(coded)
    case .integers:
      var (values, validity) = (Buffer<Int>([]), Bitmap?.none)
      if case .integers(let own, let bits) = column { (values, validity) = (own, bits) }
      try buffer(&values)
      try bits(&validity, count: values.count)
      column = .integers(values, validity: validity)
    case .decimals:
      var (values, validity) = (Buffer<Double>([]), Bitmap?.none)
      if case .decimals(let own, let bits) = column { (values, validity) = (own, bits) }
      try buffer(&values)
      try bits(&validity, count: values.count)
      column = .decimals(values, validity: validity)
    }
  }

  private enum Form: Int {
    case coded
    case integers
    case decimals

    init(_ column: Column) {
      switch column {
      case .coded: self = .coded
      case .integers: self = .integers
      case .decimals: self = .decimals
      }
    }
  }

  private mutating func coded(_ column: inout CodedColumn) throws(SnapshotDamage) {
    try number(&column.cardinality)
    try flag(&column.hasMissing)
    try flag(&column.isUnique)
    try codes(&column.codes)
    try domain(&column.domain)
  }

  private mutating func codes(_ codes: inout Codes) throws(SnapshotDamage) {
    var width =
      switch codes {
      case .bytes: 1
      case .shorts: 2
      case .words: 4
      }
    try number(&width)
    switch width {
    case 1:
      var own = Buffer<UInt8>([])
      if case .bytes(let known) = codes { own = known }
      try buffer(&own)
      codes = .bytes(own)
    case 2:
      var own = Buffer<UInt16>([])
      if case .shorts(let known) = codes { own = known }
      try buffer(&own)
      codes = .shorts(own)
    case 4:
      var own = Buffer<UInt32>([])
      if case .words(let known) = codes { own = known }
      try buffer(&own)
      codes = .words(own)
    default: throw SnapshotDamage()
    }
  }

  /// What codes mean: a number for the kind, and then its parts.
  private mutating func domain(_ domain: inout Domain) throws(SnapshotDamage) {
    var parts = DomainParts(domain)
    try number(&parts.tag)
    try number(&parts.minimum)
    try number(&parts.digits)
    try text(&parts.prefix)
    try optional(&parts.dictionary, blank: TextDictionary([])) {
      archive, dictionary throws(SnapshotDamage) in try archive.dictionary(&dictionary)
    }
    guard let known = parts.domain else { throw SnapshotDamage() }
    domain = known
  }

  private mutating func dictionary(_ dictionary: inout TextDictionary) throws(SnapshotDamage) {
    var (arena, offsets) = (dictionary.arena, dictionary.offsets)
    var isInDisplayOrder = dictionary.isInDisplayOrder
    try buffer(&arena)
    try buffer(&offsets)
    try flag(&isInDisplayOrder)
    guard offsets.count >= 1 else { throw SnapshotDamage() }
    dictionary = TextDictionary(
      arena: arena, offsets: offsets, isInDisplayOrder: isInDisplayOrder)
  }

  /// Which rows have values; few enough bytes to be copied.
  private mutating func bits(_ bits: inout Bitmap?, count: Int) throws(SnapshotDamage) {
    try optional(&bits, blank: Bitmap(count: count, repeating: false)) {
      archive, bits throws(SnapshotDamage) in
      var words = archive.isReading ? Buffer<UInt64>([]) : bits.words
      try archive.buffer(&words)
      guard words.count == (count + 63) / 64 else { throw SnapshotDamage() }
      bits = Bitmap(count: count) { _ = $0.update(fromContentsOf: words.elements) }
    }
  }
}

/// A column without rows.
private var blankColumn: CodedColumn {
  CodedColumn(codes: .bytes(Buffer([])), domain: .boolean, cardinality: 1)
}

/// All that a domain may hold, side by side.
private struct DomainParts {
  var tag: Int
  var minimum = 0
  /// Places of decimals, digits of identifiers, the kind of periods.
  var digits = 0
  var prefix = ""
  var dictionary: TextDictionary?

  init(_ domain: Domain) {
    switch domain {
    case .text(let dictionary): (tag, self.dictionary) = (0, dictionary)
    case .integer(let minimum): (tag, self.minimum) = (1, minimum)
    case .decimal(let minimum, let places): (tag, self.minimum, digits) = (2, minimum, places)
    case .boolean: tag = 3
    case .date(let minimum): (tag, self.minimum) = (4, minimum)
    case .month(let minimum): (tag, self.minimum) = (5, minimum)
    case .period(let kind, let minimum):
      (tag, self.minimum, digits) = (6, minimum, kind.rawValue)
    case .identifier(let prefix, let digits, let minimum):
      (tag, self.minimum, self.digits, self.prefix) = (7, minimum, digits, prefix)
    }
  }

  /// The domain of these parts; nil when there is none such.
  var domain: Domain? {
    switch tag {
    case 0: dictionary.map { .text($0) }
    case 1: .integer(minimum: minimum)
    case 2: .decimal(minimum: minimum, places: digits)
    case 3: .boolean
    case 4: .date(minimum: minimum)
    case 5: .month(minimum: minimum)
    case 6: Period.Kind(rawValue: digits).map { .period($0, minimum: minimum) }
    case 7: .identifier(prefix: prefix, digits: digits, minimum: minimum)
    default: nil
    }
  }
}
