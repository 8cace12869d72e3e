/// Hands a tile's values to `target(index, value, isPresent)`, one after the other.
typealias TileReader<Element> =
  @Sendable (TileSpace, _ target: (_ index: Int, _ value: Element, _ isPresent: Bool) -> Void) ->
  Void

/// The values of the rows that are in, cell by cell, and where each cell's values start.
///
/// Each worker has a stretch of the rows: it counts how many values it has for each cell, and then
/// writes them where the counts of all say.
@inline(__always)
func scatter<Element: BitwiseCopyable & Sendable>(
  _ map: CellMap, where condition: Buffer<UInt64>?, as type: Element.Type,
  in context: ExecutionContext, _ read: TileReader<Element>
) throws(ExecutionError) -> (values: Scratch<Element>, starts: [Int]) {
  var map = map
  map.stride = 1
  map.lanes = 1
  let (map1, cells, rowCount) = (map, map.cellCount + 1, map.rowCount)
  let workers = context.workers(forRows: rowCount)
  let tiles = (rowCount + tileRows - 1) / tileRows
  let positions = Scratch<Int>(count: workers * cells)
  let isCancelled = context.isCancelled
  @Sendable func eachTile(
    of worker: Int, _ body: (TileSpace, UnsafePointer<UInt32>) -> Void
  ) {
    let space = TileSpace(map1)
    for tile in worker * tiles / workers..<(worker + 1) * tiles / workers {
      if tile & 15 == 0, isCancelled() { return }
      guard space.open(tile * tileRows..<min(rowCount, (tile + 1) * tileRows)) else { continue }
      body(space, condition.map { space.places(where: $0) } ?? space.places)
    }
  }
  parallel(workers: workers, items: workers) { _, worker in
    let own = positions.pointer + worker * cells
    eachTile(of: worker) { space, places in
      read(space) { index, _, isPresent in own[Int(places[index])] &+= isPresent ? 1 : 0 }
    }
  }
  try context.checkCancelled()
  var starts = [Int](repeating: 0, count: cells)
  var sum = 0
  for cell in 0..<cells - 1 {
    starts[cell] = sum
    for worker in 0..<workers {
      let here = positions.pointer[worker * cells + cell]
      positions.pointer[worker * cells + cell] = sum
      sum += here
    }
  }
  starts[cells - 1] = sum
  let trash = UInt32(cells - 1)
  let values = Scratch<Element>(count: sum)
  parallel(workers: workers, items: workers) { _, worker in
    let own = positions.pointer + worker * cells
    eachTile(of: worker) { space, places in
      read(space) { index, value, isPresent in
        let cell = places[index]
        if isPresent, cell != trash {
          let place = own[Int(cell)]
          values.pointer[place] = value
          own[Int(cell)] = place &+ 1
        }
      }
    }
  }
  try context.checkCancelled()
  return (values, starts)
}
