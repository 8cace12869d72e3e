extension LibraryScript {
  static let wdes10 = LibraryScript(
    "wdes_10",
    """
    ## WDES 10: the share of disabled people among the most senior managers beside that of all staff.
    ##
    ## at     the day
    ## board  the band that stands for the board, which the dataset does not list
    ##
    ## Shares are of those who have declared either way. The gap is the board's share minus the
    ## workforce's, in percentage points: below 0 fewer of the board are disabled.
    param at as date default 2015-03-31
    param board as text from staff.band default "VSM"

    from staff
    snapshot at $at
    where disability in ("Yes", "No")
    summarise rate disability = "Yes" where band = $board with interval as board,
      rate disability = "Yes" with interval as workforce
    derive 100 * (board - workforce) as gap_points
    """)
}
