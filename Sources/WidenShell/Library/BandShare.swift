extension LibraryScript {
  static let bandShare = LibraryScript(
    "band_share",
    """
    ## The share of each band among the posts of each staff group.
    ##
    ## at   the day
    ## org  one organisation's code; without it, all of them
    ##
    ## Doctors and dentists, who have no band, are left out.
    param at as date default 2015-03-31
    param org as text from organisations.organisation default missing

    from staff
    snapshot at $at
    where band is recorded and ($org is missing or organisation = $org)
    count as posts by staff_group, band
    share within staff_group
    """)
}
