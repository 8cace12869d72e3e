extension LibraryScript {
  static let ethnicityByBand = LibraryScript(
    "ethnicity_by_band",
    """
    ## White, BME and not known in each band; then BME of those known, and of all (WRES 1).
    ##
    ## at   the day
    ## org  one organisation's code; without it, all of them
    ##
    ## The two percentages of BME differ by those whose ethnicity is missing or not stated.
    param at as date default 2015-03-31
    param org as text from organisations.organisation default missing

    from staff
    snapshot at $at
    where $org is missing or organisation = $org
    crosstab band by ethnic_group percent of row

    from staff
    snapshot at $at
    where $org is missing or organisation = $org
    summarise rate bme among ethnicity is recorded as of_known, rate bme as of_all by band
    """)
}
