/// The statistical questions of the library in SQL: counts from the rows, and the formulas of the
/// methods written out.
let statisticsAnswers: [LibraryAnswer] =
  likelihoodAnswers + seniorAnswers + leavingAnswers + chartAnswers

/// The normal quantile of a 95 % interval.
private let z = "1.959963984540054"

/// Rates of two groups, their ratio, and Katz's limits, from a query that gives `key`, `a` of `n` and
/// `b` of `m`.
private func likelihood(_ counts: String, keyed key: String? = nil) -> String {
  """
  with counts as (\(counts)), spread as (select *, case when n > 0 and m > 0 and a > 0 and b > 0
      and (a < n or b < m) then \(z) * sqrt(1.0 / a - 1.0 / n + 1.0 / b - 1.0 / m) end as w
    from counts)
  select \(key.map { "key as \($0), " } ?? "") a as rate_for_numerator, n as rate_for_denominator,
    b as rate_against_numerator, m as rate_against_denominator, 1.0 * a / n as rate_for,
    1.0 * b / m as rate_against, (1.0 * a / n) / (1.0 * b / m) as likelihood,
    exp(ln((1.0 * a / n) / (1.0 * b / m)) - w) as low,
    exp(ln((1.0 * a / n) / (1.0 * b / m)) + w) as high,
    case when n > 0 and m > 0 and a + b > 0 then
      case when min(1.0 * a / n, 1.0 * b / m) / max(1.0 * a / n, 1.0 * b / m) < 0.8
        then 'not met' else 'met' end end as four_fifths
  from spread
  """
}

/// Events and people of two groups of some rows.
private func counts(
  _ key: String, _ event: String, _ first: String, _ second: String, from rows: String
) -> String {
  """
  select \(key) as key, coalesce(sum(\(first) and \(event)), 0) as a,
    coalesce(sum(\(first)), 0) as n, coalesce(sum(\(second) and \(event)), 0) as b,
    coalesce(sum(\(second)), 0) as m from \(rows)
  """
}

private let applicants = """
  (select organisation, appointed, disability,
    case when ethnicity in ('A', 'B', 'C') then 'White'
      when ethnicity is null or ethnicity = 'Z' then 'Not known' else 'BME' end as ethnic_group
    from applications where shortlisted and ($org is null or organisation = $org))
  """

private let held = "(select * from grouped where joined <= $at and (left is null or left > $at))"

/// Whether a person in post has a row of this table in the year.
private func any(_ table: String, _ condition: String, _ day: String) -> String {
  """
  exists (select 1 from \(table) c join years y on y.year = $year where c.post_id = s.post_id
    and \(condition) and c.\(day) between y.first and y.last)
  """
}

private func byOrganisation(_ event: String, _ first: String, _ second: String) -> String {
  likelihood(
    counts("organisation", event, first, second, from: applicants) + " group by organisation"
      + " union all " + counts("'Total'", event, first, second, from: applicants),
    keyed: "organisation")
}

private let likelihoodAnswers: [LibraryAnswer] = [
  LibraryAnswer(
    script: "wres_2",
    sql: byOrganisation("appointed", "ethnic_group = 'White'", "ethnic_group = 'BME'")),
  LibraryAnswer(
    script: "wdes_2",
    sql: byOrganisation(
      "appointed", "coalesce(disability = 'No', 0)", "coalesce(disability = 'Yes', 0)")),
  LibraryAnswer(
    script: "wres_2_publishable",
    sql: likelihood(
      counts(
        "organisation", "appointed", "ethnic_group = 'White'", "ethnic_group = 'BME'",
        from: applicants.replacing("($org is null or organisation = $org)", with: "true"))
        + " group by organisation having a >= $least and b >= $least and n - a >= $least"
        + " and m - b >= $least", keyed: "organisation")),
  LibraryAnswer(
    script: "wres_3",
    sql: likelihood(
      counts(
        "1", any("cases", "c.kind = 'disciplinary'", "opened"), "ethnic_group = 'BME'",
        "ethnic_group = 'White'", from: held + " s"))),
  LibraryAnswer(
    script: "wres_4",
    sql: likelihood(
      counts(
        "1", any("training", "not c.mandatory", "completed"), "ethnic_group = 'White'",
        "ethnic_group = 'BME'", from: held + " s"))),
  LibraryAnswer(
    script: "wdes_3",
    sql: likelihood(
      counts(
        "1", any("cases", "c.kind = 'capability'", "opened"), "coalesce(disability = 'Yes', 0)",
        "coalesce(disability = 'No', 0)", from: held + " s"))),
]

