/// Named groups for the codes that NHS records use, known in every session whatever is loaded.
///
/// A dataset's own definition of the same name replaces one of these. Sources: the ethnic
/// categories of the NHS Data Dictionary, whose second character is local; the 2011 census, which
/// counts Chinese people among Asian groups; the bands of Agenda for Change in the clusters of the
/// Workforce Race Equality Standard, and in the tiers of its race disparity ratio; the deprivation
/// quintiles of the English indices, in which 1 is the most deprived.
enum StandardGroups {
  static let text = """
    define ethnic_code(code) as if code = "99" then "99" \
    else if upper(left(code, 1)) in ("A", "B", "C", "D", "E", "F", "G", "H", "J", "K", "L", "M", "N", \
    "P", "R", "S", "Z") then upper(left(code, 1)) else missing
    define ethnic_category(code) as if ethnic_code(code) = "A" then "White British" \
    else if ethnic_code(code) = "B" then "White Irish" \
    else if ethnic_code(code) = "C" then "Other White" \
    else if ethnic_code(code) = "D" then "White and Black Caribbean" \
    else if ethnic_code(code) = "E" then "White and Black African" \
    else if ethnic_code(code) = "F" then "White and Asian" \
    else if ethnic_code(code) = "G" then "Other mixed" \
    else if ethnic_code(code) = "H" then "Indian" \
    else if ethnic_code(code) = "J" then "Pakistani" \
    else if ethnic_code(code) = "K" then "Bangladeshi" \
    else if ethnic_code(code) = "L" then "Other Asian" \
    else if ethnic_code(code) = "M" then "Black Caribbean" \
    else if ethnic_code(code) = "N" then "Black African" \
    else if ethnic_code(code) = "P" then "Other Black" \
    else if ethnic_code(code) = "R" then "Chinese" \
    else if ethnic_code(code) = "S" then "Any other" \
    else if ethnic_code(code) = "Z" then "Not stated" \
    else if ethnic_code(code) = "99" then "Not known" else missing
    define white_bme(code) as if ethnic_code(code) in ("A", "B", "C") then "White" \
    else if ethnic_code(code) is recorded and ethnic_code(code) not in ("Z", "99") then "BME" \
    else "Not known"
    define census_ethnic_group(code) as if ethnic_code(code) in ("A", "B", "C") then "White" \
    else if ethnic_code(code) in ("D", "E", "F", "G") then "Mixed" \
    else if ethnic_code(code) in ("H", "J", "K", "L", "R") then "Asian" \
    else if ethnic_code(code) in ("M", "N", "P") then "Black" \
    else if ethnic_code(code) = "S" then "Other" else missing
    define band_code(band) as replace(band, "Band ", "")
    define band_cluster(band) as if band_code(band) in ("1", "2", "3", "4") then "1-4" \
    else if band_code(band) in ("5", "6", "7") then "5-7" \
    else if band_code(band) in ("8a", "8b", "8A", "8B") then "8a-8b" \
    else if band_code(band) in ("8c", "8d", "8C", "8D", "9", "VSM") then "8c-VSM" else missing
    define band_tier(band) as if band_code(band) in ("1", "2", "3", "4", "5") then "lower" \
    else if band_code(band) in ("6", "7") then "middle" \
    else if band_code(band) in ("8a", "8b", "8c", "8d", "8A", "8B", "8C", "8D", "9", "VSM") \
    then "upper" else missing
    define is_clinical(staff_group) as if staff_group is missing then missing \
    else staff_group not in ("Administrative and Clerical", "Estates and Ancillary")
    define quintile(decile) as floor((decile + 1) / 2)
    """
}
