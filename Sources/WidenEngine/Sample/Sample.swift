import Synchronization
import WidenLanguage

/// The bundled dataset of north central and east London: real organisations, initiatives and
/// populations, invented people.
///
/// It is the same on every machine, and a larger one begins with the same posts as a smaller one.
/// - Parameter posts: How many posts are filled on 31 March 2016, the day of the extract, at most
///   50 million; those that ended in the four years before, 44 for every 100, come on top.
public func makeSample(posts: Int = Sample.usualPosts) -> Dataset {
  let posts = min(max(posts, 0), 50_000_000)
  let tables = Sample.tables(posts: posts)
  return Dataset(
    name: "north central and east London", isSynthetic: true, definitions: Sample.definitions,
    attribution: Sample.attribution, policy: "safe",
    entries: posts == Sample.usualPosts
      ? announced(tables, rows: Sample.usualRows) : made(tables))
}

/// Tables that are made when somebody looks into them: a start with the sample waits for none, and
/// most questions are about one.
///
/// A sample without posts has the same descriptions, but for the numbers of rows.
private func announced(_ tables: [Sample.Making], rows: [String: Int]) -> [Dataset.Entry] {
  zip(tables, Sample.tables(posts: 0)).map { making, ofNobody in
    var entry = ofNobody()
    guard let count = rows[entry.description.name] else { return entry }
    entry.description.rowCount = count
    return Dataset.Entry(description: entry.description) { making().table }
  }
}

/// What two threads make at once.
private func made(_ tables: [Sample.Making]) -> [Dataset.Entry] {
  let made = Mutex([Dataset.Entry?](repeating: nil, count: tables.count))
  parallel(workers: 2, items: tables.count) { _, item in
    let entry = tables[item]()
    made.withLock { $0[item] = entry }
  }
  return made.withLock { $0.compactMap { $0 } }
}

/// The parts from which the bundled dataset is made.
public enum Sample {
  /// Makes a table.
  typealias Making = @Sendable () -> Dataset.Entry

  /// How many posts there are when nobody says how many.
  public static let usualPosts = 20_000

  /// The rows of the tables of people then, which are known before these are made.
  static let usualRows = [
    "staff": 28_800, "participation": 2_987, "applications": 20_000, "cases": 741,
    "training": 33_164,
  ]

  /// The tables, in the order in which they are shown.
  static func tables(posts: Int) -> [Making] {
    let staff = Once { Staff(posts: posts) }
    let shared = SharedColumns(rows: rows(posts: posts))
    return [
      { organisationsTable(shared) },
      { staffTable(staff.value, shared) },
      { initiativesTable(shared) },
      { participationTable(staff.value, shared) },
      { applicationsTable(posts: posts, shared) },
      { casesTable(staff.value, shared) },
      { trainingTable(staff.value, shared) },
      { populationTable() },
      { catchmentsTable(shared) },
      { standardPopulationTable() },
    ]
  }

  /// What the licences of its real figures ask to be said.
  static let attribution = [
    "People, their posts, participation, applications, cases and training are invented, and so are"
      + " the initiatives' funding and days, and catchments",
    "Organisations: contains information from NHS Digital (Hospital and Community Health Services"
      + " staff by nationality and organisation, September 2016), licensed under the Open Government"
      + " Licence v3.0",
    "Population: source: Office for National Statistics (Census 2021), licensed under the Open"
      + " Government Licence v3.0; the split by sex and age within ethnic groups is estimated",
    "Standard population: source: Eurostat, Revision of the European Standard Population, 2013",
  ]

  /// The named groups of staff, applicants and the population, in the query language.
  static let definitions = """
    define staff.ethnic_group as if ethnicity in ("A", "B", "C") then "White" \
    else if ethnicity is recorded then "BME" else "Not known"
    define staff.bme as ethnicity is recorded and ethnicity not in ("A", "B", "C")
    define staff.white as ethnicity in ("A", "B", "C")
    define staff.cluster as if band in "1".."4" then "1-4" else if band in "5".."7" then "5-7" \
    else if band in "8a".."8b" then "8a-8b" else if band >= "8c" then "8c-VSM" else missing
    define staff.tier as if band <= "5" then "lower" else if band in "6".."7" then "middle" \
    else if band >= "8a" then "upper" else missing
    define staff.clinical as staff_group not in ("Administrative and Clerical", "Estates and Ancillary")
    define staff.age_band as if age < 25 then "16-24" else if age < 35 then "25-34" \
    else if age < 45 then "35-44" else if age < 55 then "45-54" else if age < 65 then "55-64" \
    else if age >= 65 then "65+" else missing
    define applications.ethnic_group as if ethnicity in ("A", "B", "C") then "White" \
    else if ethnicity is recorded then "BME" else "Not known"
    define applications.bme as ethnicity is recorded and ethnicity not in ("A", "B", "C")
    define applications.white as ethnicity in ("A", "B", "C")
    define in_post(at) as joined <= at and (left is missing or left > at)
    define population.ethnic_group as if census_group starts with "White" then "White" else "BME"
    """
}
