internal import WidenLanguage
internal import WidenPublish

/// What `set` changes.
struct Settings {
  /// The disclosure policies that can be named.
  enum Policy: String, CaseIterable {
    case none, safe, suppress, hes, midpoint6

    /// Whether this version knows how to follow it.
    var isAvailable: Bool { self == .none }
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
  var policy = Policy.none
  var threads: Int?
  var timing = false
  var hint = true
  var theme = ShellTheme.auto
  var flow = true

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

  static let all: [SettingRecord] = [
    SettingRecord(
      name: "flow", values: ["on", "off"], summary: "show how many rows each step kept",
      value: { $0.flow ? "on" : "off" },
      change: { settings, text in yesNo(text).map { settings.flow = $0 } != nil }),
    SettingRecord(
      name: "format", values: Format.allCases.map(\.rawValue),
      summary: "how results are written", value: { $0.format.rawValue },
      change: { settings, text in Format(named: text).map { settings.format = $0 } != nil }),
    SettingRecord(
      name: "hint", values: ["on", "off"],
      summary: "how many rows the steps keep, told while typing",
      value: { $0.hint ? "on" : "off" },
      change: { settings, text in yesNo(text).map { settings.hint = $0 } != nil }),
    SettingRecord(
      name: "policy", values: Settings.Policy.allCases.map(\.rawValue),
      summary: "the disclosure policy; only 'none' works in this version",
      value: { $0.policy.rawValue },
      change: { settings, text in
        guard let policy = Settings.Policy(rawValue: text), policy.isAvailable else { return false }
        settings.policy = policy
        return true
      }),
    SettingRecord(
      name: "rows", values: ["auto", "all"],
      summary: "how many rows of a result are shown: auto, all or a number",
      value: { $0.rows.shown }, change: { $0.rows.change(to: $1) }),
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
      }),
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
      summary: "how wide a table may be: auto, all or a number of characters",
      value: { $0.width.shown }, change: { $0.width.change(to: $1) }),
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
