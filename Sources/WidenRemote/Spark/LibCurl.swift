internal import CRemote
internal import Glibc

/// The system's library for HTTP, found when a cluster is first opened.
///
/// Its functions are looked up at run time, so that the program needs neither the library nor its
/// headers where no cluster is asked for, and starts no later for it.
struct LibCurl: Sendable {
  typealias Handle = UnsafeMutableRawPointer

  let easyInit: @convention(c) () -> Handle?
  let easyCleanup: @convention(c) (Handle?) -> Void
  let easyError: @convention(c) (Int32) -> UnsafePointer<CChar>?
  let listAppend: @convention(c) (Handle?, UnsafePointer<CChar>?) -> Handle?
  let listFree: @convention(c) (Handle?) -> Void
  let multiInit: @convention(c) () -> Handle?
  let multiCleanup: @convention(c) (Handle?) -> Int32
  let multiAdd: @convention(c) (Handle?, Handle?) -> Int32
  let multiRemove: @convention(c) (Handle?, Handle?) -> Int32
  let multiPerform: @convention(c) (Handle?, UnsafeMutablePointer<Int32>?) -> Int32
  let multiPoll:
    @convention(c) (Handle?, Handle?, UInt32, Int32, UnsafeMutablePointer<Int32>?) -> Int32
  let multiRead:
    @convention(c) (Handle?, UnsafeMutablePointer<Int32>?) -> UnsafeMutablePointer<widen_message>?
  /// Functions of any arguments, as numbers, for pointers are not to be shared.
  private let easySet: Int
  private let easyGet: Int

  /// The library of this system.
  ///
  /// - Throws: `ServerError` when there is none.
  init() throws(ServerError) {
    let names = ["libcurl.so.4", "libcurl-gnutls.so.4"]
    guard let handle = names.lazy.compactMap({ dlopen($0, RTLD_NOW | RTLD_LOCAL) }).first else {
      throw ServerError(
        "the library libcurl, through which Spark is asked, is not installed",
        hint: "apt-get install libcurl4 installs it; nothing else is needed")
    }
    let symbols = Symbols(
      handle: handle, library: "libcurl", hint: "version 7.66 or later is needed")
    easyInit = try symbols.find("curl_easy_init")
    easyCleanup = try symbols.find("curl_easy_cleanup")
    easyError = try symbols.find("curl_easy_strerror")
    listAppend = try symbols.find("curl_slist_append")
    listFree = try symbols.find("curl_slist_free_all")
    multiInit = try symbols.find("curl_multi_init")
    multiCleanup = try symbols.find("curl_multi_cleanup")
    multiAdd = try symbols.find("curl_multi_add_handle")
    multiRemove = try symbols.find("curl_multi_remove_handle")
    multiPerform = try symbols.find("curl_multi_perform")
    multiPoll = try symbols.find("curl_multi_poll")
    multiRead = try symbols.find("curl_multi_info_read")
    easySet = try symbols.find("curl_easy_setopt")
    easyGet = try symbols.find("curl_easy_getinfo")
  }

  func set(_ option: Option, _ number: Int, of transfer: Handle) -> Int32 {
    widen_set_number(Handle(bitPattern: easySet), transfer, option.rawValue, number)
  }

  func set(_ option: Option, size: Int, of transfer: Handle) -> Int32 {
    widen_set_size(Handle(bitPattern: easySet), transfer, option.rawValue, Int64(size))
  }

  func set(_ option: Option, _ pointer: UnsafeRawPointer?, of transfer: Handle) -> Int32 {
    widen_set_pointer(Handle(bitPattern: easySet), transfer, option.rawValue, pointer)
  }

  func set(_ option: Option, _ receiver: widen_receiver, of transfer: Handle) -> Int32 {
    widen_set_receiver(Handle(bitPattern: easySet), transfer, option.rawValue, receiver)
  }

  /// The status of HTTP; 0 before there is one.
  func status(of transfer: Handle) -> Int {
    var status = 0
    _ = widen_get_number(Handle(bitPattern: easyGet), transfer, responseCode, &status)
    return status
  }

  /// What was set as a transfer's owner.
  func owner(of transfer: Handle) -> Handle? {
    var owner: Handle?
    _ = widen_get_pointer(Handle(bitPattern: easyGet), transfer, ownPointer, &owner)
    return owner
  }

  /// The numbers that libcurl's headers give its options.
  enum Option: Int32 {
    case post = 47
    case freshConnection = 74
    case singleUse = 75
    case httpVersion = 84
    case bufferSize = 98
    case withoutSignals = 99
    case connectingMilliseconds = 156
    case keepsAlive = 213
    case idleSeconds = 214
    case intervalSeconds = 215
    case bodyReceiver = 20011
    case headerReceiver = 20079
    case bodyContext = 10001
    case address = 10002
    case proxy = 10004
    case errorText = 10010
    case headers = 10023
    case headerContext = 10029
    case certificates = 10065
    case owner = 10103
    case copiedBody = 10165
    case bodySize = 30120
  }

  /// HTTP/2 from the first byte, or agreed upon while TLS is.
  static let plainHTTP2 = 5
  static let secureHTTP2 = 4
  private let responseCode: Int32 = 0x200000 + 2
  private let ownPointer: Int32 = 0x100000 + 21
}
