/// The steps, in the order of the language's description.
public let stepRecords: [StepRecord] = shapingSteps + countingSteps + statisticalSteps + lastSteps

/// Steps that choose rows and columns.
private let shapingSteps: [StepRecord] = [
  StepRecord(
    .where, "<condition:condition>", "keep the rows for which a condition holds",
    #"from staff | where band in "2".."4" and fte < 1 | count by staff_group"#),
  StepRecord(
    .derive, "<columns:named>", "add columns computed from each row",
    #"from staff | derive salary * fte as cost | summarise sum cost by band"#),
  StepRecord(
    .select, "<columns:paths>", "keep these columns, in this order",
    "from initiatives | select name, kind, funding"),
  StepRecord(
    .drop, "<columns:paths>", "leave these columns out",
    "from initiatives | drop provider"),
  StepRecord(
    .rename, "<columns:renamings>", "give columns other names",
    "from organisations | rename headcount as published_headcount"),
  StepRecord(
    .recode, "<column:path> <rules:rules> as <name:new>",
    "group the values of a column into a new one",
    #"from staff | recode age (..24 => "under 25", 25..54 => "25 to 54", else => "55 and over")"#
      + " as age_group | count by age_group"),
]

/// Steps that turn rows into a table of figures.
private let countingSteps: [StepRecord] = [
  StepRecord(
    .count, "[distinct <distinct:path>] [as <name:new>] [by <keys:keys>]",
    "count the rows, or the different values of a column, of each group",
    "from staff | count distinct person_id as people by staff_group"),
  StepRecord(
    .summarise, "<aggregates:aggregates> [by <keys:keys>]",
    "compute sums, means, rates and other aggregates of each group",
    #"from staff | summarise count as posts, sum fte as fte, median salary by band"#),
  StepRecord(
    .share,
    "[of <value:column>] [within <within:paths>] [excluding <excluding:literals>]"
      + " [with <interval:interval>] [as <name:new>]",
    "add each row's share of the total, or of its group",
    #"from staff | count by organisation, ethnicity | share within organisation excluding "Z""#),
  StepRecord(
    .crosstab,
    "<rows:key> by <columns:key> [of <aggregate:aggregate>] [percent of <percent:row|column|total>]"
      + " [without totals]",
    "lay a table out with one column's values down and another's across",
    "from staff | crosstab staff_group by sex percent of row"),
]

/// Steps that compare, follow over time and test.
private let statisticalSteps: [StepRecord] = [
  StepRecord(
    .compare,
    "to <benchmark:benchmark> on <on:paths> [using <using:path>] [within <within:paths>]"
      + " [matching <matching:matches>] [through <through:table> weighted by <weight:path>]"
      + " [with <interval:interval>]",
    "set shares beside those of a benchmark, such as the population",
    "from staff | count by ethnic_group | share | compare to population on ethnic_group"
      + " using people"),
  StepRecord(
    .snapshot,
    "( at <at:expression> | each <each:month|quarter|year|fy|ay> in <in:member> )",
    "keep the rows in force at a date, or at the end of each period",
    "from staff | snapshot each fy in FY2012/13..FY2014/15 | count by snapshot"),
  StepRecord(
    .change,
    "of <value:column> over <over:path> [from <baseline:literal>] [within <within:paths>]"
      + " [with test]",
    "add the value before, the difference and the ratio",
    "from participation | count as starts by fy(started) as year | change of starts over year"),
  StepRecord(
    .likelihood,
    "of <event:condition> for <column:path> <group:literal> against <reference:literal>"
      + " [using <counting:path>] [by <keys:keys> [with total]]",
    "compare how likely an event is for one group with how likely it is for another",
    #"from applications | where shortlisted"#
      + #" | likelihood of appointed for sex "Female" against "Male" by organisation with total"#),
  StepRecord(
    .standardise,
    "<event:condition> [among <base:condition>] [using <counting:path>] over <over:path>"
      + " using <standard:path> [by <keys:keys>]",
    "give rates as they would be with the same ages everywhere",
    "from staff | snapshot at 2015-03-31 | standardise any participation over age_band"
      + " using standard_population.people by ethnic_group"),
  StepRecord(
    .inequality, "of <aggregate:aggregate> across <across:path> [by <keys:keys>]",
    "measure how a figure changes from the most to the least deprived",
    "from staff | snapshot at 2015-03-31 | inequality of rate any participation across"
      + " imd_quintile"),
  StepRecord(
    .funnel,
    "<event:condition> [among <base:condition>] [using <counting:path>] by <keys:keys>"
      + " [with overdispersion]",
    "find the groups whose rates lie outside the limits of chance",
    #"from participation | funnel outcome = "completed" by organisation"#),
  StepRecord(
    .control, "<aggregate:aggregate> over <over:key> [baseline until <until:expression>]",
    "follow a figure over time and mark what is more than chance",
    "from staff | where left is recorded | control count over month(left) as month"),
  StepRecord(
    .parity,
    "of <event:condition> among <base:condition> over <year:literal> until <until:literal>",
    "project when a share equals that of the whole workforce, at a year's joiners and leavers",
    "from staff | where ethnicity is recorded | parity of bme among band >= \"8a\" over FY2014/15"
      + " until 2028"),
]

/// Steps that arrange, join and send away the result.
private let lastSteps: [StepRecord] = [
  StepRecord(
    .top, "<rows:count> by <by:path> [within <within:paths>]",
    "keep the rows with the largest values",
    "from staff | count by role | top 5 by n"),
  StepRecord(
    .bottom, "<rows:count> by <by:path> [within <within:paths>]",
    "keep the rows with the smallest values",
    "from staff | count by organisation, role | bottom 3 by n within organisation"),
  StepRecord(
    .join, "<table:table> on <on:paths> [<unmatched:keep|drop> unmatched]",
    "add the columns of another table where the named columns agree",
    "from staff | count by organisation | join organisations on organisation drop unmatched"),
  StepRecord(
    .sort, "<order:orders>", "put the rows in order",
    "from initiatives | sort funding desc, name"),
  StepRecord(
    .take, "<rows:count>", "keep the first rows",
    "from initiatives | sort started | take 5"),
  StepRecord(
    .distinct, "[<columns:paths>]", "keep one row of each combination of values",
    "from staff | distinct organisation, borough"),
  StepRecord(
    .describe, "", "tell each column's type, missing values and spread",
    "from staff | describe"),
  StepRecord(
    .chart, "[<kind:bar|line|dot|funnel|control|heat>]", "draw the result in the terminal",
    "from staff | count by band | chart bar"),
  StepRecord(
    .protect, "[<policy:policy>] [because <reason:text>]",
    "withhold small figures, so that nobody can be recognised",
    "from staff | count by organisation, ethnicity | protect"),
  StepRecord(
    .keep, "as <name:new>", "keep the result under a name, as a table",
    "from staff | count by band | keep as bands"),
  StepRecord(
    .export, "to <file:file> [for excel] [overwrite]", "write the result to a file",
    #"from staff | count by band | export to "bands.csv" overwrite"#),
]
