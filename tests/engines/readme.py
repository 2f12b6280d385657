"""Runs the commands of "Get the data out" in the README as they stand there, with a server of PostgreSQL and with
DuckDB, and looks at what they leave.

Usage: readme.py USAGECTL SCRATCH
"""
import json
import os
import shutil
import stat
import subprocess
import sys

from engines import DuckDb, Postgres, run


def commands_of_readme():
    with open(os.path.join(os.environ["TESTS"], "..", "README.md"), encoding="utf-8") as file:
        section = file.read().split("## Get the data out\n", 1)[1].split("\n## ", 1)[0]
    return section.split("```sh\n", 1)[1].split("```", 1)[0]


def write_program(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(path, os.stat(path).st_mode | stat.S_IXUSR)


def main():
    usagectl, scratch = os.path.abspath(sys.argv[1]), sys.argv[2]
    duckdb = DuckDb(scratch)
    server = Postgres(scratch)
    work = os.path.join(scratch, "work")
    programs = os.path.join(scratch, "programs")
    os.mkdir(programs)
    shutil.copytree("sample", os.path.join(work, "logs"))
    os.symlink(usagectl, os.path.join(programs, "usagectl"))
    shell = os.path.abspath(os.path.join(os.environ["TESTS"], "engines", "duckdb_shell.js"))
    write_program(os.path.join(programs, "duckdb"), f'#!/bin/sh\nexec node "{shell}" "$@"\n')
    environment = {
        **os.environ,
        "PATH": programs + os.pathsep + os.environ["PATH"],
        "ENGINE_MODULES": os.path.abspath(os.environ["ENGINE_MODULES"]),
        "PGHOST": server.folder,
        "PGUSER": "usage",
    }
    try:
        run(["psql", "-qX", "-c", "CREATE DATABASE usage", "postgres"], env=environment)
        # The exit status of the commands is that of what they load, which has a wrong sum in it.
        said = run(["sh", "-c", commands_of_readme()], cwd=work, env=environment)
        total = run(["psql", "-qXAt", "-c", "SELECT sum_total FROM usage_by WHERE by_key = 'total'", "usage"],
                    env=environment).strip()
    finally:
        server.close()
    summary = json.loads(subprocess.run([usagectl, "summarize", "--no-config", "--format", "json", "logs"], cwd=work,
                                        capture_output=True, text=True).stdout)
    wanted = str(summary["total"]["tokens"]["total"])
    parquet = duckdb.rows([{"query": f"SELECT sum(total) FROM '{work}/usage.parquet'"}])[0][0][0]
    wrong = []
    if total != wanted:
        wrong.append(f"PostgreSQL says {total}, usagectl {wanted}")
    if parquet != wanted:
        wrong.append(f"the Parquet file says {parquet}, usagectl {wanted}")
    for expected in ("by_value", "o4-mini-2025-04-16", "token_usage.json"):
        if expected not in said:
            wrong.append(f"the commands do not print {expected}: {said}")
    print("\n".join(wrong) or said)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
