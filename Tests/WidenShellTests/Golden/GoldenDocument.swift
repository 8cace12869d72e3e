/// A Markdown document whose `widen` blocks are run, and whose `sh` blocks name real scripts.
///
/// A `widen` block that starts with the prompt shows what is answered; one that does not is a
/// script, and has to run without an error.
struct GoldenDocument {
  enum Block: Equatable {
    case transcript(Transcript)
    case script(String)
    case shell([String])
  }

  static let prompt = "widen› "

  private var lines: [String]
  /// The blocks that matter here, and the lines between their fences.
  private(set) var blocks: [(block: Block, body: Range<Int>)] = []

  init(_ text: String) {
    lines = splitLines(text)
    var opened: (language: String, line: Int)?
    for (index, line) in lines.enumerated() where line.hasPrefix("```") {
      guard let fence = opened else {
        opened = (String(line.dropFirst(3)), index)
        continue
      }
      opened = nil
      let body = fence.line + 1..<index
      if let block = Self.block(fence.language, Array(lines[body])) { blocks.append((block, body)) }
    }
  }

  /// The whole document with the transcripts' answers replaced, in the order of the blocks.
  func text(with transcripts: [Transcript]) -> String {
    var result = lines
    var rest = transcripts[...]
    var replaced: [(Range<Int>, Transcript)] = []
    for (block, body) in blocks {
      if case .transcript = block, let transcript = rest.popFirst() {
        replaced.append((body, transcript))
      }
    }
    for (body, transcript) in replaced.reversed() {
      result.replaceSubrange(body, with: transcript.lines(prompt: Self.prompt))
    }
    return result.joined(separator: "\n")
  }

  private static func block(_ language: String, _ body: [String]) -> Block? {
    switch language {
    case "widen":
      if let transcript = Transcript(body, prompt: prompt) { return .transcript(transcript) }
      return .script(body.joined(separator: "\n"))
    case "sh": return .shell(body)
    default: return nil
    }
  }
}
