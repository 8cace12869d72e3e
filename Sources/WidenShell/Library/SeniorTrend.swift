extension LibraryScript {
  static let seniorTrend = LibraryScript(
    "senior_trend",
    """
    ## BME staff from a band upwards, year by year: is the change more than chance?
    ##
    ## years  the financial years, each at its last day
    ## band   the lowest band that counts
    ##
    ## The change is in percentage points since the year before. p is the chance of a difference as great
    ## if nothing had changed; below 0.05 it is usually taken to be more than chance.
    param years as period default FY2012/13..FY2014/15
    param band as text from staff.band default "8a"

    from staff
    snapshot each fy in $years
    where band >= $band
    summarise rate bme among ethnicity is recorded with interval by snapshot as year
    change of rate over year with test
    """)
}
