extension LibraryScript {
  static let participationStandardised = LibraryScript(
    "participation_standardised",
    """
    ## Participation of each ethnic group as it would be with the same ages everywhere.
    ##
    ## at  the day
    ##
    ## Compare rate, not crude, between groups: it takes away that one group is younger than another. A
    ## group with fewer than 10 participants has no standardised rate.
    param at as date default 2015-03-31

    from staff
    snapshot at $at
    standardise any participation over age_band using standard_population.people by ethnic_group
    """)
}
