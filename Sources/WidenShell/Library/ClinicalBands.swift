extension LibraryScript {
  static let clinicalBands = LibraryScript(
    "clinical_bands",
    """
    ## BME in each band, clinical and not clinical: of those known, and of all.
    ##
    ## at   the day
    ## org  one organisation's code; without it, all of them
    ##
    ## Administrative and estates staff are not clinical; everybody else is.
    param at as date default 2015-03-31
    param org as text from organisations.organisation default missing

    from staff
    snapshot at $at
    where $org is missing or organisation = $org
    derive if clinical then "Clinical" else "Not clinical" as work
    summarise rate bme among ethnicity is recorded as of_known, rate bme as of_all by work, band
    """)
}
