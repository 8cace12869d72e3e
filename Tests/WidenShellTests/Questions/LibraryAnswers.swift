/// The questions of the library as somebody who knows only SQL would answer them.
///
/// `$name` stands for a parameter. Columns are called as in the script's answer.
struct LibraryAnswer {
  /// The script's name.
  let script: String
  /// Which of its queries, from 1.
  var query = 1
  /// Whether the rows have to stand in this order.
  var isOrdered = false
  let sql: String

  /// All of them; a script with several queries comes several times.
  static let all =
    staffAnswers + comparedAnswers + participationAnswers + statisticsAnswers
}

/// Those in post on a day, of one organisation where one is named.
private let inPost = """
  (select * from grouped where joined <= $at and (left is null or left > $at)
    and ($org is null or organisation = $org))
  """

private let staffAnswers: [LibraryAnswer] = [
  LibraryAnswer(
    script: "headcount", isOrdered: true,
    sql: """
      select s.organisation, o.name, count(distinct person_id) as headcount, sum(fte) as fte
      from \(inPost) s left join organisations o using (organisation)
      where band in ('1', '2', '3', '4') group by 1, 2 order by 3 desc, 1
      """),
  LibraryAnswer(
    script: "band_share",
    sql: """
      select staff_group, band, count(*) as posts,
        1.0 * count(*) / sum(count(*)) over (partition by staff_group) as share
      from \(inPost) where band is not null group by 1, 2
      """),
  LibraryAnswer(
    script: "ethnicity_by_band",
    sql: """
      with every as (select coalesce(band, 'none') as band, ethnic_group from \(inPost)
        union all select 'Total', ethnic_group from \(inPost))
      select nullif(band, 'none') as band, avg(ethnic_group = 'White') as White,
        avg(ethnic_group = 'BME') as BME, avg(ethnic_group = 'Not known') as "Not known",
        1.0 as Total, count(*) as N
      from every group by every.band
      """),
  LibraryAnswer(
    script: "ethnicity_by_band", query: 2,
    sql: """
      select band, avg(case when ethnic_group <> 'Not known' then ethnic_group = 'BME' end)
        as of_known, avg(ethnic_group = 'BME') as of_all
      from \(inPost) group by band
      """),
  LibraryAnswer(
    script: "clinical_bands",
    sql: """
      select case when staff_group in ('Administrative and Clerical', 'Estates and Ancillary')
          then 'Not clinical' else 'Clinical' end as work, band,
        avg(case when ethnic_group <> 'Not known' then ethnic_group = 'BME' end) as of_known,
        avg(ethnic_group = 'BME') as of_all
      from \(inPost) group by 1, 2
      """),
  LibraryAnswer(
    script: "age_profile",
    sql: """
      with every as (select age_band, band in ('1', '2', '3', '4') and band is not null as low
        from \(inPost)), sums as (select 1.0 * sum(low) as low, sum(not low) as high, count(*) as n
        from every)
      select age_band, sum(low) / (select low from sums) as "Bands 1-4",
        1.0 * sum(not low) / (select high from sums) as "Other bands",
        1.0 * count(*) / (select n from sums) as Total
      from every group by 1 union all select 'Total', 1.0, 1.0, 1.0
      """),
  LibraryAnswer(
    script: "race_disparity",
    sql: """
      select organisation, sum(ethnic_group = 'White' and tier = 'lower') as white_lower,
        sum(ethnic_group = 'White' and tier = 'middle') as white_middle,
        sum(ethnic_group = 'BME' and tier = 'lower') as bme_lower,
        sum(ethnic_group = 'BME' and tier = 'middle') as bme_middle,
        (1.0 * sum(ethnic_group = 'White' and tier = 'middle')
          / sum(ethnic_group = 'White' and tier = 'lower'))
        / (1.0 * sum(ethnic_group = 'BME' and tier = 'middle')
          / sum(ethnic_group = 'BME' and tier = 'lower')) as lower_to_middle,
        (1.0 * sum(ethnic_group = 'White' and tier = 'upper')
          / sum(ethnic_group = 'White' and tier = 'middle'))
        / (1.0 * sum(ethnic_group = 'BME' and tier = 'upper')
          / sum(ethnic_group = 'BME' and tier = 'middle')) as middle_to_upper,
        (1.0 * sum(ethnic_group = 'White' and tier = 'upper')
          / sum(ethnic_group = 'White' and tier = 'lower'))
        / (1.0 * sum(ethnic_group = 'BME' and tier = 'upper')
          / sum(ethnic_group = 'BME' and tier = 'lower')) as lower_to_upper
      from (select organisation, ethnic_group, coalesce(tier, 'none') as tier
        from grouped where joined <= $at and (left is null or left > $at)) group by 1
      """),
  LibraryAnswer(
    script: "disability_declared",
    sql: """
      select cluster, avg(coalesce(disability = 'Yes', 0)) as declared,
        avg(case when disability <> 'Not declared' then disability = 'Yes' end) as of_known,
        avg(coalesce(disability, 'Not declared') = 'Not declared') as not_declared
      from \(inPost) group by 1
      """),
]

