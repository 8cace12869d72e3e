/// The training that the holders of posts completed, in the order of the posts.
struct Trainings {
  /// The row of the post in `staff`.
  private(set) var posts: [UInt32] = []
  /// 1 no, 2 yes.
  private(set) var mandatory: [UInt8] = []
  /// Days since 1 January 1970.
  private(set) var completed: [Int32] = []

  init(_ staff: Sample.Staff) {
    let groups = Sample.Group.ofEthnicity
    let further = Sample.Training.further
    let likelihoods = [further.unknown, further.white, further.minority]
    let chance = Chance(.training)
    let rows = staff.posts.rows
    posts.reserveCapacity(rows * 5 / 4)
    mandatory.reserveCapacity(rows * 5 / 4)
    completed.reserveCapacity(rows * 5 / 4)
    let ethnicities = staff.people.ethnicity.elements
    let (joined, left) = (staff.posts.joined.elements, staff.posts.left.elements)
    defer { withExtendedLifetime(staff) {} }
    let (first, last) = (Sample.firstLeavingDay, Sample.extractDay)
    for row in 0..<rows {
      let random = chance[row]
      let end = left[row] > 0 ? first + Int(left[row]) - 1 : last + 1
      let start = max(Int(joined[row]), first)
      if start < end, random.isAmong(Sample.Training.mandatory, bit: 0) {
        add(row, 2, end - 1 - random.below(min(365, end - start), bit: 16))
      }
      // Any day of the four years, so that those in post for longer are likelier to be trained.
      let day = first + random.below(last - first + 1, bit: 48)
      let group = groups[Int(ethnicities[row])].rawValue
      if day >= start, day < end, random.isAmong(likelihoods[group], bit: 32) { add(row, 1, day) }
    }
  }

  private mutating func add(_ row: Int, _ isMandatory: UInt8, _ day: Int) {
    posts.append(UInt32(row))
    mandatory.append(isMandatory)
    completed.append(Int32(day))
  }
}
