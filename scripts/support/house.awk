# The house rules of Swift files. Works on the text without comments and without the contents of
# text literals, and on the layout that `swift format` gives: two spaces a level.
# Variables: arrows (TARGET IMPORTS… a line), unchecked (FILE a line).

BEGIN {
  count = split(arrows, rows, "\n")
  for (i = 1; i <= count; i++) {
    words = split(rows[i], word, " ")
    if (words > 0) known[word[1]] = 1
    for (j = 2; j <= words; j++) allowed[word[1], word[j]] = 1
  }
  count = split(unchecked, rows, "\n")
  for (i = 1; i <= count; i++) if (rows[i] != "") mayBeUnchecked[rows[i]] = 1
  longest = 60
}

FNR == 1 {
  split(FILENAME, folder, "/")
  target = folder[2]
  inSources = folder[1] == "Sources"
  isCore = inSources && target ~ /^Widen(Language|Statistics|Engine|Publish)$/
  isLibrary = inSources && target ~ /^Widen/
  inText = 0
  inComment = 0
  split("", start)
  waiting = -1
  previous = ""
  if (folder[1] != "Package.swift" && !(target in known)) {
    finding("the target " target " has no line of imports in scripts/check")
  }
}

{
  wasInText = inText
  code = bare($0)
  if (wasInText) next
  match($0, /^ */)
  indent = RLENGTH
  rules()
  imports()
  functionLength()
  if (code !~ /^ *$/) previous = code
}

function finding(rule) {
  printf "%s:%d: %s\n", FILENAME, FNR, rule
}

# ── Rules of a single line ───────────────────────────────────────────────────────────────────────

function rules() {
  if ($0 ~ /(TO)DO|(FIX)ME/) finding("an open task does not belong in the code")
  if (inSources) {
    if (code ~ /(^|[^A-Za-z0-9_])(try|as)!/) finding("try! and as! can end the process")
    if (code ~ /(^|[^A-Za-z0-9_])fatalError\(/) finding("fatalError ends the process")
    if (code ~ /@unchecked Sendable|nonisolated\(unsafe\)/ && !(FILENAME in mayBeUnchecked)) {
      finding("unchecked concurrency outside the files that scripts/check lists")
    }
  } else if (code ~ /#expect\((true|Bool\(true\))\)|#expect\(1 == 1\)/) {
    finding("a test that cannot fail")
  } else if (code ~ /\.disabled\(/) {
    finding("a test that is switched off")
  }
  if (isLibrary && writes()) finding("only the program itself writes to the terminal")
  if (isCore && code ~ /(^|[^A-Za-z0-9_.])(getenv|isatty|clock_gettime|gettimeofday|readLine|socket)\(|CommandLine\./) {
    finding("the core is given the terminal, the clock, the environment and the network")
  }
}

# The language's printer has functions called `print` that give text. A call of the other `print`
# has a literal or a label that only it takes, or stands as a statement whose result nobody takes.
function writes() {
  if (code ~ /(^|[^A-Za-z0-9_.])(Swift\.print|debugPrint|dump)\(/) return 1
  if (code ~ /(^|[^A-Za-z0-9_.])print\((\)|"|[^()]*(terminator|separator): )/) return code !~ /func print/
  return code ~ /^ *print\(/ && previous !~ /([{(:,=]|return|else|in)$/
}

# ── Imports ──────────────────────────────────────────────────────────────────────────────────────

function imports(    count, word, i, name) {
  if (FILENAME == "Package.swift" || code !~ /^ *(@[A-Za-z_]+ +)*((public|package|internal|fileprivate|private) +)?import +[A-Za-z]/) return
  count = split(code, word, " ")
  for (i = 1; i < count; i++) if (word[i] == "import") break
  name = word[i + 1]
  if (name ~ /^(struct|class|enum|protocol|typealias|func|var|let)$/) name = word[i + 2]
  sub(/\..*/, "", name)
  if (code ~ /@_exported/) finding("an import is for one file; none is passed on")
  if (!((target, name) in allowed)) finding(target " may not import " name)
}

# ── Lengths of functions ─────────────────────────────────────────────────────────────────────────

# A declaration opens at its indentation and ends at the first `}` that stands there. While its
# signature goes on over several lines it waits; one without a body, in a protocol, just lapses.
function functionLength(    opens) {
  if ($0 ~ /^ *$/) return
  opens = code ~ /\{ *([A-Za-z_, ()]+ in)? *$/
  if (waiting >= 0 && indent <= waiting) {
    if (indent == waiting && code ~ /^ *([)\]}>{]|->|where |throws|async)/) {
      if (opens) { start[waiting] = since; waiting = -1 }
      else if (code ~ /\}$/) waiting = -1
      return
    }
    waiting = -1
  } else if (waiting >= 0) {
    return
  }
  if (code ~ /^ *\}/ && (indent in start)) {
    if (FNR - start[indent] + 1 > longest) {
      printf "%s:%d: a function of %d lines; %d at most\n", FILENAME, start[indent], FNR - start[indent] + 1, longest
    }
    delete start[indent]
  }
  if (code ~ /^ *(@[A-Za-z]+(\([^)]*\))? +)*((public|package|internal|fileprivate|private|static|final|override|mutating|nonmutating|convenience|required|isolated|nonisolated|borrowing|consuming|class) +)*(func |init[?(<]|subscript[(<]|deinit)/) {
    if (opens) start[indent] = FNR
    else if (code !~ /\}$/) { waiting = indent; since = FNR }
  }
}

# ── Text without comments and contents of literals ───────────────────────────────────────────────

# The line with comments cut and text literals emptied. Follows literals of three quotes over lines.
function bare(line,    result, position, character, three) {
  result = ""
  position = 1
  while (position <= length(line)) {
    three = substr(line, position, 3)
    character = substr(line, position, 1)
    if (inText) {
      if (character == "\\") position += 2
      else if (three == "\"\"\"") { inText = 0; position += 3; result = result "\"\"" }
      else position++
    } else if (inComment) {
      if (substr(line, position, 2) == "*/") { inComment = 0; position += 2 } else position++
    } else if (three == "\"\"\"") {
      inText = 1
      position += 3
    } else if (substr(line, position, 2) == "//") {
      break
    } else if (substr(line, position, 2) == "/*") {
      inComment = 1
      position += 2
    } else if (character == "\"") {
      position = literalEnd(line, position)
      result = result "\"\""
    } else {
      result = result character
      position++
    }
  }
  sub(/ +$/, "", result)
  return result
}

# The place after a literal of one line; what stands in \( ) is part of it.
function literalEnd(line, position,    depth, character) {
  depth = 0
  for (position++; position <= length(line); position++) {
    character = substr(line, position, 1)
    if (character == "\\") {
      if (substr(line, position + 1, 1) == "(") depth++
      position++
    } else if (depth > 0) {
      if (character == "(") depth++
      else if (character == ")") depth--
      else if (character == "\"") position = literalEnd(line, position) - 1
    } else if (character == "\"") {
      return position + 1
    }
  }
  return position
}
