// What an input has to be. Each check returns the value it has seen, so that it reads as one step.

/// Any finite number.
@discardableResult
func finite(_ value: Double, _ argument: Argument) throws(StatisticsError) -> Double {
  guard value.isFinite else { throw .notANumber(argument) }
  return value
}

/// A finite number of 0 or more.
@discardableResult
func notNegative(_ value: Double, _ argument: Argument) throws(StatisticsError) -> Double {
  guard try finite(value, argument) >= 0 else { throw .negative(argument, value) }
  return value
}

/// A finite number above 0.
@discardableResult
func positive(_ value: Double, _ argument: Argument) throws(StatisticsError) -> Double {
  guard try finite(value, argument) > 0 else { throw .notPositive(argument, value) }
  return value
}

/// A number from one end of a range to the other, both included.
@discardableResult
func inside(_ range: ClosedRange<Double>, _ value: Double, _ argument: Argument)
  throws(StatisticsError) -> Double
{
  guard range.contains(try finite(value, argument)) else {
    throw .outside(argument, value, low: range.lowerBound, high: range.upperBound)
  }
  return value
}

/// A whole number of 0 or more that a table of counts can hold exactly.
@discardableResult
func whole(_ value: Double, _ argument: Argument) throws(StatisticsError) -> Double {
  try notNegative(value, argument)
  guard value <= largestParameter else {
    throw .outside(argument, value, low: 0, high: largestParameter)
  }
  guard value.rounded() == value else { throw .notWhole(argument, value) }
  return value
}

/// A list with as many members as the method needs.
func enough<Members: Collection>(_ members: Members, _ quantity: Quantity, needed: Int)
  throws(StatisticsError)
{
  guard members.count >= needed else {
    throw .tooFew(quantity, members.count, needed: needed)
  }
}

/// The greatest parameter of a distribution.
///
/// The work of an exact tail grows with the square root of the parameter; here it is still bearable.
let largestParameter = 1e12
