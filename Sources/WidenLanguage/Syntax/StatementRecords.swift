/// The statements, in the order of the language's description.
public let statementRecords: [StatementRecord] = preparingStatements + lookingStatements

/// Queries, and the statements that name things for later ones.
private let preparingStatements: [StatementRecord] = [
  StatementRecord(
    .query, "", shown: "TABLE | STEP | STEP …", "query a table, step by step",
    "from staff | count by band | share"),
  StatementRecord(
    .let, "<name:new> = <value:let>", "name a query's result, or a value",
    "let nurses = from staff | where band >= \"5\" | count by organisation"),
  StatementRecord(
    .param,
    "<name:new> as <type:text|number|date|month|period|yesno> [list] [from <from:path>]"
      + " [default <default:members>]",
    "declare what a script is given when it is run",
    "param at as date default 2015-03-31"),
  StatementRecord(
    .define, "",
    shown: "[TABLE.]NAME[(NAME, …)] as EXPRESSION | measure NAME as AGGREGATE",
    "define a column, a condition or a measure that can be used like any other",
    "define staff.part_time as fte < 1"),
  StatementRecord(
    .load,
    "<file:file> [sheet <sheet:text>] [skip <skip:count> rows] [as <name:new>]"
      + " [personal by <person:path>] [with <options:options>]",
    "read a file as a table",
    #"load "leavers.xlsx" sheet "Table 1" skip 4 rows as leavers"#),
  StatementRecord(
    .run, "<file:file> [with <values:options>]", "run a saved script",
    #"run "headcount" with org = "RKE""#),
  StatementRecord(
    .export, "<name:table> to <file:file> [for excel] [overwrite]", "write a table to a file",
    #"export last to "bands.csv""#),
  StatementRecord(
    .compare, "<name:table> to <other:table>", "show what differs between two tables",
    "compare last to previous"),
  StatementRecord(
    .set, "<name:setting> <value:value> [because <reason:text>]", "change a setting",
    "set rows 20"),
]

/// Statements that show something, and those that steer the shell.
private let lookingStatements: [StatementRecord] = [
  StatementRecord(
    .show,
    "( values of <values:path> | load <load:table>"
      + " | <topic:tables|definitions|measures|parameters|settings|policy|history|examples|library>"
      + " | columns [of <columns:table>] )",
    "list tables, columns, values, settings and more", "show values of staff.band"),
  StatementRecord(
    .explain, "<query:query>", "tell in English what a query does",
    "explain from staff | where fte < 1 | count by band"),
  StatementRecord(
    .why, "<row:whole> , <column:text>", "tell where a figure comes from", #"why 1, "n""#),
  StatementRecord(
    .report, "<title:text>", "start a report with this title", #"report "Workforce equality""#,
    .toCome),
  StatementRecord(
    .save, "<file:file>", "keep the last query as a script", #"save "bands.widen""#),
  StatementRecord(
    .help, "[<topic:words>]", "tell how something works", "help share"),
  StatementRecord(.back, "", "take back the last step", "back"),
  StatementRecord(.quit, "", "leave widen", "quit"),
]