/// Wilson's limits of `x` of `n`.
private func wilson(_ x: String, _ n: String, _ name: String) -> String {
  let spread = "\(z) * sqrt(\(z) * \(z) + 4.0 * \(x) * (1 - 1.0 * \(x) / \(n)))"
  func limit(_ sign: String) -> String {
    "(2.0 * \(x) + \(z) * \(z) \(sign) \(spread)) / (2 * (\(n) + \(z) * \(z)))"
  }
  return """
    1.0 * \(x) / \(n) as \(name), case when \(x) = 0 then 0.0 else \(limit("-")) end as \(name)_low,
    case when \(x) = \(n) then 1.0 else \(limit("+")) end as \(name)_high
    """
}

private let seniorAnswers: [LibraryAnswer] = [
  LibraryAnswer(
    script: "wres_9",
    sql: """
      with sums as (select sum(coalesce(band, '') = $board) as n,
          sum(coalesce(band, '') = $board and ethnic_group = 'BME') as x, count(*) as m,
          sum(ethnic_group = 'BME') as y from \(held) where ethnic_group <> 'Not known'
          and ($org is null or organisation = $org))
      select \(wilson("x", "n", "board")), \(wilson("y", "m", "workforce")),
        100.0 * x / n - 100.0 * y / m as gap_points from sums
      """),
  LibraryAnswer(
    script: "wdes_10",
    sql: """
      with sums as (select sum(coalesce(band, '') = $board) as n,
          sum(coalesce(band, '') = $board and disability = 'Yes') as x, count(*) as m,
          sum(disability = 'Yes') as y from \(held) where disability in ('Yes', 'No'))
      select \(wilson("x", "n", "board")), \(wilson("y", "m", "workforce")),
        100.0 * x / n - 100.0 * y / m as gap_points from sums
      """),
  LibraryAnswer(
    script: "senior_trend", isOrdered: true,
    sql: """
      with each as (select y.year as year, sum(ethnic_group = 'BME') as x, count(*) as n
          from grouped s join years y on joined <= last and (left is null or left > last)
          where y.year between $first and $last and ethnic_group <> 'Not known'
          and band in ('8a', '8b', '8c', '8d', '9', 'VSM') group by 1)
      select year, \(wilson("x", "n", "rate")), 1.0 * lag(x) over o / lag(n) over o as previous,
        1.0 * x / n - 1.0 * lag(x) over o / lag(n) over o as change
      from each window o as (order by year)
      """),
  LibraryAnswer(
    script: "senior_parity", isOrdered: true,
    sql: """
      with recursive span as (select date(first, '-1 day') as start, last, substr(last, 1, 4) as last_year
          from years where year = $year),
        people as (select person_id, max(ethnic_group = 'BME') as bme,
          max(joined <= start and (left is null or left > start)) as before,
          max(joined <= start and (left is null or left > start)
            and coalesce(band in ('8a', '8b', '8c', '8d', '9', 'VSM'), 0)) as senior_before,
          max(joined <= last and (left is null or left > last)) as after,
          max(joined <= last and (left is null or left > last)
            and coalesce(band in ('8a', '8b', '8c', '8d', '9', 'VSM'), 0)) as senior_after
          from grouped, span where ethnic_group <> 'Not known' group by person_id),
        states as (select bme, senior, sum(before * (senior_before = senior)) as was,
          sum(after * (senior_after = senior)) as now,
          sum(after * (senior_after = senior) * (1 - before)) as joiners,
          sum(before * (senior_before = senior) * (1 - after)) as leavers,
          sum(before * after * (senior_before = senior) * (senior_after <> senior)) as gone,
          sum(before * after * (senior_before <> senior) * (senior_after = senior)) as come
          from people, (select 0 as senior union all select 1) group by 1, 2),
        flows as (select s.*, 1.0 * (leavers + gone) / was as out,
          (select 1.0 * gone / was from states o where o.bme = s.bme and o.senior <> s.senior) as enter
          from states s),
        wide as (select
          max(case when bme and not senior then now end) as a0,
          max(case when bme and senior then now end) as b0,
          max(case when not bme and not senior then now end) as c0,
          max(case when not bme and senior then now end) as d0,
          max(case when bme and not senior then joiners end) as ja,
          max(case when bme and senior then joiners end) as jb,
          max(case when not bme and not senior then joiners end) as jc,
          max(case when not bme and senior then joiners end) as jd,
          max(case when bme and not senior then out end) as oa,
          max(case when bme and senior then out end) as ob,
          max(case when not bme and not senior then out end) as oc,
          max(case when not bme and senior then out end) as od,
          max(case when bme and not senior then enter end) as ea,
          max(case when bme and senior then enter end) as eb,
          max(case when not bme and not senior then enter end) as ec,
          max(case when not bme and senior then enter end) as ed from flows),
        path as (select 0 as t, 1.0 * a0 as a, 1.0 * b0 as b, 1.0 * c0 as c, 1.0 * d0 as d from wide
          union all select t + 1, a * (1 - oa) + ja + b * ea, b * (1 - ob) + jb + a * eb,
            c * (1 - oc) + jc + d * ec, d * (1 - od) + jd + c * ed
          from path, wide, span where t + last_year < $until)
      select b / (b + d) as share, (a + b) / (a + b + c + d) as target,
        b / (b + d) - (a + b) / (a + b + c + d) as gap from path order by t
      """),
]

