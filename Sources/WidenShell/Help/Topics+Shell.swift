extension HelpTopic {
  static let with = HelpTopic(
    name: "with", summary: "what may be added with it",
    parts: [
      .rows([
        ("share with interval", "how far chance may move it; help interval"),
        ("summarise mean x with interval", "the same for counts, means and rates"),
        ("change … with test", "whether a change is more than chance"),
        ("likelihood … by A with total", "a row for all groups together"),
        ("funnel … with overdispersion", "wider limits, for rates that vary by themselves"),
        ("starts with \"N\"", "the beginning of a text; ends with its end"),
        ("run \"script\" with org = \"RKE\"", "the parameters of a script"),
        ("load \"x.csv\" with …", "how a file is to be read; help load"),
        ("corr age with salary", "the correlation of two columns"),
      ]),
      .example("from staff | count by sex | share with interval"),
    ])

  static let charts = HelpTopic(
    name: "charts", otherNames: ["plot", "plots", "graph", "graphs", "draw", "picture"],
    summary: "a result drawn in the terminal, with its figures beside it",
    parts: [
      .rows([
        ("chart", "the kind that suits the result"),
        ("chart bar", "a bar for each group"),
        ("chart line", "over time, a line for each other group"),
        ("chart dot", "dots on one scale, with intervals and benchmarks"),
        ("chart heat", "a cross-tabulation, shaded"),
        ("chart funnel", "the result of funnel: rates and the limits of chance"),
        ("chart control", "the result of control: a figure over time and its limits"),
      ]),
      .text(
        "It is the last step of a query. Before it, keep few rows: top 10 by n. A missing figure is\n"
          + "drawn as ·, and one that is withheld as [c], never as nought."),
      .example("from staff | count by band | chart"),
      .example(
        "from participation | count as starts by fy(started) as year, initiative.kind"
          + "\n  chart line"),
      .example("from staff | crosstab cluster by ethnic_group percent of row | chart heat"),
    ])

  static let exporting = HelpTopic(
    name: "exporting",
    otherNames: [
      "exports", "files", "formats", "output", "csv", "writing", "file", "markdown", "parquet",
    ],
    summary: "results as files",
    parts: [
      .rows([
        ("… | export to \"bands.csv\"", "the result of a query, as its last step"),
        ("export last to \"bands.csv\"", "the latest result, or any table by its name"),
        (".csv .tsv .json .ndjson", "for programs: every row, values as they are, shares as parts"),
        (".parquet .sqlite", "for R, Python and databases"),
        (".md .html .xlsx", "for people: percentages and thousands as on the screen"),
        (".svg", "a drawing of the result"),
        ("for excel", "a .csv that Excel opens with its letters right"),
        ("overwrite", "a file that exists is kept unless this stands behind"),
        ("set format markdown", "results on the screen in that form"),
      ]),
      .text(
        """
        Beside each file a manifest says which query it came from, from which data and when. Small
        figures about people are withheld from files: help protection.
        In a terminal: widen -c 'from staff | count by band' --output bands.csv
        and, next year: widen rerun bands.csv, which tells what moved since, and why.
        """),
      .example("from staff | count by band | export to \"bands.csv\" overwrite"),
      .example("export last to \"bands.md\" overwrite"),
    ])

  static let protection = HelpTopic(
    name: "protection",
    otherNames: ["disclosure", "confidential", "privacy", "suppression", "suppress", "rounding"],
    summary: "small figures about people, and what may leave",
    parts: [
      .rows([
        ("show policy", "which policy holds, and what it does"),
        ("[c] behind a figure", "it is shown here, and would be withheld from a file"),
        ("[c] alone", "it is withheld"),
        ("… | protect", "the result as it would leave"),
        ("set policy suppress", "another policy for this session"),
        ("set policy none because \"…\"", "less protection needs a reason, which is written down"),
      ]),
      .example("from staff | count by organisation, ethnicity | protect"),
    ])

  static let scripts = HelpTopic(
    name: "scripts", otherNames: ["script", "library", "parameters", "parameter", "cron"],
    summary: "questions that are asked again",
    parts: [
      .rows([
        ("save \"bands.widen\"", "the last query, with all that it needs, as a script"),
        ("run \"bands.widen\"", "runs it here"),
        ("run \"wres_2\" with org = \"RKE\"", "a script of the library, for one organisation"),
        ("show library", "the scripts that come with widen; help wres_2 shows one's card"),
      ]),
      .text(
        """
        A script is text: statements and queries, a step a line. Lines at its head that start with
        ## are its help; param declares what it is given; # starts a comment. In a terminal:

            widen run bands.widen            widen run headcount --help
            widen check bands.widen          widen format bands.widen
        """),
      .example("run \"headcount\""),
      .example(
        "param org as text from organisations.organisation default \"RKE\"\n"
          + "from staff | where organisation = $org | count by band"),
    ])

  static let editing = HelpTopic(
    name: "editing", otherNames: ["keyboard", "shortcuts", "completion", "history", "tab"],
    summary: "keys at the prompt",
    parts: [
      .rows([
        ("Tab", "what may come next: steps, columns, values with their counts"),
        ("Return", "runs the query; in an unfinished one it starts a new line"),
        ("Up, Down", "earlier queries, whole; in a query of several lines, its lines"),
        ("Ctrl-R", "searches them"),
        ("Ctrl-A, Ctrl-E", "to the start, to the end; Alt-B and Alt-F a word at a time"),
        ("Ctrl-W, Ctrl-U, Ctrl-Y", "takes a word or the line away, and gives it back"),
        ("Ctrl-C", "gives up the line, or stops the query that runs"),
        ("Ctrl-D", "leaves; so does quit"),
        ("a space in front", "keeps a line out of the history"),
      ]),
      .text(
        "The keys are readline's: ~/.inputrc changes them, also for widen alone, between $if widen\n"
          + "and $endif."),
    ])

  static let configuration = HelpTopic(
    name: "configuration",
    otherNames: ["config", "startup", "preferences", "colour", "colours", "color"],
    summary: "what is done at the start of every shell",
    parts: [
      .text(
        """
        A shell at a terminal first runs ~/.config/widen/config.widen, or widen/config.widen in
        $XDG_CONFIG_HOME: settings, definitions, names. Scripts, -c and widen pipe never read it,
        so that they give the same everywhere; neither does widen --no-config. It cannot lower
        the protection that a dataset asks for.
        """),
      .example("set rows 20"),
      .example("set timing on"),
      .example("define staff.older as age >= 55"),
      .text(
        """
        The environment counts too: PAGER shows what is longer than the screen (set pager off),
        NO_COLOR takes the colours away, and ACCESSIBLE=1, or set accessible on, writes sentences
        for those who listen. help settings lists all settings.
        """),
    ])
}
