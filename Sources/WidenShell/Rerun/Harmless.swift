internal import WidenLanguage

/// What a script may do that somebody else may have written: give things names.
extension PlacedStatement {
  /// The statement, if all that it does is to name something; it writes no file.
  var onlyNaming: PlacedStatement? {
    switch statement {
    case .param, .define: return self
    case .let(_, .value): return self
    case .let(let name, .query(let query)):
      if query.lowersProtection { return nil }
      var naming = self
      naming.statement = .let(name, .query(query.withoutExports))
      return naming
    case .query, .load, .run, .export, .set, .show, .explain, .save, .help, .back, .quit, .compare,
      .why, .report:
      return nil
    }
  }
}

extension Query {
  /// The query without what it writes to files.
  var withoutExports: Query {
    var query = self
    query.steps.removeAll { if case .export = $0.step { true } else { false } }
    return query
  }

  /// Whether it asks for less protection than holds, and gives a reason.
  var lowersProtection: Bool {
    steps.contains { placed in
      if case .protect(let step) = placed.step { step.reason != nil } else { false }
    }
  }
}
