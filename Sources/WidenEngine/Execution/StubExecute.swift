public import WidenLanguage

public func execute(_ plan: Plan, in context: ExecutionContext) throws -> Answer {
  throw ExecutionError.cancelled
}
