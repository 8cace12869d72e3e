# The medians of sorted lines `ENGINE TASK MILLISECONDS ROWS`, a row a task, a column an engine.
# The first file names the tasks: `TASK|TITLE|QUERY`.

NR == FNR {
  split($0, parts, "|")
  order[++tasks] = parts[1]
  title[parts[1]] = parts[2]
  next
}

{
  if (!($1 in seen)) { seen[$1] = 1; if ($1 != "widen") peer[++peers] = $1 }
  time[$1, $2, ++runs[$1, $2]] = $3
  rows[$1, $2] = $4
}

END {
  add("T1", "load both tables")
  add("T13", "a process: load, one query, write")
  add("T14", "start and end")
  printf "%-5s %-36s %12s", "task", "", "widen"
  for (i = 1; i <= peers; i++) printf " %12s", peer[i]
  print (peers > 0 ? "   times faster than the best" : "")
  line("T1")
  for (task = 1; task <= tasks; task++) line(order[task])
  line("T13")
  line("T14")
}

function add(task, words) {
  title[task] = words
}

function line(task,    i, own, best, differs) {
  own = median("widen", task)
  if (own == "") return
  printf "%-5s %-36s %12.3f", task, title[task], own
  best = ""
  for (i = 1; i <= peers; i++) {
    value = median(peer[i], task)
    if (value == "") { printf " %12s", ""; continue }
    printf " %12.3f", value
    if (best == "" || value < best) best = value
    if (rows[peer[i], task] != rows["widen", task]) differs = differs " " peer[i]
  }
  if (best != "" && own > 0) printf "   %.1f", best / own
  print (differs != "" ? "   another number of rows than" differs : "")
}

function median(engine, task,    count) {
  count = runs[engine, task]
  if (count == 0) return ""
  return (time[engine, task, int((count + 1) / 2)] + time[engine, task, int(count / 2) + 1]) / 2
}
