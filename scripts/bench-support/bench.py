"""The table of scripts/bench: `python bench.py WIDEN SUITE FOLDER ROUNDS ENGINES`.

Every engine is a process that holds the data. They take turns, task by task and round by round, so
that a slow minute of the machine hits them alike; each answer is compared with widen's.
"""
import json
import math
import os
import statistics
import subprocess
import sys
import time

SUPPORT = os.path.dirname(os.path.abspath(__file__))
TABLES = {"tasks": ["staff", "participation"], "groups": ["x"]}
SUMMARY = {"q10": " | summarise count as rows, sum n as n, sum v3 as v3"}


class Widen:
    def __init__(self, program, suite, folder, threads):
        self.suite, self.folder = suite, folder
        self.process = subprocess.Popen([program, "pipe", "--empty"], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        self.ask(f"set threads {threads}")
        with open(f"{SUPPORT}/{suite}.txt") as lines:
            self.tasks = {task: (title, query) for task, title, query in
                          (line.rstrip("\n").split("|", 2) for line in lines)}

    def ask(self, query, rows=False):
        self.process.stdin.write(json.dumps({"query": query, "rows": rows}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if not answer["ok"]:
            raise SystemExit(f"scripts/bench: {query}\n  {answer['errors']}")
        return answer

    def load(self):
        return sum(self.ask(f'load "{self.folder}/{table}.csv" as {table}')["milliseconds"]
                   for table in TABLES[self.suite])

    def run(self, task):
        return self.ask(self.tasks[task][1])["milliseconds"]

    def rows(self, task):
        return self.ask(self.tasks[task][1] + SUMMARY.get(task, ""), rows=True)["rows"]

    def memory(self):
        with open(f"/proc/{self.process.pid}/status") as status:
            fields = dict(line.split(":", 1) for line in status if line.startswith("Vm"))
        return [int(fields[name].split()[0]) // 1024 for name in ("VmRSS", "VmHWM")]


class Peer:
    def __init__(self, name, suite, folder, threads):
        environment = dict(os.environ, BENCH_THREADS=str(threads))
        self.process = subprocess.Popen(
            [sys.executable, f"{SUPPORT}/engines.py", name, suite, folder], env=environment,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def ask(self, command):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(command)
        return json.loads(line)

    def load(self):
        return self.ask("load")

    def run(self, task):
        return self.ask(f"run {task}")

    def rows(self, task):
        return self.ask(f"rows {task}")

    def memory(self):
        return self.ask("memory")


def difference(own, other):
    """What two answers differ in; the order of rows is each engine's own."""
    if len(own) != len(other):
        return f"{len(other)} rows, not {len(own)}"

    def key(row):
        return [(value is None, f"{value:.6g}" if isinstance(value, float) else str(value))
                for value in row]
    for a, b in zip(sorted(own, key=key), sorted(other, key=key)):
        for x, y in zip(a, b):
            alike = x == y or (isinstance(x, (int, float)) and isinstance(y, (int, float))
                               and math.isclose(x, y, rel_tol=1e-9, abs_tol=1e-9))
            if not alike:
                return f"{b}, not {a}"
    return None


def whole(program, folder, rounds):
    """A process from start to end: with a load, a query and a file written; and with nothing."""
    answer = f"{folder}/answer.csv"
    load = f'load "{folder}/staff.csv" as staff; from staff | count by band'
    commands = {"T13": [program, "--empty", "--format", "csv", "--output", answer, "-c", load],
                "T14": [program, "--empty"]}
    times = {}
    for task, command in commands.items():
        times[task] = []
        for _ in range(rounds):
            start = time.perf_counter()
            subprocess.run(command, check=True, stdin=subprocess.DEVNULL,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            times[task].append((time.perf_counter() - start) * 1000)
    if os.path.exists(answer):
        os.remove(answer)
    return times


def main():
    program, suite, folder, rounds, threads = sys.argv[1:6]
    rounds, folder = int(rounds), os.path.abspath(folder)
    names = sys.argv[6:]
    widen = Widen(program, suite, folder, threads)
    engines = {"widen": widen} | {name: Peer(name, suite, folder, threads) for name in names}
    times, remarks = {}, {}
    for name in list(engines):
        try:
            times["T1", name] = [engines[name].load()]
        except RuntimeError:
            print(f"{name} cannot load the data", file=sys.stderr)
            del engines[name]
    memory = {name: engine.memory() for name, engine in engines.items()}
    for task in widen.tasks:
        expected = widen.rows(task)
        for name, engine in engines.items():
            if name == "widen":
                continue
            found = difference(expected, engine.rows(task))
            if found:
                remarks.setdefault(task, []).append(f"{name}: {found}")
        for turn in range(rounds + 1):
            for name, engine in engines.items():
                took = engine.run(task)
                if turn > 0:
                    times.setdefault((task, name), []).append(took)
    peaks = {name: engine.memory()[1] for name, engine in engines.items()}
    titles = {"T1": "load"} | {task: title for task, (title, _) in widen.tasks.items()}
    if suite == "tasks":
        for task, took in whole(program, folder, rounds).items():
            times[task, "widen"] = took
        titles |= {"T13": "a process: load, one query, write", "T14": "start and end"}
    report(titles, list(engines), times, memory, peaks, remarks)


def report(titles, names, times, memory, peaks, remarks):
    print(f"{'median ms':42}" + "".join(f"{name:>13}" for name in names)
          + ("   times the best peer" if len(names) > 1 else ""))
    for task, title in titles.items():
        medians = {name: statistics.median(times[task, name])
                   for name in names if (task, name) in times}
        if not medians:
            continue
        line = f"{task:5}{title:37}" + "".join(
            f"{medians[name]:13.3f}" if name in medians else f"{'':13}" for name in names)
        peers = [value for name, value in medians.items() if name != "widen"]
        print(line + (f"{min(peers) / medians['widen']:12.1f}" if peers else ""))
        for remark in remarks.get(task, []):
            print(f"     another answer from {remark}")
    print(f"{'MiB after loading':42}" + "".join(f"{memory[name][0]:13}" for name in names))
    print(f"{'MiB at the peak':42}" + "".join(f"{peaks[name]:13}" for name in names))
    print("answers agree" if len(names) > 1 and not remarks else "")


if __name__ == "__main__":
    main()
