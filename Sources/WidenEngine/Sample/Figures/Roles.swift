extension Sample {
  /// The staff groups of the Electronic Staff Record, in alphabetical order.
  enum StaffGroup: Int, CaseIterable {
    case scientific, clinicalSupport, administrative, therapy, estates, scientists, medical, nursing
    case students

    var name: String {
      switch self {
      case .scientific: "Add Prof Scientific and Technic"
      case .clinicalSupport: "Additional Clinical Services"
      case .administrative: "Administrative and Clerical"
      case .therapy: "Allied Health Professionals"
      case .estates: "Estates and Ancillary"
      case .scientists: "Healthcare Scientists"
      case .medical: "Medical and Dental"
      case .nursing: "Nursing and Midwifery Registered"
      case .students: "Students"
      }
    }

    /// Of a thousand posts in an acute trust, in a mental health trust and in a commissioning group.
    var weights: (acute: Int, mentalHealth: Int, commissioning: Int) {
      switch self {
      case .scientific: (42, 112, 30)
      case .clinicalSupport: (180, 230, 0)
      case .administrative: (200, 190, 890)
      case .therapy: (62, 85, 0)
      case .estates: (55, 25, 0)
      case .scientists: (32, 3, 0)
      case .medical: (140, 60, 20)
      case .nursing: (286, 291, 60)
      case .students: (3, 4, 0)
      }
    }

    /// Of a thousand posts, how many end in a year.
    var leavers: Int {
      switch self {
      case .scientific: 115
      case .clinicalSupport: 122
      case .administrative: 108
      case .therapy: 120
      case .estates: 92
      case .scientists: 90
      case .medical: 80
      case .nursing: 109
      case .students: 125
      }
    }
  }

  /// The shape of the ages of those who hold a role.
  enum AgePattern: Int, CaseIterable {
    case support, registered, junior, consultant, estates, senior

    /// Weights of the ages 17–19, 20–24, 25–29 … 65–69 and 70–74.
    var weights: [Int] {
      switch self {
      case .support: [16, 80, 115, 112, 115, 130, 142, 130, 95, 50, 13, 2]
      case .registered: [0, 75, 165, 160, 145, 140, 130, 105, 58, 18, 4, 0]
      case .junior: [0, 60, 420, 330, 120, 40, 18, 8, 4, 0, 0, 0]
      case .consultant: [0, 0, 0, 95, 215, 220, 190, 140, 90, 38, 11, 1]
      case .estates: [8, 40, 65, 80, 100, 130, 165, 175, 140, 75, 20, 2]
      case .senior: [0, 0, 25, 100, 165, 205, 210, 165, 95, 30, 5, 0]
      }
    }
  }

  /// A role, with what its holders have in common; all of it invented.
  struct Role {
    var name: String
    var group: StaffGroup
    /// How often it occurs within its group, in trusts and in commissioning groups.
    var weight: Int
    var commissioningWeight: Int
    /// Of a thousand holders, how many are women.
    var women: Int
    var ages: AgePattern
    /// The lowest band, and how its holders spread over that and the next bands; nothing for doctors.
    var lowestBand: Band
    var bandWeights: [Int]
    /// The pay of those without a band.
    var pay: (lowest: Int, highest: Int)

    /// Of a thousand posts, how many end in a year; those of junior doctors rotate.
    var leavers: Int { ages == .junior ? 260 : group.leavers }

    init(
      _ name: String, _ group: StaffGroup, _ weight: Int, women: Int, _ ages: AgePattern,
      from lowestBand: Band = .one, _ bandWeights: [Int] = [], commissioning: Int = 0,
      pay: (lowest: Int, highest: Int) = (0, 0)
    ) {
      self.name = name
      self.group = group
      self.weight = weight
      self.commissioningWeight = commissioning
      self.women = women
      self.ages = ages
      self.lowestBand = lowestBand
      self.bandWeights = bandWeights
      self.pay = pay
    }
  }

  /// The role that the programme's pathway is for.
  static let healthcareAssistant = "Healthcare assistant"

  /// All roles, in alphabetical order, which is the order of their codes.
  static let roles: [Role] = (clinicalRoles + otherRoles).sorted { $0.name < $1.name }

  private static let clinicalRoles: [Role] = [
    Role("Assistant practitioner", .clinicalSupport, 6, women: 850, .support, from: .four, [1]),
    Role(
      healthcareAssistant, .clinicalSupport, 52, women: 830, .support, from: .two, [66, 34]),
    Role(
      "Healthcare support worker", .clinicalSupport, 17, women: 760, .support, from: .two, [50, 50]),
    Role("Nursery nurse", .clinicalSupport, 4, women: 985, .support, from: .three, [30, 60, 10]),
    Role("Phlebotomist", .clinicalSupport, 5, women: 800, .support, from: .two, [80, 20]),
    Role(
      "Technical instructor", .clinicalSupport, 6, women: 650, .support, from: .three, [40, 60]),
    Role("Therapy assistant", .clinicalSupport, 10, women: 830, .support, from: .three, [65, 35]),
    Role(
      "Community nurse", .nursing, 14, women: 910, .registered, from: .five, [45, 45, 10],
      commissioning: 1),
    Role("Director of nursing", .nursing, 1, women: 800, .senior, from: .nine, [55, 45]),
    Role("Health visitor", .nursing, 6, women: 990, .registered, from: .six, [85, 15]),
    Role("Matron", .nursing, 4, women: 880, .senior, from: .eightA, [80, 20]),
    Role("Midwife", .nursing, 11, women: 995, .registered, from: .five, [22, 60, 18]),
    Role(
      "Nurse manager", .nursing, 5, women: 850, .senior, from: .seven, [30, 40, 18, 9, 3],
      commissioning: 3),
    Role("Sister or charge nurse", .nursing, 18, women: 870, .registered, from: .six, [62, 38]),
    Role(
      "Specialist nurse", .nursing, 12, women: 890, .registered, from: .six, [45, 47, 8],
      commissioning: 2),
    Role("Staff nurse", .nursing, 46, women: 890, .registered, from: .five, [1]),
    Role("Dietitian", .therapy, 7, women: 930, .registered, from: .five, [22, 43, 27, 7, 1]),
    Role(
      "Occupational therapist", .therapy, 24, women: 900, .registered, from: .five,
      [22, 42, 26, 8, 2]),
    Role(
      "Physiotherapist", .therapy, 30, women: 760, .registered, from: .five, [22, 40, 27, 9, 2]),
    Role("Radiographer", .therapy, 24, women: 720, .registered, from: .five, [27, 38, 24, 9, 2]),
    Role(
      "Speech and language therapist", .therapy, 15, women: 955, .registered, from: .five,
      [15, 42, 31, 10, 2]),
    Role(
      "Biomedical scientist", .scientists, 60, women: 610, .registered, from: .five,
      [28, 42, 22, 7, 1]),
    Role(
      "Clinical physiologist", .scientists, 22, women: 660, .registered, from: .five,
      [25, 35, 28, 10, 2]),
    Role(
      "Clinical scientist", .scientists, 18, women: 560, .registered, from: .six,
      [12, 38, 28, 13, 6, 2, 1]),
    Role(
      "Clinical psychologist", .scientific, 30, women: 800, .registered, from: .seven,
      [34, 36, 17, 9, 3, 1]),
    Role(
      "Operating department practitioner", .scientific, 18, women: 590, .registered, from: .five,
      [55, 37, 8]),
    Role(
      "Pharmacist", .scientific, 24, women: 690, .registered, from: .six, [22, 37, 26, 10, 4, 1],
      commissioning: 1),
    Role(
      "Pharmacy technician", .scientific, 18, women: 740, .registered, from: .four, [48, 40, 12]),
    Role("Social worker", .scientific, 10, women: 720, .registered, from: .six, [70, 25, 5]),
  ]

  private static let otherRoles: [Role] = [
    Role(
      "Analyst", .administrative, 7, women: 520, .registered, from: .five, [30, 38, 27, 5],
      commissioning: 12),
    Role(
      "Board director", .administrative, 1, women: 440, .senior, from: .nine, [30, 70],
      commissioning: 4),
    Role(
      "Clerical worker", .administrative, 40, women: 800, .support, from: .two, [46, 38, 16],
      commissioning: 10),
    Role(
      "Manager", .administrative, 13, women: 650, .senior, from: .six, [25, 45, 25, 5],
      commissioning: 25),
    Role("Medical secretary", .administrative, 16, women: 955, .support, from: .three, [38, 62]),
    Role(
      "Officer", .administrative, 20, women: 720, .registered, from: .four, [40, 45, 15],
      commissioning: 20),
    Role("Receptionist", .administrative, 15, women: 900, .support, from: .two, [85, 15]),
    Role(
      "Senior manager", .administrative, 7, women: 580, .senior, from: .eightA, [42, 28, 17, 9, 4],
      commissioning: 22),
    Role("Catering assistant", .estates, 20, women: 620, .estates, from: .one, [60, 36, 4]),
    Role("Driver", .estates, 8, women: 60, .estates, from: .two, [70, 30]),
    Role("Estates technician", .estates, 14, women: 40, .estates, from: .three, [25, 45, 30]),
    Role("Housekeeper", .estates, 32, women: 780, .estates, from: .one, [50, 42, 8]),
    Role("Porter", .estates, 26, women: 90, .estates, from: .one, [25, 68, 7]),
    Role(
      "Consultant", .medical, 38, women: 390, .consultant, commissioning: 1, pay: (75_249, 101_451)),
    Role("Foundation doctor", .medical, 16, women: 570, .junior, pay: (22_636, 31_838)),
    Role("Specialty doctor", .medical, 8, women: 460, .consultant, pay: (37_176, 69_325)),
    Role("Specialty registrar", .medical, 38, women: 530, .junior, pay: (30_002, 47_175)),
    Role("Student health visitor", .students, 1, women: 985, .registered, from: .five, [1]),
    Role(
      "Trainee psychological practitioner", .students, 1, women: 800, .junior, from: .five,
      [60, 40]),
  ]
}
