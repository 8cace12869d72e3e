import Testing
import WidenLanguage

@testable import WidenEngine

@Suite("Random files")
struct RandomTests {
  /// Whatever the bytes are, a load ends in a table or an error, the same for every way of cutting.
  @Test(arguments: 0..<8) func anyBytes(_ seed: Int) {
    var random = Random(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1)
    let pieces: [String] = [
      ",", ",", ",", "\n", "\n", "\r\n", "\"", "\"\"", "\"a\nb\"", "1", "-2.5", "0.00001", "007",
      "low", "c", "2014-04-01", "2014-04", "FY2014/15", "2014-Q3", "S100001", "S1000012", "Yes",
      "no", "text", "é", "9223372036854775807", "-9223372036854775807", "99999999999999999999.5",
      "a much longer value than thirty-two bytes", "\r", "#REF!", "1e5", "\u{2028}", " ",
    ]
    for _ in 0..<250 {
      let columns = 1 + random.below(4)
      var bytes = Array((0..<columns).map { "h\($0)" }.joined(separator: ",").utf8) + [10]
      let isTidy = random.below(3) > 0
      for _ in 0..<random.below(30) {
        if isTidy {
          let row = (0..<columns).map { _ in pieces[8 + random.below(21)] }
          bytes += Array(row.joined(separator: ",").utf8) + [10]
        } else {
          bytes += Array(pieces[random.below(pieces.count)].utf8)
        }
      }
      if random.below(10) == 0 { bytes[random.below(bytes.count)] = UInt8(random.below(256)) }
      let whole = refusal(bytes)
      for (threads, blockBytes) in [(1, 1), (2, 17), (3, 64)] {
        let cut = outcome(bytes, threads, blockBytes)
        #expect(cut == whole, "\(String(decoding: bytes, as: UTF8.self).debugDescription)")
      }
    }
  }

  private func outcome(_ bytes: [UInt8], _ threads: Int, _ blockBytes: Int) -> String {
    do {
      return "loaded: \(try load(bytes, threads: threads, blockBytes: blockBytes).everything)"
    } catch { return error.message }
  }
}

/// A generator that gives the same numbers every time (splitmix64).
private struct Random {
  var state: UInt64

  mutating func below(_ limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((bits ^ (bits >> 31)) % UInt64(limit))
  }
}
