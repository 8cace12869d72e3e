extension LibraryScript {
  static let ageProfile = LibraryScript(
    "age_profile",
    """
    ## The ages of staff in bands 1 to 4 beside everybody else's.
    ##
    ## at   the day
    ## org  one organisation's code; without it, all of them
    ##
    ## Ages are those on the day of the extract, whatever day is asked for.
    param at as date default 2015-03-31
    param org as text from organisations.organisation default missing

    from staff
    snapshot at $at
    where $org is missing or organisation = $org
    derive if band in "1".."4" then "Bands 1-4" else "Other bands" as level
    crosstab age_band by level percent of column
    """)
}
