import WidenLanguage

/// A cell that is not what its field declares.
struct CellProblem: Error {
  /// The row, from 0; the file's reader makes a line of it.
  var row: Int
  /// The row that it repeats.
  var otherRow: Int?
  /// What is wrong, without the place.
  var message: String
  var hint: String
}

extension CellProblem {
  /// The problem as an error that names the lines of the file.
  func error(path: String, options: LoadOptions) -> DatasetError {
    let rows = [otherRow, row].compactMap { $0 }
    let lines = (try? linesOfRows(rows, path: path, options: options)) ?? []
    let places = lines.map { grouped($0) }
    let file = shown(path.split(separator: "/").last.map(String.init) ?? path, limit: 100)
    let place =
      switch places.count {
      case 0: file
      case 1: "\(file), line \(places[0])"
      default: "\(file), lines \(places.joined(separator: " and "))"
      }
    return DatasetError("\(place): \(message)", hint: hint)
  }
}
