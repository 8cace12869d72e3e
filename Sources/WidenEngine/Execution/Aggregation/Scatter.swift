/// The values of a tile's rows, and a code that is 0 where there is none.
typealias TileReader<Element> =
  @Sendable (TileSpace) -> (values: UnsafePointer<Element>, codes: UnsafePointer<UInt32>)

/// The values of the rows that are in, cell by cell, and where each cell's values start.
///
/// Each worker has a stretch of the rows: it counts how many values it has for each cell, and then
/// writes them where the counts of all say.
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
      let codes = read(space).codes
      for index in 0..<space.count { own[Int(places[index])] &+= codes[index] == 0 ? 0 : 1 }
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
      let (read, codes) = read(space)
      let target = values.pointer
      for index in 0..<space.count {
        let cell = places[index]
        if cell == trash || codes[index] == 0 { continue }
        let place = own[Int(cell)]
        target[place] = read[index]
        own[Int(cell)] = place &+ 1
      }
    }
  }
  try context.checkCancelled()
  return (values, starts)
}
