/// The loops over a tile. `into` is the word of the first record that the accumulator starts at;
/// `places` lead to the record of each row.

typealias Places = UnsafePointer<UInt32>
typealias Words = UnsafeMutablePointer<UInt64>

func addRows(_ places: Places, _ count: Int, into words: Words) {
  for index in 0..<count { words[Int(places[index])] &+= 1 }
}

func addPresent(
  _ codes: UnsafePointer<UInt32>, _ places: Places, _ count: Int, into words: Words
) {
  for index in 0..<count { words[Int(places[index])] &+= codes[index] == 0 ? 0 : 1 }
}

func addCodes(_ codes: UnsafePointer<UInt32>, _ places: Places, _ count: Int, into words: Words) {
  for index in 0..<count { words[Int(places[index])] &+= UInt64(codes[index]) }
}

func addSquares(
  _ codes: UnsafePointer<UInt32>, _ places: Places, _ count: Int, into words: Words
) {
  for index in 0..<count {
    let record = words + Int(places[index])
    let code = UInt64(codes[index])
    let (sum, carry) = record[0].addingReportingOverflow(code &* code)
    record[0] = sum
    record[1] &+= carry ? 1 : 0
  }
}

func addIntegers(_ bits: UnsafePointer<UInt64>, _ places: Places, _ count: Int, into words: Words) {
  for index in 0..<count {
    let record = words + Int(places[index])
    let (sum, carry) = record[0].addingReportingOverflow(bits[index])
    record[0] = sum
    // The upper word of a negative number is all ones.
    record[1] &+= (0 &- (bits[index] >> 63)) &+ (carry ? 1 : 0)
  }
}

func addDecimals(_ bits: UnsafePointer<UInt64>, _ places: Places, _ count: Int, into words: Words) {
  for index in 0..<count {
    let record = words + Int(places[index])
    addCompensated(Double(bitPattern: bits[index]), record)
  }
}

/// Adds a number to a sum and what rounding takes from it to the word after it.
@inline(__always)
func addCompensated(_ number: Double, _ record: Words) {
  let sum = Double(bitPattern: record[0])
  let next = sum + number
  let lost = sum.magnitude >= number.magnitude ? (sum - next) + number : (number - next) + sum
  record[0] = next.bitPattern
  record[1] = (Double(bitPattern: record[1]) + lost).bitPattern
}

func keepGreatest(
  _ keys: UnsafePointer<UInt32>, _ places: Places, _ count: Int, into words: Words
) {
  for index in 0..<count {
    let record = words + Int(places[index])
    record[0] = max(record[0], UInt64(keys[index]))
  }
}

/// Keeps the greatest of `0 - key`: key 0 is missing and stays 0, all others turn round.
func keepLeast(_ keys: UnsafePointer<UInt32>, _ places: Places, _ count: Int, into words: Words) {
  for index in 0..<count {
    let record = words + Int(places[index])
    record[0] = max(record[0], UInt64(0 &- keys[index]))
  }
}

func keepGreatest(
  _ keys: UnsafePointer<UInt64>, _ codes: UnsafePointer<UInt32>, flip: UInt64, _ places: Places,
  _ count: Int, into words: Words
) {
  for index in 0..<count where codes[index] != 0 {
    let record = words + Int(places[index])
    record[0] = max(record[0], keys[index] ^ flip)
  }
}

func addMarked(
  _ codes: UnsafePointer<UInt32>, _ marks: UnsafePointer<UInt8>, _ places: Places, _ count: Int,
  into words: Words
) {
  for index in 0..<count {
    words[Int(places[index])] &+= UInt64(marks[Int(codes[index])])
  }
}

func addSpread(
  _ numbers: UnsafePointer<Double>, _ codes: UnsafePointer<UInt32>, _ places: Places, _ count: Int,
  into words: Words
) {
  for index in 0..<count where codes[index] != 0 {
    let record = words + Int(places[index])
    record[0] &+= 1
    let mean = Double(bitPattern: record[1])
    let difference = numbers[index] - mean
    let next = mean + difference / Double(record[0])
    record[1] = next.bitPattern
    record[2] =
      (Double(bitPattern: record[2]) + difference * (numbers[index] - next)).bitPattern
  }
}

func addCorrelation(
  _ first: UnsafePointer<Double>, _ second: UnsafePointer<Double>, _ codes: UnsafePointer<UInt32>,
  _ places: Places, _ count: Int, into words: Words
) {
  for index in 0..<count where codes[index] != 0 {
    let record = words + Int(places[index])
    record[0] &+= 1
    let rows = Double(record[0])
    let x = first[index] - Double(bitPattern: record[1])
    let y = second[index] - Double(bitPattern: record[2])
    record[1] = (Double(bitPattern: record[1]) + x / rows).bitPattern
    record[2] = (Double(bitPattern: record[2]) + y / rows).bitPattern
    let yRest = second[index] - Double(bitPattern: record[2])
    let xRest = first[index] - Double(bitPattern: record[1])
    record[3] = (Double(bitPattern: record[3]) + x * xRest).bitPattern
    record[4] = (Double(bitPattern: record[4]) + y * yRest).bitPattern
    record[5] = (Double(bitPattern: record[5]) + x * yRest).bitPattern
  }
}

func addProducts(
  _ first: UnsafePointer<UInt32>, _ second: UnsafePointer<UInt32>, _ places: Places, _ count: Int,
  into words: Words
) {
  for index in 0..<count {
    let record = words + Int(places[index])
    let isIn: UInt64 = first[index] == 0 || second[index] == 0 ? 0 : 1
    let (x, y) = (UInt64(first[index]) &* isIn, UInt64(second[index]) &* isIn)
    record[0] &+= isIn
    record[1] &+= x
    record[2] &+= y
    record[3] &+= x &* x
    record[4] &+= y &* y
    record[5] &+= x &* y
  }
}

/// Counts codes of a byte, eight at a load, in four lanes of `laneWords` words.
func countBytes(
  _ codes: UnsafePointer<UInt8>, _ count: Int, into words: Words, laneWords: Int
) {
  let (lane0, lane1) = (words, words + laneWords)
  let (lane2, lane3) = (words + 2 * laneWords, words + 3 * laneWords)
  let raw = UnsafeRawPointer(codes)
  var index = 0
  while index &+ 8 <= count {
    let eight = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
    lane0[Int(eight & 255)] &+= 1
    lane1[Int(eight &>> 8 & 255)] &+= 1
    lane2[Int(eight &>> 16 & 255)] &+= 1
    lane3[Int(eight &>> 24 & 255)] &+= 1
    lane0[Int(eight &>> 32 & 255)] &+= 1
    lane1[Int(eight &>> 40 & 255)] &+= 1
    lane2[Int(eight &>> 48 & 255)] &+= 1
    lane3[Int(eight &>> 56)] &+= 1
    index &+= 8
  }
  while index < count {
    lane0[Int(codes[index])] &+= 1
    index &+= 1
  }
}
