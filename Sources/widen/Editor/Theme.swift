internal import WidenShell

/// The colours of the editor, as the numbers of the terminal's own sixteen.
///
/// They follow the user's scheme, so that they are readable on light and dark ground.
enum Theme {
  static let prompt = "1;36"
  static let dim = "2"

  /// The colour of a part of a text, or nil to leave it as it is.
  static func colour(of kind: HighlightSpan.Kind) -> String? {
    switch kind {
    case .step: "1;34"
    case .keyword: "34"
    case .function: "36"
    case .table: "1"
    case .column: nil
    case .text: "32"
    case .number, .time: "33"
    case .parameter, .setting: "35"
    case .file: "32"
    case .sign: nil
    case .comment: "2"
    case .problem: "4;31"
    }
  }

  /// A text between the codes that switch a colour on and off.
  static func painted(_ text: String, _ colour: String?, isOn: Bool) -> String {
    guard isOn, let colour else { return text }
    return "\u{1B}[\(colour)m\(text)\u{1B}[m"
  }
}
