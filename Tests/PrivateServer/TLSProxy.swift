public import Foundation
internal import Glibc

/// A way to a server on which everything is encrypted, with a certificate of its own.
///
/// It needs `openssl` and `python3`.
public final class TLSProxy: Sendable {
  /// Where it is reached, on this machine, as `localhost`.
  public let port: Int
  /// The certificate, which nobody has signed.
  public let certificate: URL
  private let process: pid_t
  private let folder: URL

  /// Starts it before a port of this machine; nil, said aloud, where a program is missing.
  ///
  /// The certificate is for `localhost`, or for another name.
  public init?(to server: Int, name: String = "localhost") {
    let programs = ["/usr/bin/openssl", "/usr/bin/python3"]
    if let missing = programs.first(where: { access($0, X_OK) != 0 }) {
      FileHandle.standardError.write(Data("TLS is not tried: there is no \(missing)\n".utf8))
      return nil
    }
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "widen-tls-\(UUID().uuidString)")
    certificate = folder.appendingPathComponent("certificate.pem")
    let key = folder.appendingPathComponent("key.pem")
    let said = folder.appendingPathComponent("port")
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      return nil
    }
    let make = [
      programs[0], "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key.path, "-out",
      certificate.path, "-days", "2", "-subj", "/CN=\(name)", "-addext",
      "subjectAltName=DNS:\(name)",
    ]
    guard let maker = spawned(make, output: said.path) else { return nil }
    var status: Int32 = 0
    waitpid(maker, &status, 0)
    let run = [programs[1], "-c", program, certificate.path, key.path, "\(server)"]
    guard status == 0, let process = spawned(run, output: said.path) else { return nil }
    var found: Int?
    for _ in 0..<200 where found == nil {
      usleep(50_000)
      found = (try? String(contentsOf: said, encoding: .utf8)).flatMap {
        $0.hasSuffix("\n") ? Int($0.dropLast()) : nil
      }
    }
    self.process = process
    guard let found else {
      kill(process, SIGKILL)
      return nil
    }
    port = found
  }

  deinit {
    kill(process, SIGKILL)
    var status: Int32 = 0
    waitpid(process, &status, 0)
    try? FileManager.default.removeItem(at: folder)
  }
}

/// Starts a program that writes to a file; nil when it does not start.
func spawned(_ command: [String], output: String, environment: [String] = []) -> pid_t? {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
  posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
  var words = command.map { strdup($0) } + [nil]
  var settings =
    (["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"] + environment).map { strdup($0) } + [nil]
  defer { for word in words + settings { free(word) } }
  var child: pid_t = 0
  let result = posix_spawn(&child, command[0], &actions, nil, &words, &settings)
  return result == 0 ? child : nil
}

private let program = """
  import socket, ssl, sys, threading
  context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
  context.load_cert_chain(sys.argv[1], sys.argv[2])
  context.set_alpn_protocols(["h2"])
  listener = socket.create_server(("127.0.0.1", 0))
  print(listener.getsockname()[1], flush=True)

  def copy(source, target):
      try:
          while data := source.recv(65536):
              target.sendall(data)
      except OSError:
          pass
      for end in (source, target):
          try:
              end.shutdown(socket.SHUT_RDWR)
          except OSError:
              pass

  def serve(plain):
      try:
          client = context.wrap_socket(plain, server_side=True)
          server = socket.create_connection(("127.0.0.1", int(sys.argv[3])))
      except OSError:
          plain.close()
          return
      threading.Thread(target=copy, args=(client, server), daemon=True).start()
      copy(server, client)

  while True:
      threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
  """
