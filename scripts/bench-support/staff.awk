# Invented staff data for scripts/bench: every row and value is made from a counter, so the same
# ROWS give the same files. Variables: rows, folder.

BEGIN {
  state = 20141101
  choices("band", "1 2 3 4 5 6 7 8a 8b 8c 8d 9 VSM", "2 14 16 11 21 16 10 4 2 1 1 1 1")
  choices("ethnicity", "A B C D E F G H J K L M N P R S Z", "48 2 7 1 1 1 1 9 3 3 4 2 9 1 1 3 4")
  choices("sex", "Female Male", "77 23")
  choices("contract_type", "Permanent Fixed_Term Bank Honorary", "83 10 5 2")
  choices("staff_group", "Nursing_and_Midwifery Medical_and_Dental Allied_Health_Professionals Additional_Clinical_Services Administrative_and_Clerical Estates_and_Ancillary Healthcare_Scientists", "32 11 7 20 20 7 3")
  choices("borough", "Barking_and_Dagenham Barnet Camden City_of_London Enfield Hackney Haringey Havering Islington Newham Redbridge Tower_Hamlets Waltham_Forest", "7 9 8 1 9 8 8 8 8 10 8 9 7")
  split("17 18.5 20 22 26 33 40 48 57 68 80 98 125", pay, " ")
  split("band ethnicity sex contract_type staff_group borough", columns, " ")
  writeStaff(folder "/staff.csv")
  writeParticipation(folder "/participation.csv")
}

function writeStaff(file,    row, column, line, age) {
  print "staff_id,org_code,band,ethnicity,sex,contract_type,staff_group,borough,age,fte,salary,start_date" > file
  for (row = 0; row < rows; row++) {
    line = identifier(row) ",R" sprintf("%03d", int(220 * uniform() * uniform()))
    for (column = 1; column <= 6; column++) line = line "," chosen(columns[column])
    age = 17 + int(30 * uniform() + 22 * uniform())
    line = line "," or_missing(age) "," or_missing(uniform() < 0.7 ? "1.00" : sprintf("%.2f", 0.2 + 0.78 * uniform()))
    line = line "," or_missing(sprintf("%.2f", pay[lastChoice["band"]] * (950 + 300 * uniform())))
    print line "," or_missing(sprintf("%04d-%02d-%02d", 1985 + int(40 * sqrt(uniform())), 1 + int(12 * uniform()), 1 + int(28 * uniform()))) > file
  }
  close(file)
}

function writeParticipation(file,    row, who) {
  print "staff_id,initiative_id,start,outcome" > file
  for (row = 0; row < rows / 10; row++) {
    # One in a hundred matches no member of staff.
    who = uniform() < 0.01 ? sprintf("X%07d", row) : identifier(int(rows * uniform()))
    print who ",I" sprintf("%02d", 1 + int(40 * uniform())) "," sprintf("%04d-%02d-%02d", 2020 + int(5 * uniform()), 1 + int(12 * uniform()), 1 + int(28 * uniform())) "," (uniform() < 0.6 ? "completed" : "withdrawn") > file
  }
  close(file)
}

# Ten million distinct numbers in a scrambled order.
function identifier(row) {
  return sprintf("S%07d", (row * 3141593 + 2718281) % 10000000)
}

function or_missing(value) {
  return uniform() < 0.02 ? "" : value
}

# A value of the column by its weights, out of a hundred; one in fifty is missing.
function chosen(column,    point, place) {
  point = 100 * uniform()
  for (place = 1; place < sizes[column] && point >= limit[column, place]; place++) { }
  lastChoice[column] = place
  return or_missing(value[column, place])
}

function choices(column, values, weights,    words, shares, place, sum) {
  sizes[column] = split(values, words, " ")
  split(weights, shares, " ")
  for (place = 1; place <= sizes[column]; place++) {
    gsub(/_/, " ", words[place])
    value[column, place] = words[place]
    sum += shares[place]
    limit[column, place] = sum
  }
}

# Lehmer's generator with the multiplier 48271: exact in the 53 bits of awk's numbers.
function uniform() {
  state = (state * 48271) % 2147483647
  return state / 2147483647
}
