"""What records says about the place of a record is enough to open it, in every container."""
import csv
import json
import os
import sqlite3
import subprocess
import sys
import zipfile

PROGRAM, FOLDER = sys.argv[1:3]
os.chdir(FOLDER)


def fail(why):
    print("FAILED:", why)
    sys.exit(1)


def records(name):
    run = subprocess.run([PROGRAM, "records", "--no-config", name], capture_output=True, text=True)
    if run.returncode != 0:
        fail(f"{name}: {run.stderr}")
    found = [json.loads(line) for line in run.stdout.splitlines()]
    if not found:
        fail(f"{name}: no records")
    return found


def lines_of(name):
    with open(name, encoding="utf-8") as file:
        return file.read().splitlines()


def check(record, shown):
    """The place shows the numbers of the record."""
    wanted = str(record["tokens"]["input"])
    if wanted not in str(shown):
        fail(f"{record['file']}:{record['line']} {record['pointer']}: {shown} has no {wanted}")


def at(value, tokens):
    for token in tokens:
        value = json.loads(value) if isinstance(value, str) else value
        value = value[int(token)] if isinstance(value, list) else value[token]
    return value


def usage(n):
    return {"prompt_tokens": n, "completion_tokens": 2, "total_tokens": n + 2}


def tables():
    rows = [["model", "note", "prompt_tokens", "completion_tokens"], ["m", "a\nb", "1001", "2"],
            ["m", "c", "1002", "2"]]
    with open("t.csv", "w", newline="") as file:
        csv.writer(file).writerows(rows)
    for record in records("t.csv"):
        # A row may go on over lines: it begins on that one.
        check(record, lines_of("t.csv")[record["line"] - 1:record["line"] + 1])


def databases():
    database = sqlite3.connect("t.db")
    database.execute('CREATE TABLE "my calls" (model TEXT, prompt_tokens INT, completion_tokens INT)')
    database.execute("CREATE TABLE logs (id INTEGER PRIMARY KEY, data TEXT)")
    database.execute("CREATE TABLE keyed (k TEXT PRIMARY KEY, data TEXT) WITHOUT ROWID")
    for n in (2001, 2002):
        database.execute('INSERT INTO "my calls" VALUES (?, ?, ?)', ("m", n, 2))
        text = json.dumps({"model": "m", "usage": usage(n + 10)})
        database.execute("INSERT INTO logs VALUES (?, ?)", (n * 7, text))
        database.execute("INSERT INTO keyed VALUES (?, ?)",
                         (f"k{n}", json.dumps({"model": "m", "usage": usage(n + 20)})))
    database.commit()
    found = records("t.db")
    if len(found) != 6:
        fail(f"t.db: {len(found)} records")
    for record in found:
        _, table, *path = record["pointer"].split("/")
        where = (f"LIMIT 1 OFFSET {record['line'] - 1}" if table == "keyed"
                 else f"WHERE rowid = {record['line']}")
        columns = f'"{path[0]}"' if path else "*"
        row = database.execute(f'SELECT {columns} FROM "{table}" {where}').fetchone()
        check(record, at(row[0], path[1:]) if path else row)


def texts():
    one, two = (json.dumps({"model": "m", "usage": usage(n)}) for n in (3001, 3002))
    with open("t.md", "w") as file:
        file.write(f"# Calls\n\n```json\n{one}\n```\n\n| model | input | output |\n|---|---|---|\n"
                   "| m | 3003 | 2 |\n")
    with open("t.log", "w") as file:
        file.write(f"2026-03-01 INFO starts\n2026-03-01 INFO {two}\n"
                   "2026-03-01 INFO done\n")
    with open("words.log", "w") as file:
        file.write("2026-03-01 INFO starts\n"
                   "2026-03-01 INFO Prompt tokens: 3004, Completion tokens: 2\n")
    for name in ("t.md", "t.log", "words.log"):
        for record in records(name):
            check(record, lines_of(name)[record["line"] - 1])


def yaml():
    with open("t.yaml", "w") as file:
        file.write("calls:\n" + "".join(
            f"- model: m\n  usage: {{prompt_tokens: {n}, completion_tokens: 2}}\n"
            for n in (4001, 4002)))
    for i, record in enumerate(records("t.yaml")):
        if record["pointer"] != f"/calls/{i}/usage":
            fail(f"t.yaml: {record['pointer']}")
    with open("many.yaml", "w") as file:
        file.write("".join(f"---\nmodel: m\nusage:\n  prompt_tokens: {n}\n  completion_tokens: 2\n"
                           for n in (4003, 4004)))
    for record in records("many.yaml"):
        check(record, lines_of("many.yaml")[record["line"] - 1:record["line"] + 4])
        if record["pointer"] != "/usage":
            fail(f"many.yaml: {record['pointer']}")


def archives():
    with zipfile.ZipFile("t.zip", "w") as archive:
        for name in ("t.csv", "t.db", "t.log"):
            archive.write(name)
    for name in ("t.csv", "t.db", "t.log"):
        alone = [(r["line"], r["pointer"]) for r in records(name)]
        packed = [(r["line"], r["pointer"]) for r in records("t.zip")
                  if r["file"] == f"t.zip!{name}"]
        if packed != alone:
            fail(f"t.zip!{name}: {packed} is not {alone}")


tables()
databases()
texts()
yaml()
archives()
