extension LibraryScript {
  static let wdes2 = LibraryScript(
    "wdes_2",
    """
    ## WDES 2: how much likelier applicants without a disability are appointed from shortlisting than
    ## disabled applicants.
    ##
    ## org  one organisation's code; without it, all of them
    ##
    ## 1 is parity; above 1 applicants without a disability are likelier, the direction in which it is
    ## published. Those who have not declared are in neither group.
    param org as text from organisations.organisation default missing

    from applications
    where shortlisted and ($org is missing or organisation = $org)
    likelihood of appointed for disability "No" against "Yes" by organisation with total
    """)
}
