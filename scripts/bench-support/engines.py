"""One engine for scripts/bench: `python engines.py ENGINE SUITE FOLDER`.

Reads a command of JSON a line and answers each with a line: load, run TASK, rows TASK, memory. Two
threads each; a time is from a query's submission to its result held as a table.
"""
import json
import os
import sys
import time

THREADS = int(os.environ.get("BENCH_THREADS", "2"))
GROUPED = ["org_code", "band", "ethnicity", "sex", "contract_type", "staff_group", "borough"]

SQL = {
    "T2": "select band, count(*) from staff group by all",
    "T3": "select ethnicity, count(*) from staff"
          " where sex = 'Female' and contract_type = 'Permanent' group by all",
    "T4": "select *, n / sum(n) over (partition by org_code) from (select org_code, band,"
          " staff_group, count(*) n, avg(salary) m from staff group by org_code, band,"
          " staff_group) t",
    "T5": "select band, ethnicity, count(*) from staff group by all",
    "T6": "select band, median(salary) from staff group by all",
    "T7": "select org_code, count(distinct staff_id) from staff group by all",
    "T8": "select staff_group, count(*), avg(fte) from staff"
          " where salary >= 30000 and salary < 45000 and age >= 50 group by all",
    "T9": "select year(start_date) y, count(*) from staff group by all",
    "T10": "select band, count(*) from staff where staff_id like '%77%' group by all",
    "T11": "select initiative_id, ethnicity, count(*) from participation"
           " join staff on participation.staff_id = staff.staff_id group by all",
    "T12": "select borough, org_code, n from (select *, row_number() over (partition by borough"
           " order by n desc, org_code) k from (select borough, org_code, count(*) n from staff"
           " group by borough, org_code) t) u where k <= 3",
    "q1": "select id1, sum(v1) from x group by id1",
    "q2": "select id1, id2, sum(v1) from x group by id1, id2",
    "q3": "select id3, sum(v1), avg(v3) from x group by id3",
    "q4": "select id4, avg(v1), avg(v2), avg(v3) from x group by id4",
    "q5": "select id6, sum(v1), sum(v2), sum(v3) from x group by id6",
    "q6": "select id4, id5, median(v3), stddev(v3) from x group by id4, id5",
    "q7": "select id3, max(v1) - min(v2) from x group by id3",
    "q8": "select id6, unnest(max(v3, 2)) from x where v3 is not null group by id6",
    "q9": "select id2, id4, pow(corr(v1, v2), 2) from x group by id2, id4",
    "q10": "select id1, id2, id3, id4, id5, id6, sum(v3) v3, count(*) n from x"
           " group by id1, id2, id3, id4, id5, id6",
}
# An answer too long to be compared row by row.
SUMMARY = {"q10": "select count(*), sum(n), sum(v3) from ({})"}


class DuckDB:
    """Text as it comes, or, with kind `enum`, as codes, as analysts may set it up."""

    def __init__(self, suite, folder, kind="text"):
        import duckdb
        self.suite, self.folder, self.kind = suite, folder, kind
        self.connection = duckdb.connect()
        self.connection.execute(f"set threads = {THREADS}")
        self.connection.execute("set enable_progress_bar = false")

    def load(self):
        tables = {"staff": GROUPED, "participation": []} if self.suite == "tasks" else {
            "x": ["id1", "id2"]}
        for table, codes in tables.items():
            file = f"read_csv('{self.folder}/{table}.csv', sample_size = -1)"
            if self.kind == "enum" and codes:
                self.execute(f"create table raw as from {file}")
                for name in codes:
                    self.execute(f"create type e_{name} as enum (select distinct {name} from raw"
                                 f" where {name} is not null order by 1)")
                casts = ", ".join(f"{name}::e_{name} as {name}" for name in codes)
                self.execute(f"create table {table} as select * replace ({casts}) from raw")
                self.execute("drop table raw")
            else:
                self.execute(f"create table {table} as from {file}")

    def execute(self, sql):
        return self.connection.execute(sql)

    def run(self, task):
        if task == "q10":  # ten million rows stay where they are, as in the published scripts
            return self.execute(f"create or replace temp table answer as {SQL[task]}")
        return self.execute(SQL[task]).to_arrow_table()

    def rows(self, task):
        return self.execute(SUMMARY.get(task, "{}").format(SQL[task])).fetchall()


