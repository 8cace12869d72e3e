import WidenLanguage

/// Who took part in what, found by walking through the posts once.
struct Participation {
  /// The row of the post in `staff`.
  private(set) var posts: [UInt32] = []
  /// Index into `Sample.initiatives`.
  private(set) var initiatives: [UInt8] = []
  /// Days since 1 January 1970.
  private(set) var starts: [Int32] = []
  /// The same; 0 while it goes on.
  private(set) var ends: [Int32] = []
  /// Index into `Sample.outcomes`, plus 1.
  private(set) var outcomes: [UInt8] = []
  /// Index into `Sample.destinations`, plus 1; 0 unless completed.
  private(set) var destinations: [UInt8] = []
  /// Index into `Sample.bands`, plus 1; 0 where the destination has no band yet.
  private(set) var bands: [UInt8] = []

  private enum Outcome: UInt8 {
    case completed = 1
    case withdrawn, inProgress
  }

  init(_ staff: Sample.Staff) {
    let offers = ParticipationOffers(staff)
    let rows = staff.posts.rows
    let course = Courses()
    posts.reserveCapacity(rows / 6)
    let (joined, left) = (staff.posts.joined.elements, staff.posts.left.elements)
    let (band, organisation) = (staff.posts.band.elements, staff.posts.organisation.elements)
    defer { withExtendedLifetime(staff) {} }
    for row in 0..<rows where offers.isEligible(row) {
      let end =
        left[row] > 0 ? Sample.firstLeavingDay + Int(left[row]) - 1 : Int.max
      offers.forEach(row) { offer in
        guard offer.day >= Int(joined[row]), offer.day < end, offer.day <= Sample.extractDay else {
          return
        }
        add(
          row, offer, leaving: end, band: band[row], organisation: Int(organisation[row]), course)
      }
    }
  }

  /// The dice and chances of everything that may follow a start.
  private struct Courses {
    let courses = Sample.courses
    let chance = Chance(.outcome)
    /// For each initiative the destinations of each organisation.
    let destinations: Dice

    init() {
      let factors = Sample.organisations.map { Sample.nurseTrainingPercent[$0.code] ?? 100 }
      destinations = Dice(
        Sample.courses.flatMap { course in
          factors.map { factor in
            course.destinations.enumerated().map {
              $0.offset == 0 ? $0.element * factor : $0.element * 100
            }
          }
        }, bits: 8)
    }
  }

  private mutating func add(
    _ row: Int, _ offer: ParticipationOffers.Offer, leaving: Int, band: UInt8, organisation: Int,
    _ all: Courses
  ) {
    let course = all.courses[offer.initiative]
    let random = all.chance[row &* 4 &+ offer.family]
    let planned = offer.day + course.days + random.below(course.spread, bit: 0)
    var end = planned
    var outcome = Outcome.completed
    if !random.isAmong(course.completed, bit: 16) {
      outcome = .withdrawn
      end = offer.day + (course.days > 0 ? 10 + random.below(course.days * 4 / 5, bit: 0) : 0)
    }
    if end > leaving {
      outcome = .withdrawn
      end = leaving
    }
    if end > Sample.extractDay {
      outcome = .inProgress
      end = 0
    }
    posts.append(UInt32(row))
    initiatives.append(UInt8(offer.initiative))
    starts.append(Int32(offer.day))
    ends.append(Int32(end))
    outcomes.append(outcome.rawValue)
    let isRecorded = outcome == .completed && !course.destinations.isEmpty
    let die = offer.initiative * Sample.organisations.count + organisation - 1
    let destination = isRecorded ? all.destinations(die, random, bit: 32) + 1 : 0
    destinations.append(UInt8(destination))
    bands.append(Participation.band(after: destination, from: band))
  }

  /// The band of the post that a destination leads to.
  private static func band(after destination: Int, from band: UInt8) -> UInt8 {
    switch destination {
    case 2: UInt8(Sample.Band.four.rawValue + 1)
    case 4: band + 1
    case 5: band
    case 0, 1, 3: 0
    default: 0
    }
  }
}
