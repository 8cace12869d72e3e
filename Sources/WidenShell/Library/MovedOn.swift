extension LibraryScript {
  static let movedOn = LibraryScript(
    "moved_on",
    """
    ## Healthcare assistants who moved on to registered nurse training, by programme and provider.
    ##
    ## role         the role at the start
    ## destination  what they moved on to
    param role as text from participation.role default "Healthcare assistant"
    param destination as text from participation.destination default "Registered nurse training"

    from participation
    where role = $role and destination = $destination
    count distinct person_id as people by initiative, initiative.name, initiative.provider
    sort people desc, initiative
    """)
}
