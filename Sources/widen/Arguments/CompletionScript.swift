internal import WidenShell

/// Completion of the command line for the shells that people use.
enum CompletionScript {
  static let shells = ["bash", "zsh", "fish"]

  /// The script for a shell; nil for one that is not known.
  static func text(for shell: String) -> String? {
    switch shell {
    case "bash": bash
    case "zsh": zsh
    case "fish": fish
    default: nil
    }
  }

  private static let commands = CommandSummary.all.filter { !$0.name.isEmpty }
  private static let main = CommandSummary.all.first { $0.name.isEmpty }
  private static let scripts = Vocabulary.libraryScripts.map(\.name).joined(separator: " ")
  private static let topics = Vocabulary.helpTopics.joined(separator: " ")

  private static func names(_ command: CommandSummary?) -> String {
    (command?.options ?? []).flatMap(\.names).joined(separator: " ")
  }
}

// MARK: bash

extension CompletionScript {
  private static var bash: String {
    let words = commands.map(\.name)
    var operands: [String] = []
    for option in unique(CommandSummary.all.flatMap(\.options)) where option.operand != .none {
      operands.append(
        "    \(option.names.joined(separator: "|"))) \(bash(option.operand)); return ;;")
    }
    var lines: [String] = []
    for command in commands {
      lines.append(
        "    \(command.name)) options='\(names(command))'; \(bash(command.operand)) ;;")
    }
    return """
      # bash completion for widen: source it, or put it where bash-completion looks.
      _widen_reply() { mapfile -t COMPREPLY < <("$@"); }
      _widen_scripts() {
        compgen -W '\(scripts)' -- "$1"
        compgen -f -X '!*.widen' -- "$1"
        compgen -d -- "$1"
      }
      _widen() {
        local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
        local command= options= word
        for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
          case $word in
          \(words.joined(separator: "|"))) command=$word; break ;;
          esac
        done
        COMPREPLY=()
        case $previous in
      \(operands.joined(separator: "\n"))
        esac
        case $command in
      \(lines.joined(separator: "\n"))
        *)
          options='\(names(main))'
          _widen_reply compgen -f -- "$current"
          if [ "$COMP_CWORD" -eq 1 ]; then
            mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(
              compgen -W '\(words.joined(separator: " "))' -- "$current")
          fi
          ;;
        esac
        if [[ $current == -* ]]; then _widen_reply compgen -W "$options" -- "$current"; fi
      }
      complete -o filenames -F _widen widen

      """
  }

  private static func bash(_ operand: CommandSummary.Operand) -> String {
    switch operand {
    case .none, .text: "COMPREPLY=()"
    case .choice(_, let words):
      "_widen_reply compgen -W '\(words.joined(separator: " "))' -- \"$current\""
    case .file: "_widen_reply compgen -f -- \"$current\""
    case .folder: "_widen_reply compgen -d -- \"$current\""
    case .script: "_widen_reply _widen_scripts \"$current\""
    case .topic: "_widen_reply compgen -W '\(topics)' -- \"$current\""
    }
  }

  private static func unique(_ options: [CommandSummary.Option]) -> [CommandSummary.Option] {
    var seen: Set<[String]> = []
    return options.filter { seen.insert($0.names).inserted }
  }
}

// MARK: zsh

extension CompletionScript {
  private static var zsh: String {
    let described = commands.map { "    '\($0.name):\($0.summary)'" }.joined(separator: "\n")
    let cases = commands.map { command in
      "      \(command.name)) _arguments \(zsh(command.options)) \(zshOperand(command)) ;;"
    }
    return """
      #compdef widen
      _widen_scripts() {
        _alternative 'scripts:script of the library:(\(scripts))' 'files:script:_files -g "*.widen"'
      }
      _widen() {
        local context state state_descr line
        typeset -A opt_args
        local -a commands
        commands=(
      \(described)
        )
        _arguments -C \(zsh(main?.options ?? [])) '1: :->first' '*:: :->rest'
        case $state in
        first)
          _describe command commands
          _files
          ;;
        rest)
          case $line[1] in
      \(cases.joined(separator: "\n"))
          *) _files ;;
          esac
          ;;
        esac
      }
      if [ "$funcstack[1]" = _widen ]; then _widen "$@"; else compdef _widen widen; fi

      """
  }

  private static func zsh(_ options: [CommandSummary.Option]) -> String {
    options.flatMap { option in
      option.names.map { "'\($0)[\(quoted(option.summary))]\(zsh(option.operand))'" }
    }.joined(separator: " ")
  }

  private static func zshOperand(_ command: CommandSummary) -> String {
    command.operand == .none ? "" : "'*\(zsh(command.operand))'"
  }

  private static func zsh(_ operand: CommandSummary.Operand) -> String {
    switch operand {
    case .none: ""
    case .text(let name): ":\(quoted(name)): "
    case .choice(let name, let words): ":\(name):(\(words.joined(separator: " ")))"
    case .file(let name): ":\(name):_files"
    case .folder(let name): ":\(name):_files -/"
    case .script(let name): ":\(name):_widen_scripts"
    case .topic(let name): ":\(name):(\(topics))"
    }
  }

  private static func quoted(_ text: String) -> String {
    text.map { $0 == "'" ? "'\\''" : String($0) }.joined()
  }
}

// MARK: fish

extension CompletionScript {
  private static var fish: String {
    var lines = ["# fish completion for widen", "complete -c widen -e"]
    for command in commands {
      lines.append(
        "complete -c widen -n __fish_use_subcommand -a \(command.name)"
          + " -d '\(escaped(command.summary))'")
    }
    for command in CommandSummary.all {
      let condition =
        command.name.isEmpty
        ? "__fish_use_subcommand" : "'__fish_seen_subcommand_from \(command.name)'"
      for option in command.options {
        let flags = option.names.map { name in
          name.hasPrefix("--") ? "-l \(name.dropFirst(2))" : "-s \(name.dropFirst())"
        }.joined(separator: " ")
        lines.append(
          "complete -c widen -n \(condition) \(flags) -d '\(escaped(option.summary))'"
            + fish(option.operand))
      }
      switch command.operand {
      case .choice, .topic, .script, .folder:
        lines.append("complete -c widen -n \(condition)" + fish(command.operand))
      case .none, .text, .file: break
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func fish(_ operand: CommandSummary.Operand) -> String {
    switch operand {
    case .none: ""
    case .text: " -x"
    case .choice(_, let words): " -x -a '\(words.joined(separator: " "))'"
    case .file: " -r"
    case .folder: " -x -a '(__fish_complete_directories)'"
    case .script: " -a '\(scripts)'"
    case .topic: " -x -a '\(topics)'"
    }
  }

  private static func escaped(_ text: String) -> String {
    text.map { $0 == "'" ? "\\'" : String($0) }.joined()
  }
}
