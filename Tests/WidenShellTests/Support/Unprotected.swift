import WidenStatistics

@testable import WidenShell

/// A session whose figures leave as they are, for tests that compare them with other computations.
func unprotected(_ options: ShellOptions) throws -> Session {
  let session = try Session(options: options)
  session.state.settings.policy = .none
  session.state.settings.policyReason = "a test"
  return session
}
