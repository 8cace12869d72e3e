internal import WidenLanguage
internal import WidenPublish
internal import WidenStatistics

/// What `set` changes.
struct Settings {
  /// What a terminal shows of figures that a policy withholds.
  enum Display: String, CaseIterable {
    /// True figures, marked.
    case figures
    /// What would leave.
    case policy
  }

  /// Rows or a width that a terminal decides, unless a number is set.
  enum Limit: Equatable {
    case automatic
    case all
    case number(Int)

    var shown: String {
      switch self {
      case .automatic: "auto"
      case .all: "all"
      case .number(let number): String(number)
      }
    }
  }

  var format = Format.table
  var rows = Limit.automatic
  var width = Limit.automatic
  var unknown: Diagnostic.Severity?
  var policy = DisclosurePolicy.safe
  /// Why, where it protects less than the dataset asks for.
  var policyReason: String?
  var display = Display.figures
  var identifiersAreShown = false
  var threads: Int?
  var timing = false
  var hint = true
  var theme = ShellTheme.auto
  var flow = true
  var accessible = Wish.auto
  /// Whether what is longer than the screen goes to a pager, where there is one.
  var pages = true

  /// Yes, no, or what the surroundings suggest.
  enum Wish: String {
    case auto, on, off
  }

  /// Takes over what the command line asked for.
  mutating func apply(_ options: ShellOptions) {
    format = Format(named: options.format.rawValue) ?? .table
  }
}

/// One setting, described once: `set`, `show settings`, completion and help read it.
struct SettingRecord: Sendable {
  var name: String
  var values: [String]
  var summary: String
  var value: @Sendable (Settings) -> String
  /// Takes a new value; false when it is none of its own.
  var change: @Sendable (inout Settings, String) -> Bool

  /// Whether a number may be set, too.
  var takesNumber = false

  /// What may stand behind `set` and the name, as help shows it.
  var choices: String { (values + (takesNumber ? ["NUMBER"] : [])).joined(separator: "|") }

  static let all: [SettingRecord] = [
    SettingRecord(
      name: "accessible", values: ["auto", "on", "off"],
      summary: "sentences instead of tables and charts, for those who listen to the screen",
      value: { $0.accessible.rawValue },
      change: { settings, text in
        Settings.Wish(rawValue: text).map { settings.accessible = $0 } != nil
      }),
    SettingRecord(
      name: "display", values: Settings.Display.allCases.map(\.rawValue),
      summary: "whether the screen shows true figures, marked, or what would leave",
      value: { $0.display.rawValue },
      change: { settings, text in
        Settings.Display(rawValue: text).map { settings.display = $0 } != nil
      }),
    SettingRecord(
      name: "flow", values: ["on", "off"], summary: "show how many rows each step kept",
      value: { $0.flow ? "on" : "off" },
      change: { settings, text in yesNo(text).map { settings.flow = $0 } != nil }),
    SettingRecord(
      name: "format", values: Format.allCases.filter(\.isText).map(\.rawValue),
      summary: "how results are written", value: { $0.format.rawValue },
      change: { settings, text in
        guard let format = Format(named: text), format.isText else { return false }
        settings.format = format
        return true
      }),
    SettingRecord(
      name: "hint", values: ["on", "off"],
      summary: "how many rows the steps keep, told while typing",
      value: { $0.hint ? "on" : "off" },
      change: { settings, text in yesNo(text).map { settings.hint = $0 } != nil }),
    SettingRecord(
      name: "identifiers", values: ["hidden", "shown"],
      summary: "whether the screen shows columns that tell who somebody is",
      value: { $0.identifiersAreShown ? "shown" : "hidden" },
      change: { settings, text in
        guard ["hidden", "shown"].contains(text) else { return false }
        settings.identifiersAreShown = text == "shown"
        return true
      }),
    SettingRecord(
      name: "pager", values: ["auto", "off"],
      summary: "show what is longer than the screen in $PAGER, else less; q leaves it",
      value: { $0.pages ? "auto" : "off" },
      change: { settings, text in
        guard text == "auto" || text == "off" else { return false }
        settings.pages = text == "auto"
        return true
      }),
    // Taken by `setPolicy`, which knows what the dataset asks for.
    SettingRecord(
      name: "policy", values: disclosurePolicyNames,
      summary: "how small figures are protected when results leave",
      value: { $0.policy.name }, change: { _, _ in false }),
    SettingRecord(
      name: "rows", values: ["auto", "all"],
      summary: "how many rows of a result are shown",
      value: { $0.rows.shown }, change: { $0.rows.change(to: $1) }, takesNumber: true),
    SettingRecord(
      name: "theme", values: ShellTheme.allCases.map(\.rawValue),
      summary: "colours of the prompt for a light or a dark ground",
      value: { $0.theme.rawValue },
      change: { settings, text in
        ShellTheme(rawValue: text).map { settings.theme = $0 } != nil
      }),
    SettingRecord(
      name: "threads", values: ["auto"], summary: "how many threads a query may use",
      value: { $0.threads.map(String.init) ?? "auto" },
      change: { settings, text in
        if text == "auto" {
          settings.threads = nil
          return true
        }
        guard let number = Int(text), (1...256).contains(number) else { return false }
        settings.threads = number
        return true
      }, takesNumber: true),
    SettingRecord(
      name: "timing", values: ["on", "off"], summary: "show how long each query took",
      value: { $0.timing ? "on" : "off" },
      change: { settings, text in yesNo(text).map { settings.timing = $0 } != nil }),
    SettingRecord(
      name: "unknown", values: ["auto", "warn", "error"],
      summary:
        "what becomes of a value that no row holds: a warning at the prompt, an error in a script",
      value: { $0.unknown == nil ? "auto" : $0.unknown == .error ? "error" : "warn" },
      change: { settings, text in
        switch text {
        case "auto": settings.unknown = nil
        case "warn": settings.unknown = .warning
        case "error": settings.unknown = .error
        default: return false
        }
        return true
      }),
    SettingRecord(
      name: "width", values: ["auto", "all"],
      summary: "how many characters wide a table may be",
      value: { $0.width.shown }, change: { $0.width.change(to: $1) }, takesNumber: true),
  ]

  /// The setting of this name.
  static func named(_ name: String) -> SettingRecord? {
    all.first { $0.name == name.lowercased() }
  }

  private static func yesNo(_ text: String) -> Bool? {
    switch text {
    case "on", "yes": true
    case "off", "no": false
    default: nil
    }
  }
}

extension Settings.Limit {
  fileprivate mutating func change(to text: String) -> Bool {
    switch text {
    case "auto": self = .automatic
    case "all": self = .all
    default:
      guard let number = Int(text), number > 0 else { return false }
      self = .number(number)
    }
    return true
  }
}
