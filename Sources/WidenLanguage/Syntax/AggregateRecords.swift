/// The aggregates, in the order of the language's description.
public let aggregateRecords: [AggregateRecord] = [
  AggregateRecord(
    .count, "[distinct <expression>] [where <condition>]", "how many rows there are",
    #"from staff | summarise count as posts, count where fte < 1 as part_time by band"#),
  AggregateRecord(
    .distinct, "<expression> [where <condition>]", "how many different values there are",
    "from staff | summarise distinct person_id as people by organisation"),
  AggregateRecord(
    .sum, "<expression> [where <condition>]", "the sum",
    "from staff | summarise sum fte by staff_group"),
  AggregateRecord(
    .mean, "<expression> [where <condition>]", "the arithmetic mean of the recorded values",
    "from staff | summarise mean salary by band"),
  AggregateRecord(
    .median, "<expression> [where <condition>]", "the middle value",
    "from staff | summarise median age by staff_group"),
  AggregateRecord(
    .min, "<expression> [where <condition>]", "the smallest value",
    "from staff | summarise min joined by organisation"),
  AggregateRecord(
    .max, "<expression> [where <condition>]", "the largest value",
    "from staff | summarise max salary by band"),
  AggregateRecord(
    .sd, "<expression> [where <condition>]", "the standard deviation of the sample",
    "from staff | summarise sd salary by band"),
  AggregateRecord(
    .missing, "<expression> [where <condition>]", "how many values are missing",
    "from staff | summarise missing ethnicity by organisation"),
  AggregateRecord(
    .recorded, "<expression> [where <condition>]", "how many values are recorded",
    "from staff | summarise recorded disability by organisation"),
  AggregateRecord(
    .percentile, "<number> of <expression> [where <condition>]",
    "the value below which this percentage of the values lies",
    "from staff | summarise percentile 90 of salary by staff_group"),
  AggregateRecord(
    .rate, "<condition> [among <condition>] [with interval [<level>]]",
    "the share of the rows for which a condition holds, and its interval",
    #"from staff | summarise rate sex = "Female" among sex is recorded with interval by band"#),
  AggregateRecord(
    .correlation, "<expression> with <expression>", "the correlation of two columns",
    "from staff | summarise corr age with salary by staff_group"),
]
