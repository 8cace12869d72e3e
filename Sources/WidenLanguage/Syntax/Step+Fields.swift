/// From the typed tree back to the parts that the printer lays out by the signature.
extension Step {
  /// The step's first word, as the language writes it.
  public var keyword: String { fields.word.rawValue }

  var fields: (word: StepWord, parts: Parts) {
    switch self {
    case .where(let condition): (.where, ["condition": .expression(condition)])
    case .derive(let columns): (.derive, ["columns": .named(columns)])
    case .select(let columns): (.select, ["columns": .paths(columns)])
    case .drop(let columns): (.drop, ["columns": .paths(columns)])
    case .rename(let columns): (.rename, ["columns": .renamings(columns)])
    case .recode(let step): (.recode, step.parts)
    case .count(let step): (.count, step.parts)
    case .summarise(let step):
      (
        .summarise,
        ["aggregates": .aggregates(step.aggregates), "keys": part(step.keys, Part.keys)]
      )
    case .share(let step): (.share, step.parts)
    case .crosstab(let step): (.crosstab, step.parts)
    case .compare(let step): (.compare, step.parts)
    case .snapshot(let step): (.snapshot, step.parts)
    case .change(let step): (.change, step.parts)
    case .likelihood(let step): (.likelihood, step.parts)
    case .standardise(let step): (.standardise, step.parts)
    case .inequality(let step): (.inequality, step.parts)
    case .funnel(let step): (.funnel, step.parts)
    case .control(let step): (.control, step.parts)
    case .parity(let step): (.parity, step.parts)
    case .top(let step): (.top, step.parts)
    case .bottom(let step): (.bottom, step.parts)
    case .join(let step): (.join, step.parts)
    case .sort(let orders): (.sort, ["order": .orders(orders)])
    case .take(let rows): (.take, ["rows": .count(rows)])
    case .distinct(let columns): (.distinct, ["columns": part(columns, Part.paths)])
    case .describe: (.describe, [:])
    case .chart(let kind): (.chart, ["kind": kind.map { .word($0.rawValue) }])
    case .protect(let step): (.protect, step.parts)
    case .keep(let name): (.keep, ["name": .name(name)])
    case .export(let target): (.export, target.parts)
    }
  }
}

extension RecodeStep {
  fileprivate var parts: Parts {
    ["column": .path(column), "rules": .rules(rules), "name": .name(name)]
  }
}

extension CountStep {
  fileprivate var parts: Parts {
    [
      "distinct": distinct.map(Part.path), "name": name.map(Part.name),
      "keys": part(keys, Part.keys),
    ]
  }
}

extension ShareStep {
  fileprivate var parts: Parts {
    [
      "value": value.map(Part.name), "within": part(within, Part.paths),
      "excluding": part(excluding, Part.expressions), "interval": interval.map(Part.interval),
      "name": name.map(Part.name),
    ]
  }
}

extension CrosstabStep {
  fileprivate var parts: Parts {
    [
      "rows": .key(rows), "columns": .key(columns), "aggregate": aggregate.map(Part.aggregate),
      "percent": percent.map { .word($0.rawValue) }, "without_totals": flag(withoutTotals),
    ]
  }
}

extension CompareStep {
  fileprivate var parts: Parts {
    [
      "benchmark": .name(benchmark), "on": .paths(on), "using": using.map(Part.path),
      "within": part(within, Part.paths), "matching": part(matching, Part.matches),
      "through": through.map(Part.name), "weight": weight.map(Part.path),
      "interval": interval.map(Part.interval),
    ]
  }
}

extension SnapshotStep {
  fileprivate var parts: Parts {
    switch self {
    case .at(let date): ["at": .expression(date)]
    case .each(let unit, let range): ["each": .word(unit.rawValue), "in": .member(range)]
    }
  }
}

extension ChangeStep {
  fileprivate var parts: Parts {
    [
      "value": .name(value), "over": .path(over), "baseline": baseline.map(Part.expression),
      "within": part(within, Part.paths), "with_test": flag(withTest),
    ]
  }
}

extension LikelihoodStep {
  fileprivate var parts: Parts {
    [
      "event": .expression(event), "column": .path(column), "group": .expression(group),
      "reference": .expression(reference), "counting": using.map(Part.path),
      "keys": part(keys, Part.keys), "with_total": flag(withTotal),
    ]
  }
}

extension StandardiseStep {
  fileprivate var parts: Parts {
    [
      "event": .expression(event), "base": base.map(Part.expression),
      "counting": using.map(Part.path), "over": .path(over), "standard": .path(standard),
      "keys": part(keys, Part.keys),
    ]
  }
}

extension InequalityStep {
  fileprivate var parts: Parts {
    ["aggregate": .aggregate(aggregate), "across": .path(across), "keys": part(keys, Part.keys)]
  }
}

extension FunnelStep {
  fileprivate var parts: Parts {
    [
      "event": .expression(event), "base": base.map(Part.expression),
      "counting": using.map(Part.path), "keys": .keys(keys),
      "with_overdispersion": flag(withOverdispersion),
    ]
  }
}

extension ControlStep {
  fileprivate var parts: Parts {
    ["aggregate": .aggregate(aggregate), "over": .key(over), "until": until.map(Part.expression)]
  }
}

extension ParityStep {
  fileprivate var parts: Parts {
    [
      "event": .expression(event), "base": .expression(base), "year": .expression(year),
      "until": .expression(until),
    ]
  }
}

extension TopStep {
  fileprivate var parts: Parts {
    ["rows": .count(rows), "by": .path(by), "within": part(within, Part.paths)]
  }
}

extension JoinStep {
  fileprivate var parts: Parts {
    [
      "table": .name(table), "on": .paths(on), "unmatched": unmatched.map { .word($0.rawValue) },
    ]
  }
}

extension ProtectStep {
  fileprivate var parts: Parts {
    ["policy": policy.map(Part.name), "reason": reason.map { .text($0, .none) }]
  }
}

extension ExportTarget {
  var parts: Parts {
    [
      "file": .text(file, place), "for_excel": flag(forExcel), "overwrite": flag(overwrite),
    ]
  }
}
