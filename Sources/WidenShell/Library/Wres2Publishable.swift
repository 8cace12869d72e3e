extension LibraryScript {
  static let wres2Publishable = LibraryScript(
    "wres_2_publishable",
    """
    ## WRES 2 for organisations large enough to be published: no small counts.
    ##
    ## least  how many shortlisted people each group must have, and how many of each appointed or not
    ##
    ## Organisations below that are left out, and so is the total, from which they could be told. Read it
    ## as wres_2: above 1 White applicants are likelier to be appointed.
    param least as number default 10

    from applications
    where shortlisted
    likelihood of appointed for ethnic_group "White" against "BME" by organisation
    where rate_for.numerator >= $least and rate_against.numerator >= $least
      and rate_for.denominator - rate_for.numerator >= $least
      and rate_against.denominator - rate_against.numerator >= $least
    """)
}
