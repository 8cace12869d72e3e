extension LibraryScript {
  static let boroughGap = LibraryScript(
    "borough_gap",
    """
    ## BME staff of each organisation beside the people of its borough, the furthest behind first.
    ##
    ## at     the day
    ## least  how many staff of known ethnicity an organisation must have to be compared
    ##
    ## An index of 100 is parity; the gap is in percentage points. The borough is the headquarters',
    ## its people those of the census. Both shares are of those whose ethnicity is known.
    param at as date default 2015-03-31
    param least as number default 100

    from staff
    snapshot at $at
    where ethnicity is recorded
    count by organisation, ethnic_group
    share within organisation
    compare to population on ethnic_group using people matching borough = organisation.borough
    where ethnic_group = "BME" and share.denominator >= $least
    sort index, organisation
    """)
}
