extension HelpTopic {
  static let looking = HelpTopic(
    name: "looking", otherNames: ["look", "tables", "columns"],
    summary: "what there is to ask about",
    parts: [
      .rows([
        ("show tables", "the tables, their rows, and whether they are about people"),
        ("show columns of staff", "the columns of a table, and what each holds"),
        ("show values of staff.band", "the values of a column, with their counts"),
        ("from staff | describe", "types, missing values and spread, column by column"),
        ("from staff | take 5", "the first rows"),
      ]),
      .text(
        """
        A name of several words stands in backticks: `Staff Group`. Tab completes names and
        values, and shows how many rows hold each value.
        """),
      .example("from initiatives | describe"),
    ])

  static let operators = HelpTopic(
    name: "operators",
    otherNames: [
      "operator", "conditions", "condition", "comparing", "contains", "and", "or", "not",
      "wildcard",
    ],
    summary: "how values are compared, in 'where' and elsewhere",
    parts: [
      .rows([
        ("=  !=  <  <=  >  >=", "one comparison: band = \"5\", age >= 55"),
        ("in \"2\"..\"4\"", "a range, both ends included; 55.. and ..24 are open"),
        ("in (\"A\", \"B\", missing)", "any of these; not in (…) none of them"),
        ("contains \"nurse\"", "part of a text; so are starts with \"N\" and ends with \"e\""),
        ("is missing  is recorded", "whether there is a value"),
        ("and  or  not  ( )", "not binds closest, then and, then or"),
        ("+  -  *  /", "numbers; brackets first"),
        ("if … then … else …", "one value or another"),
        ("any TABLE where …", "whether another table has a row that belongs here"),
      ]),
      .example("from staff | where band in \"2\"..\"4\" and not fte < 1 | count by sex"),
      .example("from staff | where role contains \"nurse\" or age >= 60 | count"),
      .example("from staff | where any cases where kind = \"disciplinary\" | count by band"),
    ])

  static let text = HelpTopic(
    name: "text", otherNames: ["quotes", "strings", "values", "numbers", "string", "number"],
    summary: "how values are written",
    parts: [
      .rows([
        ("\"Female\"  'Female'", "text stands in quotes; capitals count"),
        ("\"8a\"  \"05\"", "codes are text, though they look like numbers"),
        ("1500  0.5  40%", "numbers, without commas; 40% is 0.4"),
        ("2015-03-31  2015-03", "a day, a month"),
        ("FY2014/15  AY2014/15", "a financial year, an academic year"),
        ("yes  no  missing", "without quotes"),
        ("`Staff Group`", "a name of several words stands in backticks"),
      ]),
      .text(
        "A value that no row holds is reported with the nearest that there is. Text in other\n"
          + "capitals is found with lower(…), and parts of it with contains."),
      .example("from staff | where lower(role) contains \"nurse\" | count by role"),
    ])

  static let missing = HelpTopic(
    name: "missing", otherNames: ["recorded", "null", "blank", "na", "nulls"],
    summary: "values that are not there",
    parts: [
      .text(
        """
        A comparison with a missing value does not hold, so != and not keep such rows in. A group
        of missing values is shown as (missing), and aggregates say how many they left out.
        'is recorded' also leaves out the codes that mean not stated.
        """),
      .rows([
        ("left is missing", "there is no value"),
        ("ethnicity is recorded", "there is one, and it says something"),
        ("coalesce(band, \"none\")", "another value in its place"),
        ("share excluding \"Z\"", "a percentage without those"),
        ("summarise missing band", "how many there are; recorded counts the others"),
      ]),
      .example("from staff | where left is missing and band is recorded | count by band"),
      .example("from staff | summarise missing ethnicity, recorded ethnicity by organisation"),
    ])

  static let dates = HelpTopic(
    name: "dates",
    otherNames: [
      "date", "time", "month", "months", "period", "periods", "years", "financial year",
    ],
    summary: "days, months and years, and who is in post when",
    parts: [
      .rows([
        ("2015-03-31  2015-03", "a day, a month; never 31/03/15"),
        ("FY2014/15", "a financial year, 1 April 2014 to 31 March 2015"),
        ("AY2014/15", "an academic year, 1 August 2014 to 31 July 2015"),
        ("left in FY2014/15", "whether a day lies in it; 2014-04..2014-06 works, too"),
        ("fy(left)  ay(left)", "the year of a day; also month, quarter, year, day"),
        ("snapshot at DAY", "the rows in force on a day: who was in post"),
        ("snapshot each fy in …", "the same at the end of each of several years"),
        ("age_at(born, DAY)", "whole years; also days_between(a, b)"),
      ]),
      .example("from staff | snapshot at 2015-03-31 | count by band"),
      .example("from staff | snapshot each fy in FY2012/13..FY2014/15 | count by snapshot"),
      .example("from staff | where left in FY2014/15 | count by month(left) as month"),
      .example(
        "from participation | count as starts by fy(started) as year | change of starts"
          + " over year"),
    ])

  static let trends = HelpTopic(
    name: "trends",
    otherNames: ["trend", "over time", "series", "time series", "year on year", "by month"],
    summary: "figures over time",
    parts: [
      .rows([
        ("count by fy(started) as year", "what happened in each year; also month, quarter, ay"),
        ("snapshot each fy in …", "who was in post at the end of each year"),
        ("change of n over year", "the difference and the ratio to the year before"),
        ("control count over …", "what is more than chance from month to month"),
        ("chart line", "any of them drawn, a line for each other group"),
      ]),
      .example("from participation | count by fy(started) as year | chart line"),
      .example(
        "from staff | snapshot each fy in FY2012/13..FY2014/15\n"
          + "  count by snapshot, ethnic_group | share within snapshot"),
      .example("from staff | where left is recorded | control count over month(left)"),
    ])
}
