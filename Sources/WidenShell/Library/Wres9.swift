extension LibraryScript {
  static let wres9 = LibraryScript(
    "wres_9",
    """
    ## WRES 9: the BME share of the most senior managers beside that of the whole workforce.
    ##
    ## at     the day
    ## board  the band that stands for the board, which the dataset does not list
    ## org    one organisation's code; without it, all of them
    ##
    ## The gap is the board's share minus the workforce's, in percentage points: below 0 the board is less
    ## diverse than its staff. Boards are small, so read the interval.
    param at as date default 2015-03-31
    param board as text from staff.band default "VSM"
    param org as text from organisations.organisation default missing

    from staff
    snapshot at $at
    where ethnicity is recorded and ($org is missing or organisation = $org)
    summarise rate bme where band = $board with interval as board, rate bme with interval as workforce
    derive 100 * (board - workforce) as gap_points
    """)
}
