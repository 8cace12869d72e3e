import WidenLanguage

extension Sample {
  /// What the columns of several tables share, so that equal codes mean equal values.
  struct SharedColumns {
    let post: Domain
    let person: Domain
    let identifierCardinality: Int
    let organisations = TextDictionary(Sample.organisations.map(\.code))
    let residences = TextDictionary(Sample.residences)
    let groups = TextDictionary(StaffGroup.allCases.map(\.name))
    let roles = TextDictionary(Sample.roles.map(\.name))
    let bands = TextDictionary(Sample.bands)
    let initiatives = TextDictionary(Sample.initiatives.map(\.code))

    init(rows: Int) {
      let digits = rows < 10_000_000 ? 7 : 9
      post = .identifier(prefix: "S", digits: digits, minimum: 1)
      person = .identifier(prefix: "P", digits: digits, minimum: 1)
      identifierCardinality = rows + 1
    }
  }

  /// Makes the columns of one table, each with its description.
  struct TableMaker {
    let name: String
    let rows: Int

    init(_ name: String, rows: Int) {
      self.name = name
      self.rows = rows
    }

    func identifier(
      _ column: String, _ codes: Codes, _ domain: Domain, isUnique: Bool = false,
      cardinality: Int? = nil, _ summary: String
    ) -> TableColumn {
      let data = CodedColumn(
        codes: codes, domain: domain, cardinality: cardinality ?? rows + 1, hasMissing: false,
        isUnique: isUnique)
      return described(column, .text, .coded(data), .identifier, summary)
    }

    func numbers(
      _ column: String, _ codes: Codes, _ domain: Domain, cardinality: Int,
      _ sensitivity: ColumnDescription.Sensitivity?, hasMissing: Bool, _ summary: String
    ) -> TableColumn {
      let data = CodedColumn(
        codes: codes, domain: domain, cardinality: cardinality, hasMissing: hasMissing)
      return described(column, domain.type, .coded(data), sensitivity, summary)
    }

    /// Text of a fixed list of values, which are declared as categories unless it is plain text.
    func names(
      _ column: String, _ codes: Codes, _ dictionary: TextDictionary, type: ValueType = .category,
      _ sensitivity: ColumnDescription.Sensitivity?, isOrdered: Bool = false,
      notRecorded: [String] = [], isUnique: Bool = false, hasMissing: Bool = false,
      _ summary: String
    ) -> TableColumn {
      let data = CodedColumn(
        codes: codes, domain: .text(dictionary), cardinality: dictionary.count + 1,
        hasMissing: hasMissing, isUnique: isUnique)
      var result = described(column, type, .coded(data), sensitivity, summary)
      if type == .category { result.description.categories = dictionary.values }
      result.description.isOrdered = isOrdered
      result.description.notRecorded = notRecorded
      return result
    }

    /// Yes and no, given as codes: 1 and 2.
    func flags(_ column: String, _ codes: [UInt8], _ summary: String) -> TableColumn {
      numbers(
        column, .bytes(Buffer(codes)), .boolean, cardinality: 3, nil, hasMissing: false, summary)
    }

    /// Days of the four years before the extract, given since 1 January 1970; 0 is missing.
    func days(
      _ column: String, _ days: [Int32], hasMissing: Bool = false, _ summary: String
    ) -> TableColumn {
      let first = Sample.firstLeavingDay
      let cardinality = Sample.extractDay - first + 2
      return numbers(
        column, Codes(count: rows, cardinality: cardinality) { max(0, Int(days[$0]) - first + 1) },
        .date(minimum: first), cardinality: cardinality, .quasi, hasMissing: hasMissing, summary)
    }

    /// The posts in these rows of `staff`, and who holds them.
    func posts(
      _ posts: [UInt32], _ staff: Staff, _ shared: SharedColumns, post: String, person: String
    ) -> [TableColumn] {
      let people = staff.posts.person.elements
      defer { withExtendedLifetime(staff) {} }
      let limit = shared.identifierCardinality
      return [
        identifier(
          "post_id", .words(Buffer(posts.map { $0 + 1 })), shared.post, cardinality: limit, post),
        identifier(
          "person_id", .words(Buffer(posts.map { people[Int($0)] })), shared.person,
          cardinality: limit, person),
      ]
    }

    /// Text without numbers in it that would ask for more than the order of bytes.
    func sortedText(_ name: String, _ values: [String], _ summary: String) -> TableColumn {
      described(name, .text, .text(values, categories: Set(values).sorted()), nil, summary)
    }

    /// A column of a small table, made value by value.
    func column(
      _ name: String, _ type: ValueType, _ data: Column, _ summary: String,
      categories: [String]? = nil
    ) -> TableColumn {
      var result = described(name, type, data, nil, summary)
      result.description.categories = categories
      return result
    }

    func entry(
      _ columns: [TableColumn], key: String? = nil, person: String? = nil, isPersonal: Bool = false,
      isSynthetic: Bool = false, span: TableDescription.Span? = nil,
      relationships: [TableDescription.Relationship] = [], summary: String
    ) -> Dataset.Entry {
      Dataset.Entry(
        description: TableDescription(
          name: name, columns: columns.map(\.description), rowCount: rows, key: key, person: person,
          isPersonal: isPersonal, isSynthetic: isSynthetic, span: span,
          relationships: relationships,
          summary: summary),
        table: Table(columns: columns, rowCount: rows))
    }

    private func described(
      _ column: String, _ type: ValueType, _ data: Column,
      _ sensitivity: ColumnDescription.Sensitivity?, _ summary: String
    ) -> TableColumn {
      TableColumn(
        ColumnDescription(
          name: column, type: type, sensitivity: sensitivity,
          origin: .init(table: name, column: column), summary: summary),
        data)
    }
  }
}