/// Byar's limits of a count.
private func byar(_ x: String, _ sign: String) -> String {
  let y = sign == "-" ? x : "(\(x) + 1)"
  return "\(y) * power(1 - 1.0 / (9 * \(y)) \(sign) \(z) / (3 * sqrt(\(y))), 3)"
}

private let leavingAnswers: [LibraryAnswer] = [
  LibraryAnswer(
    script: "leavers_joiners",
    sql: """
      with sums as (select ethnic_group, cluster, count(*) as n,
          coalesce(sum(left between first and last), 0) as x
        from grouped, years where year = $year and joined <= $start
          and (left is null or left > $start) group by 1, 2)
      select ethnic_group, cluster, \(wilson("x", "n", "leavers")) from sums
      """),
  LibraryAnswer(
    script: "leavers_joiners", query: 2,
    sql: """
      with sums as (select ethnic_group, cluster, count(*) as n, sum(joined between first and last)
          as x from \(held), years where year = $year group by 1, 2)
      select ethnic_group, cluster, \(wilson("x", "n", "joiners")) from sums
      """),
  LibraryAnswer(
    script: "turnover",
    sql: """
      with sums as (select staff_group, sum(coalesce(left between first and last, 0)) as x,
          (sum(joined <= $start and (left is null or left > $start))
            + sum(joined <= $at and (left is null or left > $at))) / 2.0 as n
        from grouped, years where year = $year group by 1)
      select staff_group, x as leavers, x / n as turnover from sums
      """),
  LibraryAnswer(
    script: "participation_standardised",
    sql: """
      with bands as (select ethnic_group, age_band, count(*) as n,
          sum(exists (select 1 from participation p where p.post_id = s.post_id)) as x
          from \(held) s group by 1, 2),
        parts as (select ethnic_group, x, n, p.people as w from bands join standard_population p
          using (age_band)),
        sums as (select ethnic_group, sum(1.0 * w * x / n) / sum(w) as rate,
          sum(1.0 * w * w * x / n / n) / sum(w) / sum(w) as v, sum(x) as x, sum(n) as n
          from parts group by 1)
      select ethnic_group, rate, rate + sqrt(v / x) * (\(byar("x", "-")) - x) as low,
        rate + sqrt(v / x) * (\(byar("x", "+")) - x) as high, 1.0 * x / n as crude, x as events,
        n as people from sums
      """),
  LibraryAnswer(
    script: "deprivation_gap",
    sql: """
      with sums as (select imd_quintile, count(*) as n,
          sum(exists (select 1 from participation p where p.post_id = s.post_id)) as x
          from \(held) s where band in ('1', '2', '3', '4') group by 1)
      select imd_quintile, \(wilson("x", "n", "rate")) from sums
      """),
  LibraryAnswer(
    script: "deprivation_gap", query: 2,
    sql: """
      with fifths as (select imd_quintile as q, count(*) as n,
          1.0 * sum(exists (select 1 from participation p where p.post_id = s.post_id)) / count(*)
          as y from \(held) s where band in ('1', '2', '3', '4') and imd_quintile is not null
          group by 1),
        ranked as (select y, 1.0 * n / sum(n) over () as a,
          (sum(n) over (order by q) - n / 2.0) / sum(n) over () as b from fifths),
        means as (select sum(a * y) as my, sum(a * b) as mb from ranked),
        line as (select sum(a * (b - mb) * (y - my)) / sum(a * (b - mb) * (b - mb)) as slope, my, mb
          from ranked, means)
      select slope, (my + slope * (1 - mb)) / (my - slope * mb) as relative from line
      """),
]

