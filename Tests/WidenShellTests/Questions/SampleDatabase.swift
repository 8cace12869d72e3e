import SQLiteOracle
import WidenEngine
import WidenLanguage

/// The bundled sample in SQLite, copied row by row.
enum SampleDatabase {
  /// A new copy; days are text such as `2015-03-31`.
  static func open() throws -> SQLite {
    let database = try SQLite()
    for entry in makeSample().entries {
      let name = entry.description.name
      try database.fill(name, with: entry.table)
      for column in entry.description.columns where column.type == .date {
        try database.execute(
          "update \(name) set \(column.name) = date(\(column.name) * 86400, 'unixepoch')")
      }
    }
    try database.execute("create table years (year, first, last)")
    for start in 2010...2016 {
      let label = "FY\(start)/\(start + 1 - 2000)"
      try database.execute(
        "insert into years values ('\(label)', '\(start)-04-01', '\(start + 1)-03-31')")
    }
    for table in ["participation", "cases", "training"] {
      try database.execute("create index \(table)_posts on \(table) (post_id)")
    }
    for (view, query) in views { try database.execute("create view \(view) as \(query)") }
    return database
  }

  /// What the questions have in common, in SQL's words.
  private static let views = [
    (
      "grouped",
      """
      select *,
        case when ethnicity in ('A', 'B', 'C') then 'White'
          when ethnicity is null or ethnicity = 'Z' then 'Not known' else 'BME' end as ethnic_group,
        case when band in ('1', '2', '3', '4', '5') then 'lower' when band in ('6', '7')
          then 'middle' when band is not null then 'upper' end as tier,
        case when band in ('1', '2', '3', '4') then '1-4' when band in ('5', '6', '7') then '5-7'
          when band in ('8a', '8b') then '8a-8b' when band is not null then '8c-VSM' end as cluster,
        case when age < 25 then '16-24' when age < 35 then '25-34' when age < 45 then '35-44'
          when age < 55 then '45-54' when age < 65 then '55-64' when age >= 65 then '65+' end
          as age_band
      from staff
      """
    ),
    (
      "apprentices",
      """
      select p.*, y.year from participation p join initiatives i using (initiative)
      join years y on p.started between y.first and y.last where i.kind = 'apprenticeship'
      """
    ),
  ]
}
