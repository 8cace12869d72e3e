extension LibraryScript {
  static let initiativesRunning = LibraryScript(
    "initiatives_running",
    """
    ## The initiatives that ran in a year, the costliest first.
    ##
    ## year  a financial year, an academic year or a month
    ##
    ## Frameworks have no funding of their own, and come last.
    param year as period default FY2014/15

    from initiatives
    where overlaps(started, ended, $year)
    sort funding desc, name
    select name, kind, provider, funding, started, ended
    """)
}
