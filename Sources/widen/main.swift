internal import Glibc
internal import WidenShell

reserveStandardDescriptors()
signal(SIGPIPE, SIG_IGN)
exit(Program().run(Array(CommandLine.arguments.dropFirst())).rawValue)
