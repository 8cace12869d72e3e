extension Sample {
  /// An NHS organisation of north central and east London.
  struct Organisation {
    enum Kind: Int, CaseIterable {
      case acute, specialist, mentalHealth, commissioning

      var name: String {
        switch self {
        case .acute: "Acute trust"
        case .specialist: "Specialist trust"
        case .mentalHealth: "Mental health and community trust"
        case .commissioning: "Clinical commissioning group"
        }
      }
    }

    /// The code of the Organisation Data Service.
    var code: String
    var name: String
    /// Where its headquarters are.
    var borough: String
    var kind: Kind
    /// Staff with a United Kingdom or European Union nationality on 30 September 2016.
    var headcount: Int

    init(_ code: String, _ name: String, _ borough: String, _ kind: Kind, _ headcount: Int) {
      self.code = code
      self.name = name
      self.borough = borough
      self.kind = kind
      self.headcount = headcount
    }
  }

  /// The 27 organisations, in the order in which their codes are shown.
  ///
  /// Source: NHS Digital, HCHS staff by nationality and organisation, September 2016, region Health
  /// Education North Central and East London. The published total leaves out other nationalities.
  static let organisations: [Organisation] = [
    Organisation("07L", "NHS Barking and Dagenham CCG", "Barking and Dagenham", .commissioning, 10),
    Organisation("07M", "NHS Barnet CCG", "Barnet", .commissioning, 65),
    Organisation("07R", "NHS Camden CCG", "Camden", .commissioning, 96),
    Organisation("07T", "NHS City and Hackney CCG", "Hackney", .commissioning, 53),
    Organisation("07X", "NHS Enfield CCG", "Enfield", .commissioning, 77),
    Organisation("08D", "NHS Haringey CCG", "Haringey", .commissioning, 55),
    Organisation("08F", "NHS Havering CCG", "Havering", .commissioning, 14),
    Organisation("08H", "NHS Islington CCG", "Islington", .commissioning, 56),
    Organisation("08M", "NHS Newham CCG", "Newham", .commissioning, 47),
    Organisation("08N", "NHS Redbridge CCG", "Redbridge", .commissioning, 109),
    Organisation("08V", "NHS Tower Hamlets CCG", "Tower Hamlets", .commissioning, 55),
    Organisation("08W", "NHS Waltham Forest CCG", "Waltham Forest", .commissioning, 49),
    Organisation("R1H", "Barts Health NHS Trust", "Tower Hamlets", .acute, 12_660),
    Organisation("RAL", "Royal Free London NHS Foundation Trust", "Camden", .acute, 7718),
    Organisation(
      "RAN", "Royal National Orthopaedic Hospital NHS Trust", "Harrow", .specialist, 1187),
    Organisation("RAP", "North Middlesex University Hospital NHS Trust", "Enfield", .acute, 2470),
    Organisation("RAT", "North East London NHS Foundation Trust", "Havering", .mentalHealth, 4933),
    Organisation(
      "RF4", "Barking, Havering and Redbridge University Hospitals NHS Trust", "Havering", .acute,
      4812),
    Organisation("RKE", "Whittington Hospital NHS Trust", "Islington", .acute, 3667),
    Organisation("RNK", "Tavistock and Portman NHS Foundation Trust", "Camden", .mentalHealth, 505),
    Organisation(
      "RP4", "Great Ormond Street Hospital for Children NHS Foundation Trust", "Camden",
      .specialist, 3793),
    Organisation(
      "RP6", "Moorfields Eye Hospital NHS Foundation Trust", "Islington", .specialist, 1620),
    Organisation(
      "RQX", "Homerton University Hospital NHS Foundation Trust", "Hackney", .acute, 3257),
    Organisation(
      "RRP", "Barnet, Enfield and Haringey Mental Health NHS Trust", "Haringey", .mentalHealth, 2591
    ),
    Organisation(
      "RRV", "University College London Hospitals NHS Foundation Trust", "Camden", .acute, 6314),
    Organisation("RWK", "East London NHS Foundation Trust", "Tower Hamlets", .mentalHealth, 4393),
    Organisation("TAF", "Camden and Islington NHS Foundation Trust", "Camden", .mentalHealth, 1404),
  ]
}
