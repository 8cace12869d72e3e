extension LibraryScript {
  static let seniorParity = LibraryScript(
    "senior_parity",
    """
    ## Model Employer: when does the BME share from a band upwards equal that of the whole workforce?
    ##
    ## year   the year whose joiners, leavers and moves are taken to go on
    ## band   the lowest band that counts
    ## until  the last year
    ##
    ## The gap is in percentage points: 0 is parity. The notes say when it is reached, how many more
    ## appointments a year would do it by the last year, and what is taken for granted.
    param year as period default FY2014/15
    param band as text from staff.band default "8a"
    param until as number default 2028

    from staff
    where ethnicity is recorded
    parity of bme among band >= $band over $year until $until
    """)
}
