extension LibraryScript {
  static let deprivationGap = LibraryScript(
    "deprivation_gap",
    """
    ## Participation of bands 1 to 4 by deprivation of where they live: slope and relative index.
    ##
    ## at  the day
    ##
    ## Quintile 1 is the most deprived. First the five rates; then the slope, the difference in points
    ## between the two ends of the line through them: below 0 the most deprived take part more. A relative
    ## index of 1 is no difference.
    param at as date default 2015-03-31

    from staff
    snapshot at $at
    where band <= "4"
    summarise rate any participation with interval by imd_quintile

    from staff
    snapshot at $at
    where band <= "4"
    inequality of rate any participation across imd_quintile
    """)
}
