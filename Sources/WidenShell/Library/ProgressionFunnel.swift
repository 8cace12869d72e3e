extension LibraryScript {
  static let progressionFunnel = LibraryScript(
    "progression_funnel",
    """
    ## Which organisations' progression rates lie outside the limits of chance?
    ##
    ## role         the role they had
    ## destination  where they went
    ##
    ## Small organisations have wide limits. Outside the 95 % limits is worth a question, outside the
    ## 99.8 % limits an answer; one in twenty lies outside the first by chance alone.
    param role as text from participation.role default "Healthcare assistant"
    param destination as text from participation.destination default "Registered nurse training"

    from participation
    where role = $role
    funnel destination = $destination by organisation
    chart
    """)
}
