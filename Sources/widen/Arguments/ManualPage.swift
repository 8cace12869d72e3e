internal import WidenLanguage
internal import WidenShell

/// The manual page, made from the records that the program itself works from.
struct ManualPage {
  private var lines: [String] = []

  /// The page as `man` reads it.
  static var text: String {
    var page = ManualPage()
    page.heading()
    page.commands()
    page.language()
    page.surroundings()
    page.ending()
    return page.lines.joined(separator: "\n") + "\n"
  }

  private mutating func heading() {
    lines += [
      #".\" Made by 'widen manual' from the program's own records."#,
      ".TH WIDEN 1 \"\" \"widen \(Version.number)\" \"User commands\"",
    ]
    section("NAME")
    lines.append(#"widen \- ask questions of workforce data"#)
    section("SYNOPSIS")
    for command in CommandSummary.all {
      let words = ["widen", command.name].filter { !$0.isEmpty }.joined(separator: " ")
      let options = command.options.isEmpty ? "" : #" [\fIoption\fR ...]"#
      let operand = command.operand.name.isEmpty ? "" : " [\\fI\(roff(command.operand.name))\\fR]"
      lines += ["\\fB\(words)\\fR\(options)\(operand)", ".br"]
    }
    section("DESCRIPTION")
    paragraph(
      "widen is a shell in which workforce analysts query data. A query starts with a table and is a"
        + " row of steps, each after a bar; without a DATASET it is about a bundled sample whose"
        + " people are invented. A DATASET is a folder, a datapackage.json or data files: CSV,"
        + " Excel workbooks, SQLite databases.")
    example(#"from staff | where band in "2".."4" | count by ethnicity | share"#)
    paragraph(
      "Without a terminal on standard input, the script that comes through it is run. Results go to"
        + " standard output, everything else to standard error.")
  }

  private mutating func commands() {
    section("COMMANDS AND OPTIONS")
    for command in CommandSummary.all {
      let words = ["widen", command.name, command.operand.name].filter { !$0.isEmpty }
      item(words.joined(separator: " "), command.summary)
      if command.options.isEmpty { continue }
      lines.append(".RS")
      for option in command.options {
        let names = option.names.joined(separator: ", ")
        let operand = option.operand.name
        item(operand.isEmpty ? names : "\(names) \(operand)", summary(option))
      }
      lines.append(".RE")
    }
  }

  private func summary(_ option: CommandSummary.Option) -> String {
    if case .choice(_, let words) = option.operand {
      return "\(option.summary): \(list(words, "or"))"
    }
    return option.summary
  }

  private mutating func language() {
    section("STATEMENTS")
    for record in statementRecords where record.isAvailable {
      let signature = record.word == "from" ? record.signature : "\(record.signature)"
      item("\(record.word) \(signature)", record.summary)
    }
    section("STEPS")
    for record in stepRecords where record.isAvailable {
      item("\(record.word) \(record.signature)", record.summary)
      lines.append(".RS")
      example(record.example)
      lines.append(".RE")
    }
    section("AGGREGATES")
    for record in aggregateRecords { item("\(record.word) \(record.signature)", record.summary) }
    section("FUNCTIONS")
    for function in Function.allCases {
      item(function.record.signature, function.record.summary)
    }
    section("SETTINGS")
    for setting in Vocabulary.settings {
      item("set \(setting.name) \(setting.choices)", setting.summary)
    }
    section("SCRIPTS OF THE LIBRARY")
    for script in Vocabulary.libraryScripts { item("widen run \(script.name)", script.summary) }
  }

  private mutating func surroundings() {
    section("ENVIRONMENT")
    for (name, meaning) in [
      ("PAGER", "shows what is longer than the screen; less where it is not set"),
      ("NO_COLOR", "takes the colours away"),
      ("ACCESSIBLE", "writes sentences instead of tables and charts"),
      ("TERM=dumb", "no escape sequence is written"),
      ("WIDEN_NO_CACHE", "keeps no copy of large files"),
      ("XDG_CONFIG_HOME, XDG_STATE_HOME, XDG_CACHE_HOME", "where the files below are kept"),
    ] { item(name, meaning) }
    section("FILES")
    for (name, meaning) in [
      (
        "~/.config/widen/config.widen",
        "run at the start of every shell at a terminal; scripts, -c and widen pipe never read it"
      ),
      ("~/.local/state/widen/history-*", "what was typed, a file for each dataset"),
      (
        "~/.local/state/widen/released-*, audit.log, fingerprint.key",
        "what was released, the log of it, and the key of a manifest's fingerprints"
      ),
      ("~/.cache/widen", "the columns of large files, so that they open at once"),
      ("~/.inputrc", "the keys, also for widen alone between $if widen and $endif"),
    ] { item(name, meaning) }
    section("EXIT STATUS")
    for (name, meaning) in [
      ("0", "all went well"), ("1", "an error in a query or in the data"),
      ("2", "the program was called wrongly"), ("3", "disclosure control withheld a result"),
      ("130", "it was stopped"),
    ] { item(name, meaning) }
  }

  private mutating func ending() {
    section("SEE ALSO")
    paragraph("help, help tour and help topics, inside the program.")
    section("COPYRIGHT")
    paragraph(
      "widen is free software under the GNU General Public License, version 3 or later. The sample"
        + " contains public sector information licensed under the Open Government Licence v3.0.")
  }

  // MARK: Roff

  private mutating func section(_ title: String) { lines.append(".SH \"\(title)\"") }

  private mutating func paragraph(_ text: String) { lines += [".PP", roff(text)] }

  private mutating func item(_ head: String, _ text: String) {
    let head = head.hasSuffix(" ") ? String(head.dropLast()) : head
    lines += [".TP", ".B \"\(roff(head, isQuoted: true))\"", roff(text) + "."]
  }

  private mutating func example(_ query: String) {
    lines += [".PP", ".nf", ".RS 4", roff(query), ".RE", ".fi"]
  }

  /// A text in which nothing is taken for a command.
  private func roff(_ text: String, isQuoted: Bool = false) -> String {
    var result = text.hasPrefix(".") || text.hasPrefix("'") ? #"\&"# : ""
    for character in text {
      switch character {
      case "\\": result += #"\e"#
      case "-": result += #"\-"#
      case "\"" where isQuoted: result += #"\(dq"#
      case "'": result += #"\(aq"#
      case "`": result += #"\(ga"#
      case "^": result += #"\(ha"#
      case "~": result += #"\(ti"#
      default: result.append(character)
      }
    }
    return result
  }
}
