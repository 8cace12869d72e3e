# The data of db-benchmark's ten group-by questions in kind: unsorted, none missing, and the number of
# groups of its keys as published (100, and a hundredth of the rows), from another generator.
# Variables: rows, folder.

BEGIN {
  state = 20141108
  file = folder "/x.csv"
  many = int(rows / 100)
  print "id1,id2,id3,id4,id5,id6,v1,v2,v3" > file
  for (row = 0; row < rows; row++)
    printf "id%03d,id%03d,id%010d,%d,%d,%d,%d,%d,%.6f\n", below(100), below(100), below(many), \
      below(100), below(100), below(many), below(5), below(15), 100 * uniform() > file
  close(file)
}

# A whole number from 1 to a bound.
function below(bound) {
  return 1 + int(bound * uniform())
}

# Lehmer's generator with the multiplier 48271: exact in the 53 bits of awk's numbers.
function uniform() {
  state = (state * 48271) % 2147483647
  return state / 2147483647
}
