/// Why a figure cannot be computed: which input is wrong, and what it has to be.
public enum StatisticsError: Error, Hashable, Sendable {
  /// Not a number, or infinite.
  case notANumber(Argument)
  /// Below 0.
  case negative(Argument, Double)
  /// 0 or below.
  case notPositive(Argument, Double)
  /// Counts people or events, and has a fraction.
  case notWhole(Argument, Double)
  /// A part that is greater than its whole.
  case moreThan(Argument, Double, whole: Quantity, Double)
  /// Not in a closed range.
  case outside(Argument, Double, low: Double, high: Double)
  /// On or beyond the end of an open range.
  case notBetween(Argument, Double, low: Double, high: Double)
  /// Fewer than the method needs.
  case tooFew(Quantity, Int, needed: Int)
  /// More than the method can take.
  case tooMany(Quantity, Int, allowed: Int)
  /// Two lists that go together have different lengths.
  case unequalLengths(Quantity, Int, Quantity, Int)
  /// All of them are 0, so there is nothing to divide by.
  case allZero(Quantity)
}

/// What an input is the number of.
public enum Quantity: String, Hashable, Sendable, CaseIterable {
  case averagePeople = "average number of people"
  case benchmark = "share of the benchmark"
  case cells = "cells"
  case columns = "columns"
  case confidence = "level of confidence"
  case degreesOfFreedom = "number of degrees of freedom"
  case events = "number of events"
  case expectedEvents = "number of expected events"
  case groups = "groups"
  case joiners = "number of joiners"
  case leavers = "number of leavers"
  case mean = "mean"
  case moves = "number of moves"
  case multiplier = "multiplier"
  case overdispersion = "factor of overdispersion"
  case people = "number of people"
  case points = "points"
  case pooledShare = "pooled share"
  case population = "population"
  case probability = "probability"
  case quantiles = "quantiles"
  case ranks = "place in the order"
  case referenceEvents = "number of events in the reference population"
  case referencePopulation = "reference population"
  case repetitions = "number of repetitions"
  case rows = "rows"
  case score = "score"
  case scores = "scores"
  case standardError = "standard error"
  case state = "state"
  case states = "states"
  case strata = "strata"
  case trials = "number of trials"
  case value = "value"
  case values = "values"
  case weight = "weight"
  case years = "number of years"
}

/// An input of a function: what it is and, in a list, where it stands.
public struct Argument: Hashable, Sendable {
  /// What it is.
  public var quantity: Quantity
  /// Its place in its list, from 1.
  public var row: Int?

  /// An input, with its place from 1 if it stands in a list.
  public init(_ quantity: Quantity, row: Int? = nil) {
    self.quantity = quantity
    self.row = row
  }
}

extension StatisticsError: CustomStringConvertible {
  /// The sentence that says which input is wrong and what it has to be.
  public var description: String {
    switch self {
    case .notANumber(let argument): "the \(argument) is not a finite number"
    case .negative(let argument, let value):
      "the \(argument) is \(written(value)); it must be 0 or more"
    case .notPositive(let argument, let value):
      "the \(argument) is \(written(value)); it must be more than 0"
    case .notWhole(let argument, let value):
      "the \(argument) is \(written(value)); it must be a whole number"
    case .moreThan(let argument, let value, let whole, let limit):
      "the \(argument) is \(written(value)), which is more than the \(whole.rawValue), "
        + written(limit)
    case .outside(let argument, let value, let low, let high):
      "the \(argument) is \(written(value)); it must be from \(written(low)) to \(written(high))"
    case .notBetween(let argument, let value, let low, let high):
      "the \(argument) is \(written(value)); it must be between \(written(low)) and "
        + written(high)
    case .tooFew(let quantity, let count, let needed):
      "the number of \(quantity.rawValue) is \(count); it must be \(needed) or more"
    case .tooMany(let quantity, let count, let allowed):
      "the number of \(quantity.rawValue) is \(count); it must be \(allowed) or less"
    case .unequalLengths(let first, let firstCount, let second, let secondCount):
      "the number of \(first.rawValue) is \(firstCount), and that of \(second.rawValue) "
        + "\(secondCount); they must be equal"
    case .allZero(let quantity): "every \(quantity.rawValue) is 0"
    }
  }
}

extension Argument: CustomStringConvertible {
  /// The name and the place.
  public var description: String {
    row.map { "\(quantity.rawValue) of row \($0)" } ?? quantity.rawValue
  }
}

/// A number as people write it: without a fraction of zero.
private func written(_ value: Double) -> String {
  Int(exactly: value).map(String.init) ?? String(describing: value)
}
