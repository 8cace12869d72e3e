extension LibraryScript {
  static let catchmentGap = LibraryScript(
    "catchment_gap",
    """
    ## BME staff of each organisation beside the people it serves, the furthest behind first.
    ##
    ## at     the day
    ## least  how many staff of known ethnicity an organisation must have to be compared
    ##
    ## An index of 100 is parity; the gap is in percentage points. Each borough of the catchment
    ## counts by the share of those served who live there. Staff are those of known ethnicity.
    param at as date default 2015-03-31
    param least as number default 100

    from staff
    snapshot at $at
    where ethnicity is recorded
    count by organisation, ethnic_group
    share within organisation
    compare to population on ethnic_group using people through catchments weighted by share
    where ethnic_group = "BME" and share.denominator >= $least
    sort index, organisation
    """)
}
