extension LibraryScript {
  static let apprenticeshipTarget = LibraryScript(
    "apprenticeship_target",
    """
    ## Apprenticeship starts of a year against headcount: which organisations meet the target?
    ##
    ## years   the financial years
    ## target  the least that new starts are to be of headcount; for the public sector 2.3%
    ## org     one organisation's code; without it, all of them
    ##
    ## Headcount is the people in post on 31 March, at the end of the year. An organisation without
    ## starts is in the table, with 0.
    param years as period default FY2013/14..FY2015/16
    param target as number default 2.3%
    param org as text from organisations.organisation default missing

    let new = from participation
    where initiative.kind = "apprenticeship" and started in $years
    count as new_starts by organisation, fy(started) as year

    from staff
    snapshot each fy in $years
    where $org is missing or organisation = $org
    count distinct person_id as headcount by organisation, snapshot as year
    join new on organisation, year
    derive coalesce(new_starts, 0) as starts
    derive starts / headcount as rate
    derive if rate >= $target then "meets" else "below" as target
    select organisation, year, starts, headcount, rate, target
    sort year, rate desc, organisation
    """)
}
