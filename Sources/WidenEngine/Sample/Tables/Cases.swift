/// The formal processes that the holders of posts entered, in the order of the posts.
struct Cases {
  /// The row of the post in `staff`.
  private(set) var posts: [UInt32] = []
  /// Index into `Sample.processes`, plus 1.
  private(set) var kinds: [UInt8] = []
  /// Days since 1 January 1970.
  private(set) var opened: [Int32] = []
  /// The same; 0 while it is open.
  private(set) var closed: [Int32] = []

  private let first = Sample.firstLeavingDay
  private let last = Sample.extractDay

  init(_ staff: Sample.Staff) {
    let processes = Sample.processes
    let groups = Sample.Group.ofEthnicity
    let likelihoods = processes.map { [$0.unknown, $0.white, $0.minority] }
    let chance = Chance(.conduct)
    posts.reserveCapacity(staff.posts.rows / 24)
    let (ethnicities, disabilities) = (
      staff.people.ethnicity.elements, staff.people.disability.elements
    )
    let (joined, left) = (staff.posts.joined.elements, staff.posts.left.elements)
    defer { withExtendedLifetime(staff) {} }
    for row in 0..<staff.posts.rows {
      let group = groups[Int(ethnicities[row])].rawValue
      for (kind, process) in processes.enumerated() {
        let random = chance[row &* processes.count &+ kind]
        var likelihood = likelihoods[kind][group]
        if disabilities[row] == StaffPeople.declared {
          likelihood = likelihood * process.withDisability / 100
        }
        guard random.below(10_000, bit: 0) < likelihood else { continue }
        // Any day of the four years, so that those in post for longer are likelier to have a case.
        let day = first + random.below(last - first + 1, bit: 16)
        let end = left[row] > 0 ? first + Int(left[row]) - 1 : Int.max
        guard day >= Int(joined[row]), day < end else { continue }
        let close = min(end, day + process.days + random.below(process.spread, bit: 32))
        posts.append(UInt32(row))
        kinds.append(UInt8(kind + 1))
        opened.append(Int32(day))
        closed.append(close > last ? 0 : Int32(close))
      }
    }
  }
}
