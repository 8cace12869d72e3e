internal import WidenLanguage

/// What the shell knows by name, for completion scripts and the manual page.
public enum Vocabulary {
  /// The scripts that come with the program, each with what it answers.
  public static var libraryScripts: [(name: String, summary: String)] {
    LibraryScript.all.map { ($0.name, $0.summary ?? "") }
  }

  /// Every word that `help` has a page for, in order.
  public static var helpTopics: [String] { Array(Set(topics)).sorted() }

  /// The pages of help that are about more than one word.
  public static var pages: [(name: String, summary: String)] {
    HelpTopic.all.map { ($0.name, $0.summary) }
  }

  /// The settings, with what may stand behind them.
  public static var settings: [(name: String, choices: String, summary: String)] {
    SettingRecord.all.map { ($0.name, $0.choices, $0.summary) }
  }
}
