internal import WidenShell

/// The colours of the editor, as codes of the terminal.
///
/// They are of the terminal's own sixteen, so that they follow the user's scheme.
enum Theme {
  /// For both grounds: what is readable on either.
  case plain
  case light
  case dark

  /// The theme that was set; `auto` follows what the terminal tells of its colours.
  init(_ wish: ShellTheme, environment: (String) -> String?) {
    switch wish {
    case .light: self = .light
    case .dark: self = .dark
    case .auto:
      // `15;0`: the numbers of the writing and of the ground, of sixteen.
      let ground = environment("COLORFGBG")?.split(separator: ";").last.flatMap { Int($0) }
      switch ground {
      case .some(0...6), .some(8): self = .dark
      case .some(7), .some(9...15): self = .light
      default: self = .plain
      }
    }
  }

  static let dim = "2"

  var prompt: String {
    switch self {
    case .plain: "1;36"
    case .light: "1;34"
    case .dark: "1;96"
    }
  }

  /// The colour of a part of a text, or nil to leave it as it is.
  func colour(of kind: HighlightSpan.Kind) -> String? {
    switch kind {
    case .step: pick("1;34", "1;34", "1;94")
    case .keyword: pick("34", "34", "94")
    case .function: pick("36", "36", "96")
    case .table: "1"
    case .column, .sign: nil
    case .text, .file: pick("32", "32", "92")
    // Yellow cannot be seen on white.
    case .number, .time: pick("35", "35", "93")
    case .parameter, .setting: pick("1;35", "1;35", "95")
    case .comment: Theme.dim
    case .bracket: "1;7"
    case .doubt: pick("4;33", "4;35", "4;93")
    case .problem: pick("4;31", "4;31", "4;91")
    }
  }

  private func pick(_ plain: String, _ light: String, _ dark: String) -> String {
    switch self {
    case .plain: plain
    case .light: light
    case .dark: dark
    }
  }

  /// A text between the codes that switch a colour on and off.
  static func painted(_ text: String, _ colour: String?, isOn: Bool) -> String {
    guard isOn, let colour else { return text }
    return "\u{1B}[\(colour)m\(text)\u{1B}[m"
  }
}
