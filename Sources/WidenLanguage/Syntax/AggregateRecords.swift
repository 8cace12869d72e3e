/// The aggregates, in the order of the language's description.
public let aggregateRecords: [AggregateRecord] = [
  AggregateRecord(
    .count, "[distinct VALUE] [where CONDITION] [with interval [LEVEL]]",
    "how many rows there are",
    #"from staff | summarise count as posts, count where fte < 1 as part_time by band"#),
  AggregateRecord(
    .distinct, "VALUE [where CONDITION]", "how many different values there are",
    "from staff | summarise distinct person_id as people by organisation"),
  AggregateRecord(
    .sum, "VALUE [where CONDITION]", "the sum",
    "from staff | summarise sum fte by staff_group"),
  AggregateRecord(
    .mean, "VALUE [where CONDITION] [with interval [LEVEL]]",
    "the arithmetic mean of the recorded values",
    "from staff | summarise mean salary by band"),
  AggregateRecord(
    .median, "VALUE [where CONDITION]", "the middle value",
    "from staff | summarise median age by staff_group"),
  AggregateRecord(
    .min, "VALUE [where CONDITION]", "the smallest value",
    "from staff | summarise min joined by organisation"),
  AggregateRecord(
    .max, "VALUE [where CONDITION]", "the largest value",
    "from staff | summarise max salary by band"),
  AggregateRecord(
    .sd, "VALUE [where CONDITION]", "the standard deviation of the sample",
    "from staff | summarise sd salary by band"),
  AggregateRecord(
    .missing, "VALUE [where CONDITION]", "how many values are missing",
    "from staff | summarise missing ethnicity by organisation"),
  AggregateRecord(
    .recorded, "VALUE [where CONDITION]", "how many values are recorded",
    "from staff | summarise recorded disability by organisation"),
  AggregateRecord(
    .percentile, "NUMBER of VALUE [where CONDITION]",
    "the value below which this percentage of the values lies",
    "from staff | summarise percentile 90 of salary by staff_group"),
  AggregateRecord(
    .rate, "CONDITION [among CONDITION] [using COLUMN] [where CONDITION] [with interval [LEVEL]]",
    "the share of the rows for which a condition holds, and its interval",
    #"from staff | summarise rate sex = "Female" among sex is recorded with interval by band"#),
  AggregateRecord(
    .correlation, "VALUE with VALUE", "the correlation of two columns",
    "from staff | summarise corr age with salary by staff_group"),
]
