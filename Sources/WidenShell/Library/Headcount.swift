extension LibraryScript {
  static let headcount = LibraryScript(
    "headcount",
    """
    ## Headcount and whole-time equivalents of bands 1 to 4, by organisation.
    ##
    ## at   the day
    ## org  one organisation's code; without it, all of them
    ##
    ## Somebody with two posts in an organisation counts once there.
    param at as date default 2015-03-31
    param org as text from organisations.organisation default missing

    from staff
    snapshot at $at
    where band in "1".."4" and ($org is missing or organisation = $org)
    summarise count distinct person_id as headcount, sum fte as fte
      by organisation, organisation.name
    sort headcount desc, organisation
    """)
}
