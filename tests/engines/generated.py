"""Checks in an SQL engine that a generated set of calls, with planted faults, adds up to what usagectl says, and
that the same faults are found; says what each step takes.

Usage: generated.py ENGINE USAGECTL SCRATCH CALLS [FOLDER]

With FOLDER, the set is kept there, with what usagectl said of it, for the next engine.
"""
import json
import os
import subprocess
import sys
import time

import generate
from engines import ENGINES
from sums import BY, FINDINGS, differences, other_findings, sums_of

TOLD_DIFFERENTLY = "SELECT count(*) FROM usage_findings WHERE rule = 'duplicate' AND severity = 'warning' AND asserted > 1"


def say(what, seconds, kilobytes):
    print(f"{what:<44} {seconds:8.1f} s {kilobytes / 1024:8.0f} MiB", flush=True)


def usagectl(what, *arguments, output=os.devnull):
    """Runs usagectl, unless it has written this before; prints its time and its peak memory."""
    if os.path.isfile(output):
        return
    begin = time.monotonic()
    with open(output, "wb") as file:
        process = subprocess.Popen([sys.argv[2], *arguments], stdout=file, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f"{' '.join(arguments)}: exit {process.returncode}")
    say(what, time.monotonic() - begin, used.ru_maxrss)


def read_json(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def wanted_of_usagectl(data, place):
    summary = os.path.join(place, "summary.json")
    findings = os.path.join(place, "reconcile.json")
    usagectl("usagectl summarize --by model", "summarize", "--no-config", "--format", "json", "--by", "model", data,
             output=summary)
    usagectl("usagectl reconcile", "reconcile", "--no-config", "--format", "json", data, output=findings)
    summary = read_json(summary)
    rows = {("total", None): sums_of(summary["total"])}
    rows.update({("model", group["by"]["model"]): sums_of(group) for group in summary["groups"]})
    return rows, read_json(findings)["findings"]


def main():
    name, program, scratch, calls, *folder = sys.argv[1:]
    place = folder[0] if folder else scratch
    data = os.path.join(place, "generated")
    engine = ENGINES[name](scratch, keeps=True)
    try:
        if not os.path.isdir(data):
            generate.generate(int(calls), 2, data)
        rows, findings = wanted_of_usagectl(data, place)
        records = os.path.join(place, "records.jsonl")
        claims = os.path.join(place, "claims.jsonl")
        usagectl("usagectl records --flat --claims", "records", "--flat", "--no-config", "--claims", claims, data,
                 output=records)
        script = subprocess.run(
            [program, "sql", "--engine", name, "--load", "one", "--file", records, "--claims", claims],
            capture_output=True, text=True, check=True,
        ).stdout
        answers = []
        for what, step in (
            ("load of both tables", {"script": script}),
            ("usage_by", {"query": BY}),
            ("usage_findings", {"query": FINDINGS}),
            ("calls with several reports", {"query": TOLD_DIFFERENTLY}),
        ):
            begin = time.monotonic()
            answers += engine.rows([step])
            say(f"{name}: {what}", time.monotonic() - begin, engine.peak_kilobytes())
    finally:
        engine.close()
    by, found, differently = answers
    wrong = differences("generated", by, rows)
    wrong += other_findings("generated", found, [
        [f["rule"], f["severity"], f["file"], f["pointer"] or None, f["counter"], str(f["asserted"]), str(f["calculated"])]
        for f in findings
        if f["asserted"] is not None and f["calculated"] is not None
    ])
    said = sum(f["explanation"].endswith("appears twice with other numbers: both are counted") for f in findings)
    if int(differently[0][0]) != said or said == 0:
        wrong.append(f"the engine finds {differently[0][0]} calls with several reports, reconcile {said}")
    for rule in ("sum", "count", "identity", "part", "continuity"):
        if not any(row[0] == rule for row in found):
            wrong.append(f"no finding of the rule {rule}: the set has none of its faults")
    for line in wrong[:40]:
        print(line)
    print(f"{rows['total', None][0]} records, {len(found)} findings that compare numbers, {len(wrong)} differences")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
