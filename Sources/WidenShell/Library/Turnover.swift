extension LibraryScript {
  static let turnover = LibraryScript(
    "turnover",
    """
    ## Turnover of each staff group: leavers in the year over the mean headcount at its start and end.
    ##
    ## start  the day before the year
    ## at     the last day of the year
    ## year   the year
    ##
    ## Higher means that more left. It is a rate, not a share of people: those who joined and left within
    ## the year count among the leavers. The interval is that of the number of leavers.
    param start as date default 2014-03-31
    param at as date default 2015-03-31
    param year as period default FY2014/15

    let first = from staff | snapshot at $start | count as at_start by staff_group
    let final = from staff | snapshot at $at | count as at_end by staff_group

    from staff
    where left in $year
    count as leavers by staff_group
    join first on staff_group
    join final on staff_group
    derive (coalesce(at_start, 0) + coalesce(at_end, 0)) / 2 as average
    summarise sum leavers as leavers, rate leavers among average with interval as turnover by staff_group
    sort turnover desc
    """)
}
