internal import Foundation
public import WidenEngine
internal import WidenLanguage

@testable internal import WidenRemote

/// A Spark cluster with tables for the tests.
public final class SparkCluster: Sendable {
  /// The one that `WIDEN_SPARK_ADDRESS` names, else the tests' own; nil where there is none.
  public static let shared: SparkCluster? = {
    let known = ProcessInfo.processInfo.environment["WIDEN_SPARK_ADDRESS"]
    return (known ?? SparkServer.shared?.address).map { SparkCluster($0) }
  }()

  private let cluster: String

  /// The cluster at an address.
  public init(_ address: String) { cluster = address }

  /// The address of one of its databases.
  public func address(_ database: String) -> String { cluster + "/;database=\(database)" }

  /// Runs a statement, with values beside it.
  public func execute(_ text: String, _ values: [String?] = []) throws {
    let connection = try SparkConnection(cluster, settings: SparkCatalogue.settings)
    try connection.run(text, values) { _ in }
  }

  /// Creates a table with these columns and rows in several parts, and a column `rn` that tells their
  /// order.
  public func fill(_ entry: Dataset.Entry, in database: String, keepsOrder: Bool = true) throws {
    let (dialect, table) = (Dialect.spark, entry.table)
    let name = "\(dialect.quoted(database)).\(dialect.quoted(entry.description.name))"
    var arrays: [String] = []
    var names: [String] = []
    var values: [String?] = []
    func add(_ name: String, _ type: String, _ cells: [String?]) {
      values.append(dialect.arrayText(cells))
      arrays.append(dialect.arrayParameter(values.count, type))
      names.append(dialect.quoted(name))
    }
    let rows = 0..<table.rowCount
    for column in table.columns {
      let cells = rows.map { SparkCluster.cell(column.data[$0]) }
      add(column.description.name, SparkCluster.type(of: column), cells)
    }
    if keepsOrder { add("rn", "bigint", rows.map { "\($0)" }) }
    try execute("create database if not exists \(dialect.quoted(database))")
    try execute("drop table if exists \(name)")
    try execute(
      "create table if not exists \(name) using parquet as select /*+ repartition(3) */ * from "
        + dialect.unnest(arrays, "t", names), values)
  }

  private static func type(of column: TableColumn) -> String {
    if case .coded(let coded) = column.data, case .decimal(_, let places) = coded.domain {
      return "decimal(14, \(places))"
    }
    switch column.description.type {
    case .text, .category, .month, .period: return "string"
    case .integer: return "bigint"
    case .decimal: return "double"
    case .boolean: return "boolean"
    case .date: return "date"
    }
  }

  private static func cell(_ value: Value) -> String? {
    switch value {
    case .missing: nil
    case .boolean(let flag): flag ? "true" : "false"
    case .integer(let number): "\(number)"
    case .decimal(let number): "\(number)"
    case .text(let text): text
    case .date(let day): "\(day)"
    case .month(let month): "\(month)"
    case .period(let period): "\(period)"
    }
  }
}
