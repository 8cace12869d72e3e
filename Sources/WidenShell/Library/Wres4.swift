extension LibraryScript {
  static let wres4 = LibraryScript(
    "wres_4",
    """
    ## WRES 4: how much likelier White staff take up non-mandatory training than BME staff.
    ##
    ## at    the day on which staff are in post
    ## year  the year in which it was completed
    ##
    ## 1 is parity; above 1 White staff are likelier, the direction in which it is published.
    param at as date default 2015-03-31
    param year as period default FY2014/15

    from staff
    snapshot at $at
    likelihood of any training where (mandatory = no and completed in $year)
      for ethnic_group "White" against "BME"
    """)
}
