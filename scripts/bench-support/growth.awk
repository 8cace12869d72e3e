# Data for what grows: keys of 2 to a million values, names of which few are alike, notes of which none
# are, and in wide.csv two hundred columns. Variables: rows, folder.

BEGIN {
  state = 20141115
  split("Ada Ben Cara Dev Ella Finn Gus Hana Ivo Jo Kofi Lena Mo Nia Omar Pia Quinn Rosa Sam Tia", first, " ")
  split("needs called asked moved again ward clinic rota late early bank agency night leave cover shift", word, " ")
  file = folder "/growth.csv"
  print "two,hundred,thousands,million,value,name,note" > file
  for (row = 0; row < rows; row++) {
    note = word[below(16)] " " word[below(16)] " " word[below(16)] " " word[below(16)]
    printf "%d,c%02d,t%04d,%d,%d,%s %s%05d,%s %d %s\n", below(2), below(100), below(10000), \
      below(1000000), below(1000), first[below(20)], first[below(20)], below(100000), \
      note, row, word[below(16)] > file
  }
  close(file)
  file = folder "/wide.csv"
  line = "c1"
  for (column = 2; column <= 200; column++) line = line ",c" column
  print line > file
  for (row = 0; row < rows / 20; row++) {
    line = below(10)
    for (column = 2; column <= 200; column++) line = line "," below(10 + column)
    print line > file
  }
  close(file)
}

# A whole number from 1 to a bound.
function below(bound) {
  state = (state * 48271) % 2147483647
  return 1 + int(bound * state / 2147483647)
}
