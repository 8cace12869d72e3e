extension LibraryScript {
  static let completions = LibraryScript(
    "completions",
    """
    ## Starts, participants and completions of each initiative.
    ##
    ## year  the financial year of the start; without it, all years
    ##
    ## A participant may start more than once; completions are of starts.
    param year as period default missing

    from participation
    where $year is missing or started in $year
    summarise count as starts, count distinct person_id as participants,
      count where outcome = "completed" as completions, rate outcome = "completed" as completed
      by initiative, initiative.name
    """)
}
