"""What grows, for scripts/bench growth: `python growth.py WIDEN FOLDER ROWS THREADS`.

Times and memory at a tenth of the rows and at all of them, beside DuckDB where it is installed: what
is linear stands at ten times or less. Answers are compared by their number of rows.
"""
import importlib.util
import os
import statistics
import subprocess
import sys

from bench import SUPPORT, Peer, Widen

QUERIES = [
    ("2 groups", "from t | summarise sum value as s by two",
     "select two, sum(value) from t group by all"),
    ("100 groups", "from t | summarise sum value as s by hundred",
     "select hundred, sum(value) from t group by all"),
    ("10,000 groups", "from t | summarise sum value as s by thousands",
     "select thousands, sum(value) from t group by all"),
    ("a million groups", "from t | summarise sum value as s by million",
     "select million, sum(value) from t group by all"),
    ("two keys of many", "from t | summarise sum value as s by million, thousands",
     "select million, thousands, sum(value) from t group by all"),
    ("count by name", "from t | count by name", "select name, count(*) from t group by all"),
    ("distinct names by key", "from t | count distinct name by hundred",
     "select hundred, count(distinct name) from t group by all"),
    ("notes that contain a word", 'from t | where note contains "again ward" | count by hundred',
     "select hundred, count(*) from t where contains(note, 'again ward') group by all"),
    ("count by note", "from t | count by note", "select note, count(*) from t group by all"),
    ("sort by name", "from t | sort name", "select * from t order by name"),
    ("sort by a number", "from t | sort value desc", "select * from t order by value desc"),
]
WIDE = [
    ("a column of 200", "from w | count by c100", "select c100, count(*) from w group by all"),
    ("sums of 50 columns",
     "from w | summarise " + ", ".join(f"sum c{i} as s{i}" for i in range(1, 51)) + " by c60",
     "select c60, " + ", ".join(f"sum(c{i})" for i in range(1, 51)) + " from w group by all"),
]


def data(folder, rows):
    made = f"{folder}-{rows}"
    if not os.path.exists(f"{made}/complete"):
        os.makedirs(made, exist_ok=True)
        subprocess.run(["awk", "-v", f"rows={rows}", "-v", f"folder={made}", "-f",
                        f"{SUPPORT}/growth.awk"], check=True)
        open(f"{made}/complete", "w").close()
    return made


def measure(program, folder, threads, has_peer):
    """For each line of the table the milliseconds, or MiB, of widen and of DuckDB."""
    found = {}
    widen = Widen(program, "tasks", folder, threads)
    peer = Peer("duckdb", "none", folder, threads) if has_peer else None
    for table, name, queries in (("growth", "t", QUERIES), ("wide", "w", WIDE)):
        file = f"{folder}/{table}.csv"
        own = widen.ask(f'load "{file}" as {name}')["milliseconds"]
        other = peer and peer.ask(f"sql create table {name} as from read_csv('{file}')")[0]
        found[f"load {table}.csv"] = (own, other)
        found[f"MiB with {table}.csv"] = (widen.memory()[0], peer and peer.memory()[0])
        for title, query, sql in queries:
            took, theirs = [], []
            for _ in range(4):
                answer = widen.ask(query)
                took.append(answer["milliseconds"])
                if peer:
                    milliseconds, rows = peer.ask(f"sql {sql}")
                    theirs.append(milliseconds)
                    if rows != answer["row_count"]:
                        print(f"{title}: {answer['row_count']} rows, DuckDB {rows}")
            found[title] = (statistics.median(took[1:]), peer and statistics.median(theirs[1:]))
    found["MiB at the peak"] = (widen.memory()[1], peer and peer.memory()[1])
    return found


def main():
    program, folder, rows, threads = sys.argv[1:5]
    has_peer = importlib.util.find_spec("duckdb") is not None
    rows = int(rows)
    small = measure(program, data(folder, rows // 10), threads, has_peer)
    large = measure(program, data(folder, rows), threads, has_peer)
    print(f"{'median ms':28}{rows // 10:>12,}{rows:>12,}{'times':>8}"
          + (f"{'DuckDB':>12}{'times':>8}{'ahead':>8}" if has_peer else ""))
    for title, (own, other) in large.items():
        before, their_before = small[title]
        line = f"{title:28}{before:12.2f}{own:12.2f}{own / max(before, 1e-3):8.1f}"
        if has_peer:
            line += f"{other:12.2f}{other / max(their_before, 1e-3):8.1f}{other / max(own, 1e-3):8.1f}"
        print(line)


if __name__ == "__main__":
    main()
