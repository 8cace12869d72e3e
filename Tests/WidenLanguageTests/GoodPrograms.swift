/// Texts that must parse, awkward as they look.
let goodPrograms: [String] = goodShapes + goodNames + goodConditions + goodSteps + goodStatements

private let goodShapes = [
  "", "   ", "\n\n\n", "# a comment and nothing else", "-- one\n## two\n# three", ";;;;",
  "\u{FEFF}from staff | count", "from staff;from training", "FROM Staff | COUNT BY Band",
  "from staff -- all of them\n| count # rows\nby band",
  "from staff\r\nwhere fte = 1\r\ncount by band\r\n", "from staff\rcount by band",
  "from staff |\n  count\n  by band,\n  sex\n| share\n  within band",
  "from staff\n\n\nfrom training", "from staff\u{A0}| count by band",
  "from staff_été | where naïve = \"ü\"",
  "from staff\n  where fte = 1 # full time\n\n-- and then\nfrom cases",
  "from staff\nselect left,\n  share,\n  where_\ntake 5",
  "from staff\nsummarise\n  count where fte = 1 as full_time,\n  mean salary as pay\nby band",
  "from staff\nwhere fte = 1\n  and band = \"5\"\n  or band = \"6\"",
  "from staff\nderive if fte < 1 then 1\n  else 2 as part_time",
  "from staff\nwhere band in (\n \"5\",\n \"6\"\n)\ncount",
  "from staff | count\n# a comment between\n| take 3",
  "let heads = from staff\ncount by organisation\nexport heads to \"x.csv\"\ncompare last to previous",
  "from staff | count\nexport to \"x.csv\" overwrite for excel",
]

private let goodNames = [
  "from staff | select left, count, share, change, control, top, total, within, snapshot, n, index,"
    + " rate, row, year, month, from, to, on, each, at, any, value",
  "from staff | where left > 5 and left(name, 3) = \"abc\"",
  "from staff | count by count, share, top | sort count desc, share, top asc"
    + " | top 3 by n within share",
  "from staff | derive share / total as change, snapshot as control",
  "from staff | share of share within within as share",
  "from staff | count as starts by ends | derive starts / 2 as ends"
    + " | where starts starts with \"x\" and not ends ends with \"y\"",
  "from staff | where `count` = 5 and `Staff Group` = \"x\" and `a``b` = 1",
  "from staff | where sum > 5 and mean < 2 and max = min",
  "from staff | keep as keep | drop unmatched",
  "define measure as fte = 1", "define measure.of_staff as fte = 1",
]

private let goodConditions = [
  "from staff | where count > 5 and count cases > 2 and any cases",
  "from staff | where (any cases where kind = 1) and count cases where (a = 1 or b = 2)",
  "from staff | where x in 5.. and y in ..4 and z in -5..-1",
  "from staff | where x in 5..\ncount by y",
  "from staff | count by x in 5.. as big",
  "from staff | where d in 2014-09..2015-03 and e in 2014-09-01.. and f in FY2012/13..fy2014/15",
  "from staff | likelihood of x for fy 2014-09 against 2015-09",
  "from staff | where x = 2014 - 9 or x = 5--3", "from staff | where y = AY2024/25",
  "from staff | where x in (1, 2, 5..7, \"a\", missing)",
  "from staff | where x in $list or y in $low..$high", "from staff | where x = -5 and - - y = 3",
  "from staff | where x = \"say \"\"hi\"\"\" and y = 'it''s'",
  "from staff | where not x not in (1) and y not contains \"q\"",
  "from staff | where if x then y else z", "from staff | derive x / y - (z - w) - -v as q",
  "from staff | where x is not missing and y is recorded and z is missing",
  "from staff | where shortlisted and not appointed", "from staff | where x = 5%and y = 3",
  "from staff | where " + Array(repeating: "x = 1", count: 5000).joined(separator: " and "),
  "from staff | where " + String(repeating: "(", count: 40) + "x"
    + String(repeating: ")", count: 40),
  "from staff | derive " + Array(repeating: "x", count: 5000).joined(separator: " + ") + " as y",
  "from staff | where x in (" + (0..<20000).map(String.init).joined(separator: ", ") + ")",
  "from staff | where \"a\"#comment\n= x", "from staff | where y = (1)-- a comment",
]

