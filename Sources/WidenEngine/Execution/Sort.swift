import WidenLanguage

extension Executor {
  /// The rows in the order of the keys; stable, missing values last whatever the direction.
  func sort(_ input: Plan, by keys: [SortKey], _ needed: ColumnSet) throws -> Relation {
    var relation = try run(input, needed: needed.union(reading: keys.map(\.value)))
    let rows = relation.frame.selectedRows
    let sorted = try keys.map { key in
      let column = try evaluator.column(key.value, over: relation.frame)
      return try OrderKeys(column, categories: key.value.categories)
        .keys(of: rows, isDescending: key.isDescending, in: context)
    }
    try context.checkCancelled()
    var order = try order(byKeys: sorted, count: rows.count, in: context)
    if relation.frame.selection != nil {
      let places = order
      order = try context.elements(rows.count) { range, target in
        for place in range { target[place] = rows[Int(places[place])] }
      }
    }
    relation.frame = try relation.frame.gathered(order, needed: needed, in: context)
    return relation
  }
}
