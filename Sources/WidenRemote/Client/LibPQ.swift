internal import Glibc

/// PostgreSQL's client library, found when a database is first opened.
///
/// Its functions are looked up at run time, so that the program needs neither the library nor its
/// headers where no database is asked for, and starts no later for it.
struct LibPQ: Sendable {
  typealias Text = UnsafePointer<CChar>

  /// The number that servers give to the type `text`.
  static let textType: UInt32 = 25

  let connectStart: @convention(c) (Text?) -> OpaquePointer?
  let connectPoll: @convention(c) (OpaquePointer?) -> Int32
  let finish: @convention(c) (OpaquePointer?) -> Void
  let status: @convention(c) (OpaquePointer?) -> Int32
  let errorMessage: @convention(c) (OpaquePointer?) -> Text?
  let socket: @convention(c) (OpaquePointer?) -> Int32
  let host: @convention(c) (OpaquePointer?) -> Text?
  let databaseName: @convention(c) (OpaquePointer?) -> Text?
  let serverVersion: @convention(c) (OpaquePointer?) -> Int32
  let sendQueryParameters:
    @convention(c) (
      OpaquePointer?, Text?, Int32, UnsafePointer<UInt32>?, UnsafePointer<Text?>?,
      UnsafePointer<Int32>?, UnsafePointer<Int32>?, Int32
    ) -> Int32
  let setSingleRowMode: @convention(c) (OpaquePointer?) -> Int32
  let consumeInput: @convention(c) (OpaquePointer?) -> Int32
  let isBusy: @convention(c) (OpaquePointer?) -> Int32
  let flush: @convention(c) (OpaquePointer?) -> Int32
  let getResult: @convention(c) (OpaquePointer?) -> OpaquePointer?
  let resultStatus: @convention(c) (OpaquePointer?) -> Int32
  let resultErrorField: @convention(c) (OpaquePointer?, Int32) -> Text?
  let resultErrorMessage: @convention(c) (OpaquePointer?) -> Text?
  let rowCount: @convention(c) (OpaquePointer?) -> Int32
  let columnCount: @convention(c) (OpaquePointer?) -> Int32
  let value: @convention(c) (OpaquePointer?, Int32, Int32) -> UnsafePointer<UInt8>?
  let length: @convention(c) (OpaquePointer?, Int32, Int32) -> Int32
  let isNull: @convention(c) (OpaquePointer?, Int32, Int32) -> Int32
  let clear: @convention(c) (OpaquePointer?) -> Void
  let getCancel: @convention(c) (OpaquePointer?) -> OpaquePointer?
  let cancel: @convention(c) (OpaquePointer?, UnsafeMutablePointer<CChar>?, Int32) -> Int32
  let freeCancel: @convention(c) (OpaquePointer?) -> Void
  let setNoticeProcessor:
    @convention(c) (
      OpaquePointer?, (@convention(c) (UnsafeMutableRawPointer?, Text?) -> Void)?,
      UnsafeMutableRawPointer?
    ) -> UnsafeMutableRawPointer?

  /// The library of this system.
  ///
  /// - Throws: `ServerError` when there is none.
  init() throws(ServerError) {
    guard let handle = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL) else {
      throw ServerError(
        "PostgreSQL's client library libpq is not installed",
        hint: "apt-get install libpq5 installs it; nothing else is needed")
    }
    let symbols = Symbols(
      handle: handle, library: "PostgreSQL's client library",
      hint: "version 9.2 or later is needed: apt-get install libpq5")
    connectStart = try symbols.find("PQconnectStart")
    connectPoll = try symbols.find("PQconnectPoll")
    finish = try symbols.find("PQfinish")
    status = try symbols.find("PQstatus")
    errorMessage = try symbols.find("PQerrorMessage")
    socket = try symbols.find("PQsocket")
    host = try symbols.find("PQhost")
    databaseName = try symbols.find("PQdb")
    serverVersion = try symbols.find("PQserverVersion")
    sendQueryParameters = try symbols.find("PQsendQueryParams")
    setSingleRowMode = try symbols.find("PQsetSingleRowMode")
    consumeInput = try symbols.find("PQconsumeInput")
    isBusy = try symbols.find("PQisBusy")
    flush = try symbols.find("PQflush")
    getResult = try symbols.find("PQgetResult")
    resultStatus = try symbols.find("PQresultStatus")
    resultErrorField = try symbols.find("PQresultErrorField")
    resultErrorMessage = try symbols.find("PQresultErrorMessage")
    rowCount = try symbols.find("PQntuples")
    columnCount = try symbols.find("PQnfields")
    value = try symbols.find("PQgetvalue")
    length = try symbols.find("PQgetlength")
    isNull = try symbols.find("PQgetisnull")
    clear = try symbols.find("PQclear")
    getCancel = try symbols.find("PQgetCancel")
    cancel = try symbols.find("PQcancel")
    freeCancel = try symbols.find("PQfreeCancel")
    setNoticeProcessor = try symbols.find("PQsetNoticeProcessor")
  }
}
