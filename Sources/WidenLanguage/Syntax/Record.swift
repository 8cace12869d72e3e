/// Whether a step or statement works in this version.
public enum Availability: Hashable, Sendable {
  case now
  /// It is read and printed, but does nothing yet.
  case toCome
}

/// Everything about one step of a query, told once: parser, printer, completion and help read it.
public struct StepRecord: Sendable {
  /// The step's first word.
  public let word: String
  /// What may follow the word, as help shows it: `[distinct <column>] [by <keys>]`.
  public let signature: String
  /// What it does, in one line.
  public let summary: String
  /// A query that runs on the sample dataset.
  public let example: String
  /// Whether it works in this version.
  public let availability: Availability
  let items: [SignatureItem]

  /// Whether it works in this version.
  public var isAvailable: Bool { availability == .now }

  init(
    _ word: StepWord, _ signature: String, _ summary: String, _ example: String,
    _ availability: Availability = .now
  ) {
    self.word = word.rawValue
    items = compile(signature: signature)
    self.signature = shown(items)
    self.summary = summary
    self.example = example
    self.availability = availability
  }
}

/// Everything about one statement, told once.
public struct StatementRecord: Sendable {
  /// The statement's first word.
  public let word: String
  /// What may follow the word, as help shows it.
  public let signature: String
  /// What it does, in one line.
  public let summary: String
  /// A statement that runs on the sample dataset.
  public let example: String
  /// Whether it works in this version.
  public let availability: Availability
  let items: [SignatureItem]

  /// Whether it works in this version.
  public var isAvailable: Bool { availability == .now }

  /// `shown` is the signature of the two statements that the parser reads by hand.
  init(
    _ word: StatementWord, _ signature: String, shown: String? = nil, _ summary: String,
    _ example: String, _ availability: Availability = .now
  ) {
    self.word = word.rawValue
    items = compile(signature: signature)
    self.signature = shown ?? WidenLanguage.shown(items)
    self.summary = summary
    self.example = example
    self.availability = availability
  }
}

/// Everything about one aggregate, told once.
public struct AggregateRecord: Sendable {
  /// The aggregate's first word.
  public let word: String
  /// What may follow the word, as help shows it.
  public let signature: String
  /// What it computes, in one line.
  public let summary: String
  /// A query that runs on the sample dataset.
  public let example: String

  init(_ word: AggregateWord, _ signature: String, _ summary: String, _ example: String) {
    self.word = word.rawValue
    self.signature = signature
    self.summary = summary
    self.example = example
  }
}
