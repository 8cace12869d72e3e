extension LibraryScript {
  static let raceDisparity = LibraryScript(
    "race_disparity",
    """
    ## Race disparity ratios: how much likelier White staff stand in the higher tiers than BME staff.
    ##
    ## at  the day
    ##
    ## Tiers are lower (up to band 5), middle (6 and 7) and upper (8a and above). 1 is parity; above 1
    ## White staff progress more. Small organisations give wild ratios: read the counts beside them.
    param at as date default 2015-03-31
    define measure white_lower as count where white and tier = "lower"
    define measure white_middle as count where white and tier = "middle"
    define measure white_upper as count where white and tier = "upper"
    define measure bme_lower as count where bme and tier = "lower"
    define measure bme_middle as count where bme and tier = "middle"
    define measure bme_upper as count where bme and tier = "upper"

    from staff
    snapshot at $at
    summarise (white_middle / white_lower) / (bme_middle / bme_lower) as lower_to_middle,
      (white_upper / white_middle) / (bme_upper / bme_middle) as middle_to_upper,
      (white_upper / white_lower) / (bme_upper / bme_lower) as lower_to_upper,
      white_lower as white_lower, white_middle as white_middle, white_upper as white_upper,
      bme_lower as bme_lower, bme_middle as bme_middle, bme_upper as bme_upper
      by organisation
    """)
}
