extension LibraryScript {
  static let wres3 = LibraryScript(
    "wres_3",
    """
    ## WRES 3: how much likelier BME staff enter the formal disciplinary process than White staff.
    ##
    ## at    the day on which staff are in post
    ## year  the year in which the process was opened
    ##
    ## 1 is parity; above 1 BME staff are likelier, the direction in which it is published. Few cases give
    ## a wide interval: while it holds 1 the difference may be chance.
    param at as date default 2015-03-31
    param year as period default FY2014/15

    from staff
    snapshot at $at
    likelihood of any cases where (kind = "disciplinary" and opened in $year)
      for ethnic_group "BME" against "White"
    """)
}
