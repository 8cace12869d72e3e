extension LibraryScript {
  static let disabilityDeclared = LibraryScript(
    "disability_declared",
    """
    ## WDES 1: staff with a declared disability by cluster of bands, of all and of those known.
    ##
    ## at   the day
    ## org  one organisation's code; without it, all of them
    ##
    ## Where many have not declared, the share of all says little: read the three together.
    param at as date default 2015-03-31
    param org as text from organisations.organisation default missing

    from staff
    snapshot at $at
    where $org is missing or organisation = $org
    summarise rate disability = "Yes" as declared,
      rate disability = "Yes" among disability is recorded as of_known,
      rate disability is not recorded as not_declared by cluster
    """)
}
