extension HelpTopic {
  static let databases = HelpTopic(
    name: "databases",
    otherNames: ["postgresql", "postgres", "spark", "databricks", "server", "remote"],
    summary: "data that stay in a database",
    parts: [
      .text(
        """
        widen postgresql://user@host/workforce opens a PostgreSQL database,
        widen 'sc://host:15002/;database=workforce' one of a Spark cluster, and
        widen FOLDER --source ADDRESS one whose tables the folder describes, so that what is about
        people is protected. Queries and answers are the same as for files; the server makes the
        groups, and only figures travel. What it is asked is shown by explain:
        """),
      .example("explain from staff | where fte < 1 | count by band"),
      .text(
        """
        Rows come only when they are few, such as take 20. Ctrl-C stops the server's work, too.
        Passwords of PostgreSQL are kept in ~/.pgpass. The guide's page "Where the data are" tells
        the rest.
        """),
    ])
}