private let chartAnswers: [LibraryAnswer] = [
  LibraryAnswer(
    script: "progression_funnel",
    sql: """
      with sums as (select organisation, count(*) as n, sum(coalesce(destination, '') = $destination)
          as x from participation where role = $role group by 1),
        pools as (select *, 1.0 * sum(x) over () / sum(n) over () as p from sums),
        limits as (select *, max(0.0, p - \(z) * sqrt(p * (1 - p) / n)) as low95,
          min(1.0, p + \(z) * sqrt(p * (1 - p) / n)) as high95,
          max(0.0, p - 3.090232306167813 * sqrt(p * (1 - p) / n)) as low998,
          min(1.0, p + 3.090232306167813 * sqrt(p * (1 - p) / n)) as high998 from pools)
      select organisation, 1.0 * x / n as rate, p as pooled, low95, high95, low998, high998,
        case when 1.0 * x / n < low998 then 'below the lower 99.8 % limit'
          when 1.0 * x / n > high998 then 'above the upper 99.8 % limit'
          when 1.0 * x / n < low95 then 'below the lower 95 % limit'
          when 1.0 * x / n > high95 then 'above the upper 95 % limit'
          else 'within the limits' end as flag
      from limits
      """),
  LibraryAnswer(
    script: "leavers_chart", isOrdered: true,
    sql: """
      with recursive counted as (select substr(left, 1, 7) as month, count(*) as n from staff
          where role = $role and left is not null group by 1),
        months as (select min(month) as month from counted union all
          select strftime('%Y-%m', month || '-01', '+1 month') from months
          where month < (select max(month) from counted)),
        points as (select month, coalesce(n, 0) as value,
          abs(coalesce(n, 0) - lag(coalesce(n, 0)) over (order by month)) as range
          from months left join counted using (month)),
        means as (select avg(value) as centre, avg(range) as wide from points where month <= $until),
        limits as (select centre, (select avg(range) from points where month <= $until
          and range <= 3.267 * wide) as narrow from means)
      select month, value, centre, centre - 2.66 * narrow as low, centre + 2.66 * narrow as high
      from points, limits order by month
      """),
]
