import WidenEngine
import WidenLanguage

/// The sentences under the table of a page: that data are invented, how it was asked, what to know.
func pageLines(_ answer: Answer, _ context: ExportContext?) -> [String] {
  var lines: [String] = []
  if answer.isSynthetic || context?.isSynthetic == true { lines.append(syntheticSentence) }
  lines += answer.notes.map(noteSentence)
  guard let context else { return lines }
  lines += story(answer, context).map { "\($0.name): \($0.text)" }
  lines += context.attribution
  lines.append(writtenLine(context))
  return lines
}