/// The BME share of organisations, and of the people of boroughs.
private let shares = """
  with known as (select organisation, sum(ethnic_group = 'BME') as n, count(*) as d
      from grouped where joined <= $at and (left is null or left > $at)
      and ethnic_group <> 'Not known' group by 1),
    boroughs as (select borough,
      1.0 * sum(case when census_group like 'White%' then 0 else people end) / sum(people) as bme
      from population group by 1),
  """

private let comparedAnswers: [LibraryAnswer] = [
  LibraryAnswer(
    script: "borough_gap", isOrdered: true,
    sql: """
      \(shares) benchmarks as (select organisation, bme from organisations
        left join boroughs using (borough))
      select organisation, n, 1.0 * n / d as share, bme as benchmark,
        100.0 * n / d / bme as "index", 1.0 * n / d - bme as gap
      from known left join benchmarks using (organisation)
      where n > 0 and d >= $least order by "index" is null, "index", organisation
      """),
  LibraryAnswer(
    script: "catchment_gap", isOrdered: true,
    sql: """
      \(shares) benchmarks as (select organisation, sum(share * bme) / sum(share) as bme
        from catchments join boroughs using (borough) group by 1)
      select organisation, n, 1.0 * n / d as share, bme as benchmark,
        100.0 * n / d / bme as "index", 1.0 * n / d - bme as gap
      from known left join benchmarks using (organisation)
      where n > 0 and d >= $least order by "index" is null, "index", organisation
      """),
]

private let participationAnswers: [LibraryAnswer] = [
  LibraryAnswer(
    script: "initiatives_running", isOrdered: true,
    sql: """
      select name, kind, provider, funding, started, ended from initiatives, years
      where year = $year and started <= last and (ended is null or ended >= first)
      order by funding is null, funding desc, name
      """),
  LibraryAnswer(
    script: "completions",
    sql: """
      select p.initiative, i.name, count(*) as starts, count(distinct person_id) as participants,
        sum(outcome = 'completed') as completions, avg(outcome = 'completed') as completed
      from participation p join initiatives i using (initiative)
      where $year is null
        or (select year from years y where p.started between first and last) = $year
      group by 1, 2
      """),
  LibraryAnswer(
    script: "apprenticeship_target", isOrdered: true,
    sql: """
      with counted as (select s.organisation, y.year, count(distinct person_id) as headcount,
          (select count(*) from apprentices a
            where a.organisation = s.organisation and a.year = y.year) as starts
        from staff s join years y on joined <= last and (left is null or left > last)
        where y.year between $first and $last and ($org is null or s.organisation = $org)
        group by 1, 2)
      select *, 1.0 * starts / headcount as rate,
        case when 1.0 * starts / headcount >= $target then 'meets' else 'below' end as target
      from counted order by year, 1.0 * starts / headcount desc, organisation
      """),
  LibraryAnswer(
    script: "doubled_starts", isOrdered: true,
    sql: """
      with counted as (select organisation, sum(year = $since) as baseline,
        sum(year = $year) as starts from apprentices group by 1)
      select organisation, o.name, $year as year, starts, baseline, starts - baseline as change,
        1.0 * starts / baseline as ratio
      from counted join organisations o using (organisation)
      where baseline > 0 and starts >= $times * baseline order by ratio desc, organisation
      """),
  LibraryAnswer(
    script: "moved_on", isOrdered: true,
    sql: """
      select p.initiative, i.name, i.provider, count(distinct person_id) as people
      from participation p join initiatives i using (initiative)
      where role = $role and destination = $destination group by 1 order by 4 desc, 1
      """),
  LibraryAnswer(
    script: "cost_per_completion", isOrdered: true,
    sql: """
      with each as (select initiative, kind, funding, count(post_id) as starts,
          coalesce(sum(outcome = 'completed'), 0) as completions
        from initiatives left join participation using (initiative)
        where funding is not null group by 1)
      select kind, sum(funding) as funding, sum(starts) as starts,
        sum(completions) as completions, 1.0 * sum(funding) / sum(completions)
        as cost_per_completion, 1.0 * sum(completions) / sum(starts) as completion_rate
      from each group by 1 order by 5
      """),
]
