extension HelpTopic {
  static let keys = HelpTopic(
    name: "keys", otherNames: ["by", "groups", "group", "grouping", "subtotal", "subtotals"],
    summary: "what stands after 'by': one row for each group",
    parts: [
      .rows([
        ("by band", "a column"),
        ("by organisation, sex", "several: a row for each combination that occurs"),
        ("by fy(left) as year", "anything computed, with a name after as"),
        ("by initiative.kind", "a column of the table that a column points to"),
        ("by age >= 55 as older", "a condition: yes, no, or (missing)"),
      ]),
      .text("recode puts values into groups of your own. Ctrl keys and Tab: help editing."),
      .example("from staff | count by organisation, sex"),
      .example("from participation | count by initiative.kind, fy(started) as year"),
      .example(
        "from staff | recode age (..24 => \"young\", else => \"other\") as life\n"
          + "  count by life"),
    ])

  static let percentages = HelpTopic(
    name: "percentages",
    otherNames: ["percentage", "percents", "proportions", "denominators", "ratio", "ratios"],
    summary: "shares of a whole, of a group, and rates",
    parts: [
      .rows([
        ("count by A | share", "of all"),
        ("count by A, B | share within A", "of each A"),
        ("share excluding \"Z\"", "leaving a value out of both parts of the fraction"),
        ("crosstab A by B percent of row", "laid out as a table; also column, total"),
        ("summarise rate C among D by A", "of the rows for which D holds, those with C"),
        ("share > 50%", "a condition on it, in a later where"),
      ]),
      .example("from staff | count by staff_group, sex | share within staff_group"),
      .example("from staff | crosstab cluster by ethnic_group percent of row"),
      .example("from staff | summarise rate bme among ethnicity is recorded as bme by cluster"),
    ])

  static let interval = HelpTopic(
    name: "interval",
    otherNames: ["intervals", "confidence", "uncertainty", "significance", "significant", "ci"],
    summary: "how far chance alone may move a figure",
    parts: [
      .text(
        """
        'with interval' adds the ends of a 95 % interval to shares, rates, counts and means;
        'with interval 99%' takes another level. Wilson's method is used for shares and rates.
        """),
      .example("from staff | count by sex | share with interval"),
      .example("from staff | summarise rate sex = \"Female\" with interval by band | chart dot"),
      .example(
        "from staff | count by ethnic_group | share"
          + " | compare to population on ethnic_group\n  using people with interval"),
      .text("likelihood, funnel, control, inequality and standardise bring their own."),
    ])

  static let joins = HelpTopic(
    name: "joins", otherNames: ["relationships", "lookup", "vlookup", "merge", "link"],
    summary: "columns of other tables, mostly without a join",
    parts: [
      .text(
        """
        Where the dataset says which column points to another table, a dot follows it, and 'any'
        and 'count' look back. For all else there is join, which says how many rows matched.
        """),
      .example("from participation | count by initiative.kind, staff.sex"),
      .example(
        "from staff | where any participation where outcome = \"completed\" | count by band"),
      .example(
        "from staff | count by organisation | join organisations on organisation"
          + " drop unmatched"),
    ])

  static let names = HelpTopic(
    name: "names",
    otherNames: ["variables", "definitions", "measures", "memory", "last", "previous", "variable"],
    summary: "what a session remembers",
    parts: [
      .rows([
        ("last, previous", "the latest result and the one before, to be queried as tables"),
        ("keep as NAME", "a step: keeps a result as a table"),
        ("let NAME = …", "names a query's result, or a value"),
        ("define NAME as …", "names a column, a condition or a measure"),
        ("param NAME as TYPE", "what a script is given; its value is $NAME"),
        ("show definitions", "the named groups that there are"),
        ("back", "takes the last step away; after why or compare, the result again"),
      ]),
      .example("from staff | count by band | keep as bands"),
      .example("from bands | where n >= 1000 | sort n desc"),
      .example("define staff.older as age >= 55; from staff | count by older"),
    ])

  static let sql = HelpTopic(
    name: "sql", otherNames: ["excel", "r", "dplyr", "stata", "translation", "python", "pandas"],
    summary: "what other languages call things",
    parts: [
      .rows([
        ("SELECT … FROM staff", "from staff | select …"),
        ("WHERE, HAVING", "where, before or after the counting"),
        ("GROUP BY band", "count by band, or summarise … by band"),
        ("AVG, STDDEV", "mean, sd"),
        ("ORDER BY n DESC LIMIT 5", "sort n desc | take 5, or top 5 by n"),
        ("DISTINCT, COUNT(DISTINCT x)", "distinct, count distinct x"),
        ("LIKE '%nurse%'", "contains \"nurse\""),
        ("BETWEEN 2 AND 4", "in 2..4"),
        ("IS NULL", "is missing"),
        ("CASE WHEN … THEN … END", "if … then … else …"),
        ("pivot table", "crosstab A by B"),
        ("mutate, a new column", "derive salary / fte as whole_time_salary"),
      ]),
      .text("A SELECT that is typed at the prompt is answered with its like in widen."),
      .example("from staff | where band in \"2\"..\"4\" | count by organisation | top 5 by n"),
    ])
}
