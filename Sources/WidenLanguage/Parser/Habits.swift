/// Our word for one of SQL, R, Stata or Excel: `where` for `filter`; nil for one that is not known.
public func ownWord(for word: String) -> String? {
  let lower = word.lowercased()
  return Habits.steps[lower] ?? Habits.aggregates[lower] ?? Habits.statements[lower]
    ?? Habits.operators[lower] ?? Habits.values[lower]
    ?? (Habits.blanks.contains(lower) ? "missing" : spellings[lower])
}

/// What people bring from SQL, R, Stata and Excel, and our word for it.
enum Habits {
  static let steps = [
    "filter": "where", "having": "where", "group": "count by", "groupby": "count by",
    "order": "sort", "arrange": "sort", "limit": "take", "head": "take", "mutate": "derive",
    "pivot": "crosstab", "tab": "crosstab", "tabulate": "crosstab", "aggregate": "summarise",
    "percent": "share", "unique": "distinct", "plot": "chart", "save": "export to",
    "graph": "chart", "draw": "chart", "bar": "chart bar", "pie": "chart bar", "line": "chart line",
    "histogram": "chart bar", "heatmap": "chart heat", "mean": "summarise mean",
    "average": "summarise mean", "avg": "summarise mean", "median": "summarise median",
    "sum": "summarise sum", "total": "summarise sum", "rate": "summarise rate",
    "merge": "join", "lookup": "join", "vlookup": "join", "summary": "describe",
    "percentage": "share", "proportion": "share", "pct": "share", "xtab": "crosstab",
    "crosstabulate": "crosstab", "pivottable": "crosstab", "transpose": "crosstab",
    "dedupe": "distinct", "duplicates": "distinct", "slice": "take", "first": "take",
    "tail": "bottom", "rank": "sort", "remove": "drop", "delete": "drop", "hide": "drop",
    "case": "recode", "bin": "recode", "bins": "recode", "bucket": "recode", "cut": "recode",
    "group_by": "count by", "countif": "count", "countifs": "count", "sumif": "summarise sum",
    "averageif": "summarise mean", "quartile": "summarise percentile",
    "decile": "summarise percentile", "xlookup": "join", "benchmark": "compare to",
    "spc": "control", "difference": "change", "growth": "change", "subtract": "derive",
  ]
  static let aggregates = [
    "avg": "mean", "average": "mean", "stdev": "sd", "std": "sd", "n": "count",
    "unique": "distinct", "total": "sum", "proportion": "rate", "percent": "rate", "share": "rate",
  ]
  static let statements = [
    "open": "load", "read": "load", "import": "load", "use": "load", "bye": "quit",
    "undo": "back", "tables": "show tables", "ls": "show tables", "dir": "show tables",
    "columns": "show columns", "settings": "show settings", "history": "show history",
    "examples": "show examples",
    "definitions": "show definitions",
  ]
  static let operators = [
    "like": "contains", "matches": "contains", "between": "in", "equals": "=", "has": "contains",
    "after": ">", "before": "<", "since": ">=", "above": ">", "below": "<", "under": "<",
  ]
  /// Signs that are read as ours once they are reported.
  static let signs = ["==": "=", "<>": "!=", "=<": "<=", "=>": ">=", "&&": "and"]
  static let values = ["null": "missing", "true": "yes", "false": "no"]
  /// What other languages call a missing value after `is`.
  static let blanks: Set<String> = ["null", "na", "blank", "empty", "none", "nan"]
}
