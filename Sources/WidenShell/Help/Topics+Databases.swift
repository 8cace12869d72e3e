extension HelpTopic {
  static let databases = HelpTopic(
    name: "databases", otherNames: ["postgresql", "postgres", "server", "remote"],
    summary: "data that stay in a database",
    parts: [
      .text(
        """
        widen postgresql://user@host/workforce opens a PostgreSQL database, and
        widen FOLDER --source postgresql://… one whose tables the folder describes, so that what
        is about people is protected. Queries and answers are the same as for files; the server
        makes the groups, and only figures travel. What it is asked is shown by explain:
        """),
      .example("explain from staff | where fte < 1 | count by band"),
      .text(
        """
        Rows come only when they are few, such as take 20. Ctrl-C stops the server's work, too.
        Passwords are kept in ~/.pgpass. The guide's page "Where the data are" tells the rest.
        """),
    ])
}
