extension LibraryScript {
  static let wdes3 = LibraryScript(
    "wdes_3",
    """
    ## WDES 3: how much likelier disabled staff enter the formal capability process than other staff.
    ##
    ## at    the day on which staff are in post
    ## year  the year in which the process was opened
    ##
    ## 1 is parity; above 1 disabled staff are likelier, the direction in which it is published. Those who
    ## have not declared are in neither group.
    param at as date default 2015-03-31
    param year as period default FY2014/15

    from staff
    snapshot at $at
    likelihood of any cases where (kind = "capability" and opened in $year)
      for disability "Yes" against "No"
    """)
}