private let goodSteps = [
  "from a | summarise rate x in 5.. among y in ..3 with interval 99% as r by b",
  "from a | recode age (..24 => \"under 25\", 25..34, 35..44 => \"25 to 44\", missing => missing,"
    + " else => \"older\") as g",
  "from a | recode b (1 => 2 else => 3) as c", "from a | recode b (else => -1) as c",
  "from a | summarize sum (fte * 37.5) / count distinct p as x, round(mean s, 1) as y,"
    + " bme_rate with interval",
  "from a | summarise corr age with salary as r",
  "from a | summarise count distinct x, distinct x, percentile 90 of y, percentile $p of y,"
    + " missing z, recorded z where w",
  "from a | summarise 100 * rate x = 1 as percent_x, - count, (count - 1) * $factor as f",
  "from a | summarise rate (any b) where c as d, rate any b where c as e",
  "from a | compare to p on k using n within o matching b = o.b, c = d with interval",
  "from a | compare to p on k through c weighted by s using n",
  "from a | standardise any b among c over age using std.people by g",
  "from a | standardize any b over age using std.people",
  "from a | funnel x = 1 among y by g | chart funnel",
  "from a | funnel x in 5.. using n by g with overdispersion",
  "from a | summarise rate x in 5.. among y in ..3 using n where z with interval as r by b",
  "from a | summarise rate leavers among heads as r, rate any b using n where c as s by g",
  "from a | standardise x using n among y over age using total by g",
  "from a | likelihood of x for g \"A\" against \"B\" by o with total using n",
  "from a | parity of x in 5.. among b >= \"8a\" over FY2014/15\nuntil 2028",
  "from a | control count where x over month(d) baseline until 2014-09",
  "from a | control count over month(`left`)",
  "from a | protect | chart | describe | distinct | distinct a, b",
  "from a | protect safe because \"it is for the board\"", "from a | protect because \"x\"",
  "from a | change of n over year from FY2013/14 within org with test",
  "from a | change of n over year from -1",
  "from a | likelihood of x for g \"A\" against \"B\" by o with total",
  "from a | likelihood of x for g $a against missing",
  "from a | inequality of mean x across q by o",
  "from a | crosstab x as r by y as c of sum z percent of total without totals",
  "from a | crosstab x by y without totals percent of row of count",
  "from a | join b on c, d drop unmatched | drop unmatched | keep as keep", "from last | take $n",
  "from a | join b on c\ndrop unmatched", "from a | rename left as leaving_date, a.b as c",
  "from a | snapshot at $at | snapshot each fy in FY2012/13..FY2014/15 | snapshot at 2014-03-31",
  "from a | snapshot each month in 2014-01..",
  "from a | share within a of n excluding \"x\", missing with interval as s",
]

private let goodStatements = [
  "let x = 2.3%\nlet y = from a | count\nlet z = FY2012/13..FY2014/15\nlet w = ..5\nlet v = 5..",
  "define staff.bme as ethnic_group = \"BME\"",
  "define in_post(at) as joined <= at and (left is missing or left > at)",
  "define measure m as (count where x) / (count where y)",
  "param org as text from staff.organisation default \"RKE\"\nparam orgs as text list\n"
    + "param on as yesno default no\nparam years as period default FY2012/13..FY2014/15",
  "run \"wres2\" with org = \"RKE\", years = FY2012/13..FY2014/15, orgs = (\"RKE\", \"RAL\")",
  "load \"x.xlsx\" sheet \"Table 1\" skip 4 rows as t with dates = \"dd/mm/yyyy\"",
  "load \"people.csv\" as people personal by staff_id", "load \"x.csv\" skip $n rows",
  "set display policy; set identifiers shown", "set policy none because \"open data\"",
  "set width 120; set colour no; set prompt \">\"; set x -5",
  "show columns of staff; show columns; show values of staff.band; show load staff; show policy",
  "show tables; show library", "explain from a | count", "help", "help share", "help count by",
  "help =", "why 3, \"n\"", "back", "exit", "quit", "report \"Title\"", "save \"bands.widen\"",
  "export last to \"x.xlsx\" for excel", "EXPORT last TO \"x.csv\" OVERWRITE",
]
