internal import WidenShell

/// Opens the session behind the program.
func openShell(_ options: ShellOptions) throws(OpeningError) -> any Shell {
  try Session(options: options)
}
