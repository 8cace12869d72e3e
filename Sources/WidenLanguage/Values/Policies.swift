/// The names of the disclosure policies, in the order in which they are listed.
///
/// What each does is `WidenStatistics.DisclosurePolicy`.
public let disclosurePolicyNames = ["safe", "suppress", "hes", "midpoint6", "none"]
