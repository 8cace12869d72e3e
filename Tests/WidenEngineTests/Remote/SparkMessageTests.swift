import Testing

@testable import WidenRemote

/// Messages, their frames and addresses, byte by byte.
@Suite struct SparkMessageTests {
  @Test func writesAQueryWithItsValues() throws {
    let session = SparkSession(identifier: "s", user: "u", serverIdentifier: nil)
    let bytes = session.execution(of: "select :p1", ["it's", nil], operation: "o")
    // The numbers of the fields are those of Spark's own files; null is a text that is missing.
    let named: [UInt8] = [
      0x22, 0x0E, 0x0A, 2, 0x70, 0x31, 0x12, 8, 0x0A, 6, 0x6A, 4, 0x69, 0x74, 0x27, 0x73,
      0x22, 0x0C, 0x0A, 2, 0x70, 0x32, 0x12, 6, 0x0A, 4, 0x0A, 2, 0x5A, 0,
    ]
    let sql = [0x0A, 10] + Array("select :p1".utf8) + named
    let relation = [0x52, UInt8(sql.count)] + sql
    let plan = [0x0A, UInt8(relation.count)] + relation
    let start: [UInt8] = [0x0A, 1, 0x73, 0x12, 6, 0x0A, 1, 0x75, 0x12, 1, 0x75]
    let end: [UInt8] =
      [0x22, 5] + Array("widen".utf8) + [0x2A, 4, 0x0A, 2, 8, 1, 0x32, 1, 0x6F]
    #expect(bytes == start + [0x1A, UInt8(plan.count)] + plan + end)
  }

  @Test(arguments: [
    ([0x08], "a message ends too early"), ([0x12, 5, 1], "a message ends too early"),
    ([0x0D, 1, 2], "a message ends too early"),
    ([0x0B], "a message has a field of the unknown kind 3"),
    ([UInt8](repeating: 0xFF, count: 12), "a message has a number of more than 64 bits"),
    ([0x12, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1], "a message ends too early"),
  ]) func refusesMessagesThatAreNone(_ bytes: [UInt8], _ reason: String) {
    let failure = #expect(throws: Malformed.self) { try SparkResponse(bytes) }
    #expect(failure?.reason == reason)
  }

  @Test func putsMessagesTogether() throws {
    var frames = Frames()
    var found: [[UInt8]] = []
    let sent = Frames.framed([1, 2, 3]) + Frames.framed([]) + Frames.framed([4])
    for byte in sent {
      [byte].withUnsafeBufferPointer { frames.append($0) }
      while let message = try frames.next() { found.append(message) }
    }
    #expect(found == [[1, 2, 3], [], [4]])
    #expect(!frames.isWithinMessage)
    [0, 0, 0].withUnsafeBufferPointer { frames.append($0) }
    #expect(try frames.next() == nil)
    #expect(frames.isWithinMessage)
  }

  @Test(arguments: [
    ([1, 0, 0, 0, 1, 9], "a message is compressed, which was not asked"),
    ([0, 0xFF, 0xFF, 0xFF, 0xFF], "a message says that it has 4294967295 bytes"),
  ]) func refusesFramesThatAreNone(_ bytes: [UInt8], _ reason: String) {
    var frames = Frames()
    bytes.withUnsafeBufferPointer { frames.append($0) }
    let failure = #expect(throws: Malformed.self) { try frames.next() }
    #expect(failure?.reason == reason)
  }

  @Test func decodes() {
    #expect(percentDecoded("a%20b%C3%A9%") == "a bé%")
    #expect(percentDecoded("%4") == "%4")
    #expect(percentDecoded("100%zz") == "100%zz")
    #expect(base64Decoded("YWI") == [97, 98])
    #expect(base64Decoded("YWI=") == [97, 98])
    #expect(base64Decoded("Y*") == nil)
  }

  @Test func readsAddresses() throws {
    func read(_ text: String, _ variables: [String: String] = [:]) throws -> SparkAddress {
      try SparkAddress(text) { variables[$0] }
    }
    let databricks = try read(
      "sc://adb-1.azuredatabricks.net:443/;token=dapi%2Bx;x-databricks-cluster-id=0601-182128-dc")
    #expect(databricks.name == "sc://adb-1.azuredatabricks.net:443")
    #expect(databricks.isSecure)
    #expect(databricks.base.hasPrefix("https://adb-1.azuredatabricks.net:443/spark.connect."))
    #expect(
      databricks.headers == [
        "x-databricks-cluster-id: 0601-182128-dc", "authorization: Bearer dapi+x",
        "user-agent: widen",
      ])
    #expect(databricks.user == "widen")
    let plain = try read("sc://localhost", ["SPARK_CONNECT_AUTHENTICATE_TOKEN": "t", "USER": "jo"])
    #expect(plain.name == "sc://localhost:15002" && !plain.isSecure && plain.user == "jo")
    #expect(plain.headers.contains("authorization: Bearer t"))
    #expect(try read("sc://db/;token=t").isSecure)
    #expect(try read("sc://[::1]:15002/;use_ssl=TRUE;user_id=a b").isSecure)
    #expect(try read("sc://h/;user_agent=x").headers == ["user-agent: x widen"])
  }

  @Test(arguments: [
    ("sc://h:443/;token=x;use_ssl=true;x-key=y;database=d", "sc://h:443/;use_ssl=true;database=d"),
    ("sc://h:443/;token=x", "sc://h:443"), ("sc://h", "sc://h"), ("sc://x@h/", "sc://h"),
    ("postgresql://me:pw@h/d?sslmode=require&password=x", "postgresql://me@h/d?sslmode=require"),
    ("postgresql://me@%2Ftmp/d", "postgresql://me@%2Ftmp/d"), ("postgres:///d", "postgres:///d"),
    ("postgresql://h/d?sslpassword=x", "postgresql://h/d"), ("staff.csv", "staff.csv"),
  ]) func keepsSecretsOutOfAddresses(_ address: String, _ shown: String) {
    #expect(addressWithoutSecrets(address) == shown)
  }

  @Test(arguments: [
    ("sc://", "no host and port stand in it"), ("sc://a b", "no host and port stand in it"),
    ("sc://host:x", "no host and port stand in it"),
    ("sc://secret@host", "no host and port stand in it"),
    ("sc://host:99999", "no host and port stand in it"),
    (
      "sc://host/table", "behind the host only parameters can stand, each behind a semicolon"
    ),
    ("sc://host/;token", "a parameter has no value"),
    ("sc://host/;token=a%0D%0Ax: y", "a parameter has characters that cannot be sent"),
    ("sc://host/;a b=c", "a parameter has characters that cannot be sent"),
  ]) func refusesAddressesThatAreNone(_ text: String, _ reason: String) {
    let failure = #expect(throws: ServerError.self) { try SparkAddress(text) { _ in nil } }
    #expect(failure?.message == "this is no address of a cluster: \(reason)")
    #expect(failure?.hint == "sc://host:15002, or sc://host:443/;use_ssl=true;token=…")
  }
}
