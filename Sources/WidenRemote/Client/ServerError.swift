internal import WidenEngine
internal import WidenLanguage

/// Why a database did not do what it was asked, in our words.
public struct ServerError: Error, Hashable, Sendable {
  /// What happened; lower case, no full stop.
  public var message: String
  /// The way out.
  public var hint: String?
  /// The five characters by which SQL tells errors apart.
  var state: String?
  /// Where in the query, counted in characters from 1.
  var position: Int?
  /// Whether somebody here asked for it.
  var isCancelled = false
  /// Whether the connection is of no more use.
  var isConnectionLost = false
  /// Whether the server has forgotten the session.
  var isSessionLost = false

  init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }

  /// What a server said: its sentence and its code.
  init(saying sentence: String, state: String, position: Int? = nil) {
    let said = ServerError.firstLine(of: sentence)
    (message, hint) = ServerError.words(for: state, said)
    self.state = state
    self.position = position
    isConnectionLost = state.hasPrefix("08") || state == "57P01" || state == "57P02"
  }

  /// What is told for each kind of error; all others as the server says them.
  private static func words(for state: String, _ said: String) -> (String, String?) {
    switch state {
    case "57014":
      said.contains("statement timeout")
        ? (
          "the server stopped the query, because it took longer than its statement_timeout",
          "ask for less, or give more time: '?options=-c%20statement_timeout%3D0' after the address"
        ) : ("the query was stopped at the server", nil)
    case "42P01":
      (
        "a table is not in the database any more: \(said)",
        "open the database again to see what it holds"
      )
    case "42703":
      (
        "a column is not in the database any more: \(said)",
        "open the database again to see what it holds"
      )
    case "42501":
      (
        "the server does not let this user see it: \(said)",
        "somebody who may has to grant select on it"
      )
    case "22003":
      ("a number became too large at the server: \(said)", "whole numbers have 64 bits there")
    case "57P01", "57P02", "57P03", "08006", "08003":
      ("the server ended the connection: \(said)", "the next query connects again")
    case "53100", "53200", "53400", "54000":
      ("the server has no room for this query: \(said)", "group by less, or ask for fewer rows")
    case "25006":
      ("the query would change the database: \(said)", nil)
    default: ("the server says: \(said)", nil)
    }
  }

  /// The first line of what libpq says, without the word in front of it.
  static func firstLine(of text: String) -> String {
    var line = String(text.split(whereSeparator: \.isNewline).first ?? "nothing")
    for word in ["ERROR:", "FATAL:", "PANIC:"] where line.hasPrefix(word) {
      line = String(line.dropFirst(word.count))
    }
    while line.first == " " { line.removeFirst() }
    return line
  }

  /// The same for whoever runs a plan; `step` is the part of the query at fault.
  func execution(step: String? = nil) -> ExecutionError {
    if isCancelled { return .cancelled }
    return .failed(step.map { "\($0): \(message)" } ?? message, hint: hint)
  }

  /// Why no connection came about, from what libpq says of it.
  static func connecting(_ said: String, to name: String) -> ServerError {
    // Several servers may have been tried: the last one's answer is behind its address.
    let line = said.split(separator: "FATAL:").last.map { firstLine(of: String($0)) } ?? said
    let lowered = said.lowercased()
    func error(_ message: String, _ hint: String?) -> ServerError {
      ServerError("\(name) cannot be opened: \(message)", hint: hint)
    }
    if lowered.contains("password authentication failed") {
      return error(
        "the user or the password is wrong",
        "passwords are kept in ~/.pgpass, a line each: host:port:database:user:password")
    }
    if lowered.contains("no password supplied") {
      return error(
        "it asks for a password",
        "~/.pgpass keeps passwords, a line each: host:port:database:user:password")
    }
    if lowered.contains("certificate") {
      return error(
        "its certificate is not what was expected: \(last(said))",
        "sslrootcert names the certificate that it is signed with")
    }
    if lowered.contains("does not exist"), lowered.contains("database") {
      return error("there is no such database on the server", "psql -l lists them")
    }
    if lowered.contains("connection refused") || lowered.contains("could not translate host")
      || lowered.contains("no such file or directory")
    {
      return error(
        "nobody answers there",
        "the address is postgresql://user@host:port/database; is the server running?")
    }
    return error(line, nil)
  }

  private static func last(_ text: String) -> String {
    firstLine(of: String(text.split(separator: ": ").last ?? ""))
  }
}
