import Testing
import WidenStatistics

@Suite("What cannot be computed")
struct ErrorTests {
  @Test func proportions() {
    check(error: "the number of events is 12, which is more than the number of people, 10") {
      try Proportion(events: 12, people: 10)
    }
    check(error: "the number of events is -1; it must be 0 or more") {
      try Proportion(events: -1, people: 10)
    }
    check(error: "the number of people is 0; it must be more than 0") {
      try Proportion(events: 0, people: 0)
    }
    check(error: "the number of people of row 3 is not a finite number") {
      try Proportion(events: 0, people: .nan, row: 3)
    }
    check(error: "the level of confidence is 95; it must be between 0 and 1") {
      try Confidence(95)
    }
  }

  @Test func counts() {
    check(error: "the number of events is -0.5; it must be 0 or more") {
      try byarInterval(events: -0.5)
    }
    check(error: "the number of events is 1e+30; it must be from 0 to 100000000000") {
      try exactPoissonInterval(events: 1e30)
    }
    check(error: "the multiplier is 0; it must be more than 0") {
      try rate(events: 1, people: 1, per: 0)
    }
    check(error: "the number of values is 0; it must be 1 or more") { try percentile(0.5, of: []) }
    check(error: "the value of row 2 is not a finite number") {
      try percentile(0.5, of: [1, .infinity])
    }
    check(error: "the place in the order is 2; it must be from 0 to 1") {
      try percentile(2, of: [1])
    }
    check(error: "the probability is 1; it must be between 0 and 1") {
      try percentileRanks(1, count: 5)
    }
    check(error: "the probability is 0; it must be between 0 and 1") {
      try NormalDistribution.quantile(0)
    }
    check(error: "the number of trials is -1; it must be from 0 to 1000000000000") {
      try BinomialDistribution(trials: -1, probability: 0.5)
    }
    check(error: "the number of degrees of freedom is 0; it must be more than 0") {
      try ChiSquaredDistribution(degreesOfFreedom: 0)
    }
  }

  @Test func standardisation() {
    check(error: "the number of strata is 0; it must be 1 or more") {
      try directlyStandardisedRate([Stratum](), per: 1)
    }
    check(error: "the number of people of row 2 is -2; it must be more than 0") {
      try directlyStandardisedRate(
        [
          Stratum(events: 1, people: 2, weight: 1), Stratum(events: 1, people: -2, weight: 1),
        ], per: 1)
    }
    check(error: "every weight is 0") {
      try directlyStandardisedRate([Stratum(events: 1, people: 2, weight: 0)], per: 1)
    }
    check(error: "every number of expected events is 0") {
      let empty = ReferenceStratum(people: 1, referenceEvents: 0, referencePeople: 1)
      return try indirectlyStandardisedRatio(observed: 1, [empty])
    }
  }

  @Test func comparisons() {
    check(error: "the number of events of row 1 is 1.5; it must be a whole number") {
      try fisherTest(
        try Proportion(events: 1.5, people: 4), try Proportion(events: 1, people: 4))
    }
    check(error: "the number of cells is 2, and that of columns 3; they must be equal") {
      try independenceTest([[1, 2, 3], [1, 2]])
    }
    check(error: "the number of columns is 1; it must be 2 or more") {
      try independenceTest([[1, 0], [2, 0]])
    }
    check(error: "the number of rows is 0; it must be 2 or more") { try independenceTest([]) }
    check(error: "the number of scores is 1, and that of groups 2; they must be equal") {
      let group = try Proportion(events: 1, people: 2)
      return try trendTest([group, group], scores: [1])
    }
    check(error: "the number of groups is 0; it must be 2 or more") { try fourFifths([]) }
    check(error: "the share of the benchmark is 40; it must be from 0 to 1") {
      try representation(of: try Proportion(events: 1, people: 2), benchmark: 40)
    }
    check(error: "the number of people of row 2 is -1; it must be 0 or more") {
      try disparityRatios(
        of: TierCounts(lower: 1, middle: 1, upper: 1),
        against: TierCounts(lower: 1, middle: -1, upper: 1))
    }
  }

  @Test func chartsAndInequality() {
    let fifth = InequalityQuantile(population: 1, value: 0, standardError: 1)
    check(error: "the number of quantiles is 4; it must be 5 or more") {
      try inequality(across: Array(repeating: fifth, count: 4))
    }
    check(error: "the number of quantiles is 101; it must be 100 or less") {
      try inequality(across: Array(repeating: fifth, count: 101))
    }
    check(error: "the value of row 1 is 0; it must be between 0 and 1") {
      try inequality(across: Array(repeating: fifth, count: 5), scale: .logistic)
    }
    check(error: "the number of repetitions is 5; it must be from 100 to 10000000") {
      try inequality(
        across: Array(repeating: fifth, count: 5), .ninetyFive, Simulation(repetitions: 5))
    }
    check(error: "the number of groups is 0; it must be 1 or more") { try funnel([]) }
    check(error: "the number of points is 1; it must be 2 or more") { try controlChart([1]) }
    check(error: "the number of points is 5; it must be 3 or less") {
      try controlChart([1, 2, 3], baselineCount: 5)
    }
    check(error: "the value of row 2 is not a finite number") { try controlChart([1, .nan]) }
  }

  @Test func projections() {
    let state = WorkforceState(people: 10, joiners: 1, leavers: 6)
    check(error: "the state of row 1 is 1; it must be from 0 to 0") {
      try Workforce(states: [state], moves: [WorkforceMove(from: 0, to: 1, people: 2)])
    }
    check(
      error: "the number of leavers of row 1 is 11, which is more than the average number of "
        + "people, 10"
    ) {
      try Workforce(states: [state, state], moves: [WorkforceMove(from: 0, to: 1, people: 5)])
    }
    check(error: "the number of years is 0; it must be from 1 to 100") {
      let all = StateShare(part: [0], of: [0])
      return try parityProjection(
        try Workforce(states: [state], moves: []), share: all, target: all, years: 0)
    }
  }
}
