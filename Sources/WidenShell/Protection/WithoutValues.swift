internal import WidenLanguage

/// A query with its values replaced by `…`: texts, numbers, dates and parameters.
func withoutValues(_ text: String) -> String {
  replaced(text) { _ in true }
}

/// A query with the values of which `isHidden` holds replaced by `…`.
func replaced(_ text: String, where isHidden: (String) -> Bool) -> String {
  let bytes = Array(text.utf8)
  var result: [UInt8] = []
  var place = 0
  for stretch in highlight(text) {
    guard stretch.range.start >= place, stretch.range.end <= bytes.count else { continue }
    let own = bytes[stretch.range.start..<stretch.range.end]
    result += bytes[place..<stretch.range.start]
    place = stretch.range.end
    switch stretch.kind {
    case .text, .number:
      if isHidden(String(decoding: own, as: UTF8.self)) {
        result += "…".utf8
      } else {
        result += own
      }
    default: result += own
    }
  }
  result += bytes[place...]
  return String(decoding: result, as: UTF8.self)
}
