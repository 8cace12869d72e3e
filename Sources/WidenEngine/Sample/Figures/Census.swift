extension Sample {
  /// A group of the ethnic group question of the 2021 census.
  struct CensusGroup {
    /// The census's own label, shortened.
    var name: String
    /// The NHS ethnic category that its people have; the NHS counts Chinese apart from Asian.
    var category: Character

    init(_ name: String, _ category: Character) {
      self.name = name
      self.category = category
    }
  }

  /// The 19 groups of the census.
  static let censusGroups: [CensusGroup] = [
    CensusGroup("White: British", "A"),
    CensusGroup("White: Irish", "B"),
    CensusGroup("White: Gypsy or Irish Traveller", "C"),
    CensusGroup("White: Roma", "C"),
    CensusGroup("White: other", "C"),
    CensusGroup("Mixed: White and Black Caribbean", "D"),
    CensusGroup("Mixed: White and Black African", "E"),
    CensusGroup("Mixed: White and Asian", "F"),
    CensusGroup("Mixed: other", "G"),
    CensusGroup("Asian: Indian", "H"),
    CensusGroup("Asian: Pakistani", "J"),
    CensusGroup("Asian: Bangladeshi", "K"),
    CensusGroup("Asian: Chinese", "R"),
    CensusGroup("Asian: other", "L"),
    CensusGroup("Black: African", "N"),
    CensusGroup("Black: Caribbean", "M"),
    CensusGroup("Black: other", "P"),
    CensusGroup("Other: Arab", "S"),
    CensusGroup("Other: any other", "S"),
  ]

  /// Residents of each of the 13 boroughs by census group, on 21 March 2021.
  ///
  /// Source: Office for National Statistics, Census 2021, ethnic group by local authority.
  static let residents: [[Int]] = [
    // Barking and Dagenham
    [
      67550, 1185, 184, 858, 28498, 2974, 2376, 1550, 2420, 11503,
      15799, 22393, 1385, 5503, 35101, 5824, 5882, 1489, 6397,
    ],
    // Barnet
    [
      140777, 7644, 179, 1554, 74608, 3505, 3747, 6032, 7605, 30389,
      6687, 2873, 9434, 25589, 22670, 4951, 3030, 7383, 30687,
    ],
    // Camden
    [
      74348, 5325, 128, 978, 44285, 2558, 2059, 4243, 5078, 6952,
      1610, 14356, 6728, 8396, 14191, 2703, 1998, 4417, 9783,
    ],
    // City of London
    [
      3649, 185, 0, 59, 2062, 53, 49, 179, 189, 321,
      33, 287, 545, 259, 153, 54, 25, 114, 368,
    ],
    // Enfield
    [
      103140, 5969, 374, 1121, 61280, 5165, 2994, 3818, 7581, 11870,
      3674, 8123, 2691, 11615, 36463, 16990, 7059, 2535, 37523,
    ],
    // Hackney
    [
      87927, 5582, 248, 865, 43087, 4749, 2735, 3691, 6312, 8832,
      2461, 6554, 3459, 5579, 29478, 17903, 7264, 2342, 20079,
    ],
    // Haringey
    [
      84298, 5701, 235, 2004, 58343, 5325, 2574, 3915, 6742, 5838,
      2162, 4819, 3848, 6413, 24855, 16339, 5272, 2525, 23030,
    ],
    // Havering
    [
      174232, 2894, 259, 433, 19496, 3224, 1535, 2344, 2644, 11292,
      5683, 4774, 2011, 4390, 14138, 4832, 2597, 809, 4465,
    ],
    // Islington
    [
      86092, 7062, 108, 958, 40534, 4171, 2257, 3750, 6053, 4051,
      995, 5972, 5125, 5389, 18091, 7368, 3284, 2991, 12339,
    ],
    // Newham
    [
      51819, 2039, 353, 2342, 51394, 4253, 3317, 3324, 5525, 38642,
      31216, 55677, 6213, 16439, 40874, 13586, 6842, 3534, 13641,
    ],
    // Redbridge
    [
      71844, 3092, 185, 1104, 31749, 3154, 1717, 3577, 4288, 51183,
      44000, 31895, 2918, 16837, 14573, 8452, 3071, 2263, 14359,
    ],
    // Tower Hamlets
    [
      71177, 3567, 110, 2225, 45187, 3593, 2236, 4374, 5206, 10135,
      3341, 107333, 10279, 6768, 15373, 4930, 2390, 3588, 8494,
    ],
    // Waltham Forest
    [
      94766, 4230, 198, 1397, 46433, 5135, 2777, 3875, 6196, 9134,
      28740, 5166, 2626, 9879, 18759, 17587, 5301, 2884, 13345,
    ],
  ]

  /// Residents of a borough by sex, and those of them aged 16 to 64 and under 16.
  struct AgeAndSex {
    /// All, aged 16 to 64, and under 16.
    typealias Ages = (all: Int, working: Int, young: Int)

    var women: Ages
    var men: Ages

    init(_ women: Ages, _ men: Ages) {
      self.women = women
      self.men = men
    }
  }

  /// Residents of each of the 13 boroughs by sex and broad age.
  ///
  /// Source: Office for National Statistics, Census 2021, age and sex by local authority.
  static let agesAndSexes: [AgeAndSex] = [
    AgeAndSex((112294, 73707, 29383), (106582, 69009, 30901)),  // Barking and Dagenham
    AgeAndSex((200806, 130961, 40885), (188546, 122299, 43717)),  // Barnet
    AgeAndSex((110648, 80783, 16914), (99483, 72299, 17346)),  // Camden
    AgeAndSex((3862, 2971, 301), (4722, 3824, 328)),  // City of London
    AgeAndSex((172477, 111674, 37492), (157510, 100498, 39031)),  // Enfield
    AgeAndSex((135303, 99399, 26271), (123840, 89564, 26800)),  // Hackney
    AgeAndSex((136998, 97754, 25197), (127249, 90540, 26075)),  // Haringey
    AgeAndSex((135668, 84368, 27025), (126384, 79250, 28391)),  // Havering
    AgeAndSex((113292, 85795, 17431), (103290, 77509, 17988)),  // Islington
    AgeAndSex((175718, 124698, 39592), (175311, 126307, 40059)),  // Newham
    AgeAndSex((156931, 102808, 35341), (153332, 101277, 36967)),  // Redbridge
    AgeAndSex((154433, 116554, 30049), (155866, 118853, 31344)),  // Tower Hamlets
    AgeAndSex((141951, 98713, 29551), (136474, 95071, 30611)),  // Waltham Forest
  ]
}
