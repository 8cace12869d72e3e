/// How the counts of a table are made safe to publish, with every setting of it.
public struct DisclosurePolicy: Hashable, Sendable {
  /// What is done to small counts, to the others and to totals.
  public enum Method: String, Hashable, Sendable, CaseIterable {
    /// Small counts are withheld, the others rounded; totals are sums of what is published.
    case safe
    /// Small counts are withheld, and with them others, so that true totals give nothing away.
    case suppress
    /// Small counts are withheld, the others and the true totals are rounded on their own.
    case hes
    /// Every count becomes the middle of its class; totals are sums of those.
    case midpoint
    /// Everything is published as it is.
    case none
  }

  /// What is done.
  public var method: Method
  /// The largest count that is small; counts from 1 to it are withheld.
  public var threshold: Int
  /// What counts are rounded to, or the width of a class.
  public var base: Int
  /// How many more the greatest value that a reader can infer has to be than the least.
  public var window: Int
  /// Whether a count of 0 is as small as one of 1.
  public var withholdsZeros: Bool

  /// A policy; the errors are `setting` for what is out of range.
  public init(
    _ method: Method, threshold: Int, base: Int, window: Int, withholdsZeros: Bool = false
  ) throws(DisclosureError) {
    for (name, value, least) in [
      ("threshold", threshold, 0), ("base", base, 1), ("window", window, 1),
    ] where value < least {
      throw .setting(name, value, atLeast: least)
    }
    self.init(
      method: method, threshold: threshold, base: base, window: window,
      withholdsZeros: withholdsZeros)
  }

  /// The rounding that protects by default: 1 to 7 withheld, base 5.
  ///
  /// OpenSAFELY, "Statistical disclosure control": redact up to 7, then round to the nearest 5;
  /// totals are the sums of the rounded cells.
  public static let safe = standard(.safe, base: 5)
  /// True counts and totals, 1 to 7 withheld with what protects them.
  public static let suppress = standard(.suppress, base: 1)
  /// The rule of NHS England for Hospital Episode Statistics: 1 to 7 withheld, base 5.
  ///
  /// NHS England, "Hospital Episode Statistics analysis guide": suppression and rounding.
  public static let hes = standard(.hes, base: 5)
  /// The middles of classes of 6: 0, 3, 9, 15 and so on (OpenSAFELY, midpoint 6 rounding).
  public static let midpoint6 = standard(.midpoint, base: 6)
  /// Everything as it is.
  public static let none = standard(.none, base: 1)

  private static func standard(_ method: Method, base: Int) -> DisclosurePolicy {
    DisclosurePolicy(method: method, threshold: 7, base: base, window: 5, withholdsZeros: false)
  }

  private init(method: Method, threshold: Int, base: Int, window: Int, withholdsZeros: Bool) {
    self.method = method
    self.threshold = threshold
    self.base = base
    self.window = window
    self.withholdsZeros = withholdsZeros
  }

  /// The policies that have a name, in the order in which they are listed.
  public static let named: [DisclosurePolicy] = [.safe, .suppress, .hes, .midpoint6, .none]

  /// The policy of this name; nil when there is none.
  public init?(named name: String) {
    guard let policy = Self.named.first(where: { $0.name == name.lowercased() }) else { return nil }
    self = policy
  }

  /// The name that a user types: `safe`, `suppress`, `hes`, `midpoint6`, `none`.
  public var name: String {
    method == .midpoint ? "midpoint\(base)" : method.rawValue
  }

  /// Whether it protects less than another somewhere, so that settings may not replace that one.
  ///
  /// Two methods other than `none` protect in different ways: neither is taken for the weaker.
  public func isWeaker(than other: DisclosurePolicy) -> Bool {
    if other.method == .none { return false }
    if method == .none { return true }
    return threshold < other.threshold || window < other.window
      || (method == other.method && base < other.base)
      || (other.withholdsZeros && !withholdsZeros)
  }

  /// The smallest group whose mean, median or sum is published.
  public var smallestGroup: Int { threshold + 1 }

  /// Whether totals are sums of the published cells, and to be labelled so.
  public var totalsAreSumsOfPublished: Bool {
    switch method {
    case .safe, .midpoint: true
    case .suppress, .hes, .none: false
    }
  }

  /// Whether a percentage is withheld when any cell of its base is.
  ///
  /// Else 41 White and 4 withheld would become 100 % White. Midpoints withhold nothing for size.
  public var percentagesNeedWholeBase: Bool {
    switch method {
    case .safe, .suppress, .hes: true
    case .midpoint, .none: false
    }
  }
}
