"""The tasks of scripts/bench in DuckDB and Polars: `python peers.py FOLDER ROUNDS`.

Prints `ENGINE TASK MILLISECONDS ROWS` lines, one a run, for the engines that are installed.
Two threads each; the time is from the query's submission to its result held as a table.
"""
import importlib.util
import os
import sys
import time

THREADS = 2
SQL = {
    "T2": "select band, count(*) from staff group by all",
    "T3": "select ethnicity, count(*) from staff"
          " where sex = 'Female' and contract_type = 'Permanent' group by all",
    "T4": "select *, n / sum(n) over (partition by org_code) from (select org_code, band,"
          " staff_group, count(*) n, avg(salary) m from staff group by all)",
    "T5": "select band, ethnicity, count(*) from staff group by all",
    "T6": "select band, median(salary) from staff group by all",
    "T7": "select org_code, count(distinct staff_id) from staff group by all",
    "T8": "select staff_group, count(*), avg(fte) from staff"
          " where salary >= 30000 and salary < 45000 and age >= 50 group by all",
    "T9": "select year(start_date) y, count(*) from staff group by all",
    "T10": "select band, count(*) from staff where contains(staff_id, '77') group by all",
    "T11": "select initiative_id, ethnicity, count(*) from participation"
           " join staff using (staff_id) group by all",
    "T12": "select * from (select borough, org_code, count(*) n from staff group by all)"
           " qualify row_number() over (partition by borough order by n desc, org_code) <= 3",
}


def duckdb_tasks(folder):
    import duckdb
    connection = duckdb.connect()
    connection.execute(f"set threads = {THREADS}")

    def load():
        for table in ("staff", "participation"):
            connection.execute(f"create or replace table {table} as"
                               f" from read_csv('{folder}/{table}.csv', sample_size = -1)")
        return 0

    def run(sql):
        return lambda: connection.sql(sql).to_arrow_table().num_rows
    return {"T1": load} | {task: run(sql) for task, sql in SQL.items()}


def polars_tasks(folder):
    os.environ["POLARS_MAX_THREADS"] = str(THREADS)
    import polars as pl
    tables = {}
    grouped = ["org_code", "band", "ethnicity", "sex", "contract_type", "staff_group", "borough"]

    def load():
        tables["staff"] = pl.read_csv(f"{folder}/staff.csv", try_parse_dates=True,
                                      schema_overrides={name: pl.Categorical for name in grouped})
        tables["participation"] = pl.read_csv(f"{folder}/participation.csv")
        return 0

    def top(staff):
        counts = staff.group_by("borough", "org_code").len()
        ordered = counts.with_columns(pl.col("org_code").cast(pl.String)).sort(
            "len", "org_code", descending=[True, False])
        return ordered.group_by("borough", maintain_order=True).head(3)

    count, column = pl.len().alias("n"), pl.col
    plans = {
        "T2": lambda s: s.group_by("band").agg(count),
        "T3": lambda s: s.filter(
            (column("sex") == "Female") & (column("contract_type") == "Permanent")
        ).group_by("ethnicity").agg(count),
        "T4": lambda s: s.group_by("org_code", "band", "staff_group").agg(
            count, column("salary").mean()
        ).with_columns((column("n") / column("n").sum().over("org_code")).alias("share")),
        "T5": lambda s: s.group_by("band", "ethnicity").agg(count),
        "T6": lambda s: s.group_by("band").agg(column("salary").median()),
        "T7": lambda s: s.group_by("org_code").agg(column("staff_id").n_unique()),
        "T8": lambda s: s.filter(
            (column("salary") >= 30000) & (column("salary") < 45000) & (column("age") >= 50)
        ).group_by("staff_group").agg(count, column("fte").mean()),
        "T9": lambda s: s.group_by(column("start_date").dt.year()).agg(count),
        "T10": lambda s: s.filter(
            column("staff_id").str.contains("77", literal=True)).group_by("band").agg(count),
        "T11": lambda s: tables["participation"].lazy().join(
            s, on="staff_id").group_by("initiative_id", "ethnicity").agg(count),
        "T12": top,
    }

    def run(plan):
        return lambda: plan(tables["staff"].lazy()).collect().height
    return {"T1": load} | {task: run(plan) for task, plan in plans.items()}


def main():
    folder, rounds = sys.argv[1], int(sys.argv[2])
    engines = {"duckdb": duckdb_tasks, "polars": polars_tasks}
    for engine, tasks in engines.items():
        if importlib.util.find_spec(engine) is None:
            continue
        for task, run in tasks(folder).items():
            for _ in range(3 if task == "T1" else rounds):
                start = time.perf_counter()
                rows = run()
                print(engine, task, round((time.perf_counter() - start) * 1000, 3), rows, flush=True)


if __name__ == "__main__":
    main()
