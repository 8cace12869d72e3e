internal import WidenShell

/// The version of the program.
enum Version {
  static let number = WidenShell.version
}

/// Help for the command line; help for the language is the session's.
enum HelpText {
  static let program = """
    widen answers questions about workforce data.

      widen [DATASET …]            the shell; without DATASET, on the bundled sample
      widen -c 'QUERY' [DATASET …]  run and leave
      widen run SCRIPT             run a saved script
      widen check SCRIPT …         look for mistakes in scripts without running them
      widen format SCRIPT …        lay scripts out, comments kept
      widen init FOLDER            write the sample as a template for a dataset of one's own
      widen pipe [DATASET …]       queries from a program, answers in JSON
      widen rerun FILE             make an export again, and tell what moved since and why
      widen help TOPIC             explain a step, a function or a topic
      widen completion SHELL       print a completion script for bash, zsh or fish
      widen manual                 print the manual page

    DATASET is a folder, a datapackage.json, data files, or the address of a database: of PostgreSQL,
    postgresql://user@host:5432/workforce, or of Spark, sc://host:15002/;database=workforce. Without
    a terminal on standard input, the script that comes through it is run.

      -c QUERY                     several statements may be given, and -c several times
      --format FORMAT              \(formats)
      --output FILE                write results to FILE, whole or not at all, and a manifest beside
                                   it; its ending names the format, and a .xlsx workbook holds all
                                   results, a sheet each
      --report FILE                all results on one page, with the lines that start with ## as its
                                   text; or in a workbook, when FILE ends in .xlsx
      --overwrite                  let --output and exports replace files that widen did not write,
                                   or that were changed since
      --sample N                   the sample with N posts now filled
      --empty                      no dataset
      --source ADDRESS             the database that holds the rows of the tables that DATASET
                                   describes; what is about people there is protected
      --no-cache                   read large files anew; else a private copy of their columns is
                                   kept in ~/.cache/widen and opened in milliseconds, while the
                                   files do not change (2 GiB at most; WIDEN_NO_CACHE=1 is the same)
      --no-config                  leave ~/.config/widen/config.widen unread, which a shell at a
                                   terminal runs first; scripts, -c and widen pipe never read it
      --color WHEN                 auto, always or never
      --version, --help

    It ends with 0 when all went well, 1 after an error in a query or in the data, 2 when it
    was called wrongly, 3 when disclosure control withheld a result, 130 when stopped.

      widen -c 'from staff | count by ethnicity | share'
      widen --sample 20000
      widen -c 'from staff | count by band' --output bands.csv

    """

  static let run = """
    widen run SCRIPT [-p NAME=VALUE …]    run a saved script; SCRIPT may be - for standard input
    widen run SCRIPT --help               what the script does and which parameters it takes

      -p NAME=VALUE                a parameter of the script
      --data DATASET               a folder, a datapackage.json or a data file; may be repeated
      --format FORMAT              \(formats)
      --output FILE                write results to FILE, whole or not at all
      --report FILE                all results on one page, with the ## lines of the script as its text
      --overwrite, --sample N, --empty, --source ADDRESS, --no-cache, --color WHEN
                                   as in widen --help

    """

  static let check = """
    widen check SCRIPT …           look for mistakes in scripts without running them

      --data DATASET               check against this dataset; may be repeated
      --sample N, --empty, --source ADDRESS, --no-cache, --color WHEN    as in widen --help

    """

  static let format = """
    widen format SCRIPT …          lay scripts out: one kind of spacing, a step a line where a query
                                   is long; comments are kept; - stands for standard input

      --check                      write nothing, and name the scripts that would change

    """

  static let initialise = """
    widen init FOLDER              write the sample as a template for a dataset of one's own

    FOLDER is new or empty. It gets a CSV file for each table, their description in
    datapackage.json, named groups in definitions.widen and a README. widen FOLDER opens it.

      --sample N                   the sample with N posts now filled

    """

  static let pipe = """
    widen pipe [DATASET …]         answer queries from a program

    Each line of standard input is a statement, or an object such as
      {"query": "from staff | count by band", "parameters": {"org": "RX1"}, "rows": true}
    Each is answered by one line of standard output,
      {"ok":true,"columns":[{"name":…,"type":…}],"rows":[[…]],"row_count":…,"notes":[…],
       "milliseconds":…,"cpu_milliseconds":…}
    or
      {"ok":false,"errors":[{"message":…,"line":…,"column":…,"length":…,"suggestion":…}]}

      --sample N, --empty, --source ADDRESS, --no-cache    as in widen --help

    """

  static let rerun = """
    widen rerun FILE               make an export again, and tell what moved since and why

    FILE is what export, --output or --report wrote, or the manifest beside it. Its queries are run
    again with the parameters, the data and the policy that they had, and it says 'same', or which
    figures moved, by how much, and whether the data, a definition or widen changed.

      --data DATASET               the data, where they are no longer where they were; may be repeated
      --no-cache, --color WHEN     as in widen --help

    It ends with 0 when all is as it was written, and with 1 when not, or when it cannot be run.

      widen -c 'from staff | count by band' --output bands.csv
      widen rerun bands.csv

    """

  static let completion = """
    widen completion bash|zsh|fish    print a completion script

      bash    source <(widen completion bash)         in ~/.bashrc
      zsh     source <(widen completion zsh)          in ~/.zshrc, after compinit
      fish    widen completion fish | source          in ~/.config/fish/config.fish

    """

  static let manual = """
    widen manual                   print the manual page: widen manual | man -l -

    """

  private static let formats = "table, csv, tsv, json, ndjson, markdown or html"
}