class Polars:
    def __init__(self, suite, folder):
        os.environ["POLARS_MAX_THREADS"] = str(THREADS)
        import polars
        self.pl, self.suite, self.folder = polars, suite, folder

    def load(self):
        pl = self.pl
        if self.suite == "tasks":
            types = {name: pl.Categorical for name in GROUPED}
            self.staff = pl.read_csv(f"{self.folder}/staff.csv", try_parse_dates=True,
                                     schema_overrides=types)
            self.part = pl.read_csv(f"{self.folder}/participation.csv", try_parse_dates=True,
                                    schema_overrides={"initiative_id": pl.Categorical})
        else:
            types = {name: pl.Int32 for name in ("id4", "id5", "id6", "v1", "v2")}
            x = pl.read_csv(f"{self.folder}/x.csv", schema_overrides=types)
            self.x = x.with_columns(pl.col("id1", "id2", "id3").cast(pl.Categorical))

    def plan(self, task):
        pl, column = self.pl, self.pl.col
        n = pl.len().alias("n")
        if self.suite == "groups":
            x = self.x.lazy()
            return {
                "q1": lambda: x.group_by("id1").agg(pl.sum("v1")),
                "q2": lambda: x.group_by("id1", "id2").agg(pl.sum("v1")),
                "q3": lambda: x.group_by("id3").agg(pl.sum("v1"), pl.mean("v3")),
                "q4": lambda: x.group_by("id4").agg(pl.mean("v1", "v2", "v3")),
                "q5": lambda: x.group_by("id6").agg(pl.sum("v1", "v2", "v3")),
                "q6": lambda: x.group_by("id4", "id5").agg(
                    pl.median("v3").alias("m"), pl.std("v3").alias("s")),
                "q7": lambda: x.group_by("id3").agg((pl.max("v1") - pl.min("v2")).alias("range")),
                "q8": lambda: x.drop_nulls("v3").group_by("id6").agg(
                    column("v3").top_k(2)).explode("v3"),
                "q9": lambda: x.group_by("id2", "id4").agg(
                    (pl.corr("v1", "v2", method="pearson") ** 2).alias("r2")),
                "q10": lambda: x.group_by("id1", "id2", "id3", "id4", "id5", "id6").agg(
                    pl.sum("v3"), n),
            }[task]()
        s = self.staff.lazy()
        return {
            "T2": lambda: s.group_by("band").agg(n),
            "T3": lambda: s.filter((column("sex") == "Female")
                                   & (column("contract_type") == "Permanent"))
                           .group_by("ethnicity").agg(n),
            "T4": lambda: s.group_by("org_code", "band", "staff_group").agg(
                n, column("salary").mean()).with_columns(
                (column("n") / column("n").sum().over("org_code")).alias("s")),
            "T5": lambda: s.group_by("band", "ethnicity").agg(n),
            "T6": lambda: s.group_by("band").agg(column("salary").median()),
            "T7": lambda: s.group_by("org_code").agg(column("staff_id").n_unique()),
            "T8": lambda: s.filter((column("salary") >= 30000) & (column("salary") < 45000)
                                   & (column("age") >= 50))
                           .group_by("staff_group").agg(n, column("fte").mean()),
            "T9": lambda: s.group_by(column("start_date").dt.year()).agg(n),
            "T10": lambda: s.filter(column("staff_id").str.contains("77", literal=True))
                            .group_by("band").agg(n),
            "T11": lambda: self.part.lazy().join(s, on="staff_id")
                               .group_by("initiative_id", "ethnicity").agg(n),
            "T12": lambda: s.group_by("borough", "org_code").agg(n)
                            .with_columns(column("org_code").cast(pl.String))
                            .sort("n", "org_code", descending=[True, False])
                            .group_by("borough", maintain_order=True).head(3),
        }[task]()

    def run(self, task):
        return self.plan(task).collect()

    def rows(self, task):
        answer = self.run(task)
        if task in SUMMARY:
            return [(answer.height, answer["n"].sum(), answer["v3"].sum())]
        return answer.rows()


class ClickHouse:
    """ClickHouse in the process, for the tasks of the staff data."""

    def __init__(self, suite, folder):
        from chdb import session
        self.folder, self.session = folder, session.Session()

    def load(self):
        low = "LowCardinality(Nullable(String))"
        staff = {"staff_id": "String", **{name: low for name in GROUPED},
                 "age": "Nullable(UInt8)", "fte": "Nullable(Float64)",
                 "salary": "Nullable(Float64)", "start_date": "Nullable(Date32)"}
        part = {"staff_id": "String", "initiative_id": low, "start": "Nullable(Date32)",
                "outcome": low}
        self.session.query("create database if not exists w engine = Atomic")
        for table, columns in (("staff", staff), ("participation", part)):
            types = ", ".join(f"{name} {kind}" for name, kind in columns.items())
            self.session.query(f"drop table if exists w.{table}")
            self.session.query(f"create table w.{table} ({types}) engine = Memory")
            self.session.query(
                f"insert into w.{table} select {', '.join(columns)} from"
                f" file('{self.folder}/{table}.csv', 'CSVWithNames', '{types}')"
                f" settings max_threads = {THREADS}, input_format_csv_empty_as_default = 1")

    def run(self, task):
        sql = SQL[task].replace("from staff", "from w.staff").replace("join staff", "join w.staff staff")
        sql = sql.replace("from participation", "from w.participation participation")
        sql = sql.replace("median(", "quantileExactInclusive(0.5)(").replace("year(", "toYear(")
        return self.session.query(f"{sql} settings max_threads = {THREADS}", "ArrowTable")

    def rows(self, task):
        return list(zip(*[column.to_pylist() for column in self.run(task).columns]))


ENGINES = {
    "duckdb": DuckDB, "duckdb-enum": lambda suite, folder: DuckDB(suite, folder, "enum"),
    "polars": Polars, "chdb": ClickHouse,
}


def memory():
    with open("/proc/self/status") as status:
        fields = dict(line.split(":", 1) for line in status if line.startswith(("VmRSS", "VmHWM")))
    return [int(fields[name].split()[0]) // 1024 for name in ("VmRSS", "VmHWM")]


def main():
    reply = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # an engine's own talk must not come between the answers
    engine = ENGINES[sys.argv[1]](sys.argv[2], sys.argv[3])
    for line in sys.stdin:
        word, *task = line.split()
        start = time.perf_counter()
        if word == "load":
            engine.load()
            answer = (time.perf_counter() - start) * 1000
        elif word == "run":
            result = engine.run(*task)
            answer = (time.perf_counter() - start) * 1000
            del result
        elif word == "rows":
            answer = engine.rows(*task)
        elif word == "sql":
            result = engine.execute(line[4:]).to_arrow_table()
            answer = [(time.perf_counter() - start) * 1000, result.num_rows]
            del result
        else:
            answer = memory()
        print(json.dumps(answer, default=str), file=reply, flush=True)


if __name__ == "__main__":
    main()
