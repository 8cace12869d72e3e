extension LibraryScript {
  static let costPerCompletion = LibraryScript(
    "cost_per_completion",
    """
    ## Cost of each completion and the share of starts completed, by kind of initiative.
    ##
    ## Funding is for an initiative's whole time. Those that have none, the frameworks, are left out.
    from initiatives
    where funding is recorded
    derive count participation as starts,
      (count participation where outcome = "completed") as completions
    summarise sum funding as funding, sum starts as starts, sum completions as completions by kind
    derive funding / completions as cost_per_completion, completions / starts as completion_rate
    sort cost_per_completion
    """)
}
