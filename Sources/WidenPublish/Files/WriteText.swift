/// Writes a text to a file, whole or not at all; a file that exists is replaced only by `overwrite`.
public func writeWhole(_ text: String, to path: String, overwrite: Bool = false)
  throws(PublishError)
{
  let target = try Target.at(path)
  if case .file = target, !overwrite { throw .exists(path) }
  let file = try WholeFile(target, shownPath: path, isPrivate: false)
  try file.write(Array(text.utf8))
  try file.flush()
  try file.putInPlace()
}
