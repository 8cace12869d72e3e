extension LibraryScript {
  static let doubledStarts = LibraryScript(
    "doubled_starts",
    """
    ## Which organisations have doubled their apprenticeship starts since an earlier year?
    ##
    ## since  the year to compare with
    ## year   the year that is compared
    ## times  how many times as many: 2 is double
    ##
    ## An organisation without a start in the earlier year has no ratio, and is left out.
    param since as period default FY2013/14
    param year as period default FY2015/16
    param times as number default 2

    from participation
    where initiative.kind = "apprenticeship" and started in ($since, $year)
    count as starts by organisation, organisation.name, fy(started) as year
    change of starts over year from $since within organisation
    where year = $year and ratio >= $times
    sort ratio desc, organisation
    """)
}
