/// The address of a database without what is secret in it, so that it can be written down.
///
/// A user's name stays, a password or a token goes; of parameters those stay that are known to be
/// harmless. What is no such address stays as it is.
public func addressWithoutSecrets(_ address: String) -> String {
  guard let scheme = address.firstRange(of: "://") else { return address }
  let isSpark = address.hasPrefix(SparkAddress.scheme)
  let rest = address[scheme.upperBound...]
  let place = rest.prefix { $0 != (isSpark ? ";" : "?") }
  var kept = place
  if let at = place.lastIndex(of: "@") {
    let user = isSpark ? "" : place[..<at].prefix { $0 != ":" }
    kept = user + place[at...].dropFirst(isSpark ? 1 : 0)
  }
  let separator: Character = isSpark ? ";" : "&"
  let parameters = rest[place.endIndex...].dropFirst().split(separator: separator).filter {
    harmlessParameters.contains(String($0.prefix { $0 != "=" }))
  }
  if parameters.isEmpty, isSpark, kept.last == "/" { kept = kept.dropLast() }
  let known = parameters.map(String.init).joined(separator: String(separator))
  return String(address[..<scheme.upperBound]) + String(kept)
    + (known.isEmpty ? "" : (isSpark ? ";" : "?") + known)
}

/// Parameters of addresses that say where a database is, and how it is spoken to.
private let harmlessParameters: Set = [
  "use_ssl", "user_id", "user_agent", "database", "x-databricks-cluster-id", "host", "hostaddr",
  "port", "dbname", "user", "sslmode", "sslrootcert", "sslcert", "sslkey", "passfile", "service",
  "gssencmode", "options", "application_name", "target_session_attrs", "connect_timeout",
]
