public import WidenLanguage

/// A parameter's value as a program sends it.
public enum PipeValue: Hashable, Sendable {
  case missing
  case boolean(Bool)
  case integer(Int)
  case decimal(Double)
  case text(String)
  case list([PipeValue])
}

/// What came of a statement that was sent through the pipe.
public enum PipeOutcome {
  case answer(PipeAnswer)
  /// At least one problem.
  case failure([PipeProblem])
  /// The user stopped it.
  case cancelled
}

/// A result as values.
///
/// A statement without a result has no columns and no rows.
public struct PipeAnswer {
  /// A column of a result.
  public struct Column: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// The type of its values.
    public var type: ValueType

    /// A column with this name and type.
    public init(_ name: String, _ type: ValueType) {
      self.name = name
      self.type = type
    }
  }

  /// Its columns, hidden ones left out.
  public var columns: [Column]
  /// How many rows it has.
  public var rowCount: Int
  /// Warnings too; plain sentences.
  public var notes: [String]
  /// The value at a row and a column.
  ///
  /// A withheld cell is its mark, as text.
  public var value: (_ row: Int, _ column: Int) -> Value

  /// An answer with these columns and values.
  public init(
    columns: [Column] = [], rowCount: Int = 0, notes: [String] = [],
    value: @escaping (_ row: Int, _ column: Int) -> Value = { _, _ in .missing }
  ) {
    self.columns = columns
    self.rowCount = rowCount
    self.notes = notes
    self.value = value
  }
}

/// A problem in a form that an editor can underline.
public struct PipeProblem: Error, Hashable, Sendable {
  /// Where a problem stands, counted in Unicode scalars; lines and columns from 1.
  public struct Place: Hashable, Sendable {
    /// The line, from 1.
    public var line: Int
    /// The first scalar in the line, from 1.
    public var column: Int
    /// How many scalars it covers.
    public var length: Int

    /// A place at this line and column.
    public init(line: Int, column: Int, length: Int) {
      self.line = line
      self.column = column
      self.length = length
    }

    /// The place of these bytes of a text; a range that spans lines ends with its first line.
    public init(_ range: SourceRange, in text: String) {
      let bytes = text.utf8
      var line = 1
      var column = 1
      var length = 0
      for (offset, byte) in zip(0..., bytes) where offset < range.end {
        let isContinuation = byte & 0xC0 == 0x80
        if offset < range.start {
          if byte == UInt8(ascii: "\n") {
            line += 1
            column = 1
          } else if !isContinuation {
            column += 1
          }
        } else if byte == UInt8(ascii: "\n") {
          break
        } else if !isContinuation {
          length += 1
        }
      }
      self.init(line: line, column: column, length: length)
    }
  }

  /// What is wrong: third person, lower case, no full stop.
  public var message: String
  /// Nil when the problem is not in the text.
  public var place: Place?
  /// What to do about it, such as `did you mean 'count'?`.
  public var suggestion: String?

  /// A problem with this message.
  public init(_ message: String, place: Place? = nil, suggestion: String? = nil) {
    self.message = message
    self.place = place
    self.suggestion = suggestion
  }

  /// A diagnostic of the language, with its place in the text.
  public init(_ diagnostic: Diagnostic, in text: String) {
    self.init(
      diagnostic.message, place: Place(diagnostic.range, in: text), suggestion: diagnostic.hint)
  }
}
