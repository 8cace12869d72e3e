/// How a table is drawn on a terminal.
public struct TableStyle: Hashable, Sendable {
  /// The cells of a line; nil for as many as it takes.
  public var width: Int?
  /// The rows to show of a longer table; nil for all.
  public var maximumRows: Int?
  /// Bold names and dim lines.
  public var usesColour: Bool
  /// One labelled sentence a row, for those who listen to the screen.
  public var isAccessible: Bool
  /// Long text goes on under itself instead of being cut: for tables of words rather than figures.
  public var wrapsText = false

  /// A style; by default everything, without colour.
  public init(
    width: Int? = nil, maximumRows: Int? = nil, usesColour: Bool = false,
    isAccessible: Bool = false
  ) {
    self.width = width
    self.maximumRows = maximumRows
    self.usesColour = usesColour
    self.isAccessible = isAccessible
  }

  var missing: String { isAccessible ? "missing" : "·" }

  func bold(_ text: String) -> String { painted(text, "1") }
  func dim(_ text: String) -> String { painted(text, "2") }
  /// What is drawn in a chart.
  func painted(_ text: String) -> String { painted(text, "36") }

  private func painted(_ text: String, _ code: String) -> String {
    usesColour && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
