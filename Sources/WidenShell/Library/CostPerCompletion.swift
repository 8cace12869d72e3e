extension LibraryScript {
  static let costPerCompletion = LibraryScript(
    "cost_per_completion",
    """
    ## Cost of each completion and the share of starts completed, by kind of initiative.
    ##
    ## Funding is for an initiative's whole time. Those that have none, the frameworks, are left out.
    let funded = from initiatives
      | where funding is recorded
      | summarise sum funding as funding by kind
    from participation
    where initiative.funding is recorded
    summarise count as starts, count where outcome = "completed" as completions
      by initiative.kind as kind
    join funded on kind
    select kind, funding, starts, completions
    derive funding / completions as cost_per_completion, completions / starts as completion_rate
    sort cost_per_completion
    """)
}
