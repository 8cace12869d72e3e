extension LibraryScript {
  static let wres2 = LibraryScript(
    "wres_2",
    """
    ## WRES 2: how much likelier White applicants are appointed from shortlisting than BME applicants.
    ##
    ## org  one organisation's code; without it, all of them
    ##
    ## 1 is parity; above 1 White applicants are likelier, the direction in which it is published. While
    ## the interval holds 1 the difference may be chance, however large the ratio or the four-fifths rule
    ## makes it look.
    param org as text from organisations.organisation default missing

    from applications
    where shortlisted and ($org is missing or organisation = $org)
    likelihood of appointed for ethnic_group "White" against "BME" by organisation with total
    """)
}
