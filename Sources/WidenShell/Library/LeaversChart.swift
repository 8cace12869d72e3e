extension LibraryScript {
  static let leaversChart = LibraryScript(
    "leavers_chart",
    """
    ## Leavers of one role month by month: what is more than ordinary variation?
    ##
    ## role   the role
    ## until  the month before the initiative; limits come from the months up to it
    ##
    ## A cause says which rule a month breaks. Months after the baseline that all lie below the centre show
    ## that something has changed; the chart does not say what.
    param role as text from staff.role default "Healthcare assistant"
    param until as month default 2014-09

    from staff
    where role = $role and left is recorded
    control count over month(left) as month baseline until $until
    chart
    """)
}
