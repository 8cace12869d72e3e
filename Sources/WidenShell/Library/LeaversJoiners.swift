extension LibraryScript {
  static let leaversJoiners = LibraryScript(
    "leavers_joiners",
    """
    ## Who leaves and who joins in a year, by ethnic group and cluster of bands, with intervals.
    ##
    ## start  the day before the year
    ## at     the last day of the year
    ## year   the year
    ##
    ## Leavers are those in post on the first day who left in the year, joiners those in post on the last
    ## day who joined in it. Groups whose intervals overlap widely may not differ at all.
    param start as date default 2014-03-31
    param at as date default 2015-03-31
    param year as period default FY2014/15

    from staff
    snapshot at $start
    summarise rate left in $year with interval as leavers by ethnic_group, cluster

    from staff
    snapshot at $at
    summarise rate joined in $year with interval as joiners by ethnic_group, cluster
    """)
}
