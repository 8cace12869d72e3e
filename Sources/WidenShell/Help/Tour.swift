/// Five questions for somebody who has never seen the shell.
///
/// Each is put into the prompt, to be run with Return or changed first; its answer leads to the next.
enum Tour {
  /// One question of the tour.
  struct Question: Sendable {
    /// What is asked, in plain words.
    let title: String
    /// What is new about it, in lines of at most 76 characters.
    let lines: [String]
    /// How it is asked, on one line.
    let query: String
  }

  static let questions: [Question] = [
    Question(
      title: "How many posts are there in each band?",
      lines: [
        "A question starts with a table, and each step after a bar works on what the step",
        "before it left. 'count by' gives a row for each group. Press Return to ask.",
      ],
      query: "from staff | count by band"),
    Question(
      title: "And in bands 2 to 4, of those in post on 31 March 2015?",
      lines: [
        "'snapshot' keeps those in post on a day, 'where' the rows for which a condition holds.",
        "Text stands in quotes. The line under the answer counts the rows that each step kept.",
      ],
      query:
        #"from staff | snapshot at 2015-03-31 | where band in "2".."4" | count by ethnic_group"#),
    Question(
      title: "What percentage of each staff group is female?",
      lines: [
        "'share within' divides by the total of each group, and its header says so. At the end of",
        "a query Tab shows which steps may follow; inside quotes it shows the column's values.",
      ],
      query: "from staff | snapshot at 2015-03-31 | count by staff_group, sex | share within"
        + " staff_group"),
    Question(
      title: "Do more people start each year?",
      lines: [
        "A key may be computed and given a name. 'chart', at the end, draws the result."
      ],
      query: "from participation | count as starts by fy(started) as year | chart"),
    Question(
      title: "Which three programmes have most starts, and whom do they reach?",
      lines: [
        "A dot follows a column to the table it points to: no join is needed. Answers go on from",
        "'last', the latest result, and 'back' takes the last step away again.",
      ],
      query: "from participation | count by initiative.name as programme | top 3 by n"),
  ]

  static let ending = """
    That was the tour. Try now: back · from last | chart · explain from staff | count by band
    export last to "top.csv" writes a file, save "top.widen" keeps the question as a script.
    help has the rest on one screen, help topics leads further.

    """

  /// What stands before a question: its number, what it asks, and what is new.
  static func introduction(_ index: Int) -> String {
    let question = questions[index]
    let lines = question.lines.map { "  \($0)\n" }.joined()
    return "\(index + 1) of \(questions.count) · \(question.title)\n\(lines)"
  }

  /// The whole tour to be read.
  static var text: String {
    questions.indices.map { "\(introduction($0))\n      \(questions[$0].query)\n\n" }.joined()
      + ending
  }

  /// Whether a text asks this question, however it is laid out.
  static func isQuestion(_ index: Int, _ text: String) -> Bool {
    func words(_ text: String) -> [Substring] { text.split(whereSeparator: \.isWhitespace) }
    return words(text) == words(questions[index].query)
  }
}

extension Session {
  /// `help tour`: puts the question that is next into the prompt; where nobody types, all of them
  /// are shown.
  func tour() -> String {
    guard options.isInteractive else { return Tour.text }
    guard case .sample = options.source else {
      return "The tour asks about the bundled sample: start widen without a dataset to take it.\n"
        + "These are its questions.\n\n" + Tour.text
    }
    let index = tourQuestion ?? 0
    tourQuestion = index
    proposal = Tour.questions[index].query
    return Tour.introduction(index)
  }

  /// After the tour's own question has been answered, the next one.
  func continueTour(after text: String, _ run: Run) {
    guard let index = tourQuestion, !run.isScript, Tour.isQuestion(index, text) else { return }
    guard index + 1 < Tour.questions.count else {
      tourQuestion = nil
      run.sinks.messages("\n" + Tour.ending)
      return
    }
    tourQuestion = index + 1
    proposal = Tour.questions[index + 1].query
    run.sinks.messages("\n" + Tour.introduction(index + 1))
  }
}
