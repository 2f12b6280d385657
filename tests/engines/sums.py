"""Checks in an SQL engine that the views of `usagectl sql` say what usagectl itself says.

Usage: sums.py ENGINE USAGECTL SCRATCH FOLDER...
"""
import collections
import json
import os
import shutil
import subprocess
import sys

from engines import ENGINES

TOKENS = ("input", "cache_read", "cache_write", "tool_prompt", "output", "reasoning", "total", "unexplained")
COUNTERS = (*TOKENS, "requests", "completions", "chain_length")
SUMS = ", ".join(f"sum_{counter}" for counter in COUNTERS)
BY = f"SELECT by_key, by_value, records, {SUMS} FROM usage_by WHERE by_key IN ('total', 'model')"
PARTS = "SELECT counter, asserted, calculated FROM usage_findings WHERE rule = 'part'"
# What compares two numbers in a file.
FINDINGS = (
    "SELECT rule, severity, file, pointer, counter, asserted, calculated FROM usage_findings"
    " WHERE load_name = 'one' AND file IS NOT NULL AND calculated IS NOT NULL"
)


def usagectl(*arguments):
    done = subprocess.run([sys.argv[2], *arguments], capture_output=True, text=True)
    if done.returncode not in (0, 1, 2) or not done.stdout:
        return None
    return done.stdout


def sums_of(tally):
    counts = {**tally["tokens"], **{name: tally.get(name) for name in ("requests", "completions", "chain_length")}}
    return [str(tally["records"])] + [None if counts[name] is None else str(counts[name]) for name in COUNTERS]


def summary(*arguments):
    said = usagectl("summarize", "--no-config", "--format", "json", *arguments)
    return None if said is None else json.loads(said)


def expected(*paths):
    """The rows of usage_by, as summarize has them. By model only where that is asked of the same views of the
    usage: of a file that describes its usage twice, --by takes the view that has models."""
    whole = summary(*paths)
    if whole is None:
        return None
    rows = {("total", None): sums_of(whole["total"])}
    by_model = summary("--by", "model", *paths)
    if sums_of(by_model["total"]) == rows["total", None]:
        rows.update({("model", group["by"]["model"]): sums_of(group) for group in by_model["groups"]})
    return rows


class Loads:
    """Steps that load what usagectl reads at a path."""

    def __init__(self, engine, scratch):
        self.engine = engine
        self.scratch = scratch
        self.number = 0

    def load(self, name, *paths, with_claims=False):
        self.number += 1
        file = os.path.join(self.scratch, f"{self.number}.jsonl")
        claims = os.path.join(self.scratch, f"{self.number}.claims.jsonl")
        asked = ["--claims", claims] if with_claims else []
        usagectl("records", "--flat", "--no-config", "-o", file, *asked, *paths)
        for path in (file, claims):
            if not os.path.exists(path):
                open(path, "w", encoding="utf-8").close()
        return {"script": usagectl("sql", "--engine", self.engine, "--load", name, "--file", file, *asked)}


def rows_by(answer):
    return {(key, value): numbers for key, value, *numbers in answer}


def differences(name, got, wanted):
    keys = {key for key, _ in wanted}
    got = {row: numbers for row, numbers in rows_by(got).items() if row[0] in keys}
    # Without any record there are no rows.
    wanted = {key: row for key, row in wanted.items() if row[0] != "0"}
    return [
        f"{name}: {key}: the engine says {got.get(key)}, summarize says {wanted.get(key)}"
        for key in sorted({*got, *wanted}, key=str)
        if got.get(key) != wanted.get(key)
    ]


def folders_below(roots):
    for root in roots:
        for name in sorted(os.listdir(root)):
            path = os.path.join(root, name)
            if os.path.isdir(path):
                yield path


def single_loads(engine, loads, folders):
    """Each folder alone, loaded under the same name: the engine says what summarize says, and finds what
    reconcile finds."""
    steps, wanted = [], []
    for folder in folders:
        rows = expected(folder)
        if rows is None:
            continue
        steps += [{**loads.load("one", folder, with_claims=True), "query": BY}, {"query": FINDINGS}]
        wanted.append((folder, rows))
    answers = engine.rows(steps)
    wrong = []
    compared = 0
    for (folder, rows), got, found in zip(wanted, answers[::2], answers[1::2], strict=True):
        wrong += differences(folder, got, rows)
        wrong += other_findings(folder, found, findings_of_reconcile(folder))
        compared += len(found)
    print(f"{len(wanted)} folders loaded alone, {compared} findings")
    return wrong


def findings_of_reconcile(folder):
    """Those that compare two numbers, as rows of the query FINDINGS."""
    report = json.loads(usagectl("reconcile", "--no-config", "--format", "json", folder))
    return [
        [f["rule"], f["severity"], f["file"], f["pointer"] or None, f["counter"], str(f["asserted"]), str(f["calculated"])]
        for f in report["findings"]
        if f["asserted"] is not None and f["calculated"] is not None
    ]


def other_findings(folder, found, wanted):
    found, wanted = (collections.Counter(map(tuple, rows)) for rows in (found, wanted))
    return [f"{folder}: only the engine finds {row}" for row in found - wanted] + [
        f"{folder}: only reconcile finds {row}" for row in wanted - found
    ]


def refuted_by_reconcile(folder):
    report = json.loads(usagectl("reconcile", "--no-config", "--format", "json", folder))
    return [f for f in report["findings"] if f["severity"] != "note"]


def two_nodes(engine, loads, scratch):
    """The same calls on two machines count once; a call that only one has counts too."""
    first = os.path.join(scratch, "node-1", "logs")
    second = os.path.join(scratch, "node-2", "logs")
    shutil.copytree("formats/claude_transcript", first)
    shutil.copytree("formats/claude_transcript", second)
    shutil.copytree("formats/codex_rollout", os.path.join(second, "codex"))
    empty = os.path.join(scratch, "empty")
    os.mkdir(empty)
    steps = [
        {**loads.load("one", empty)},
        {**loads.load("node-1", first), "query": BY},
        {**loads.load("node-2", second), "query": BY},
        {**loads.load("node-1", first), "query": BY},  # again, in the place of the first time
        {"query": "SELECT count(*) FROM usage_findings WHERE rule = 'duplicate'"},
    ]
    alone, both, again, duplicates = engine.rows(steps)
    wrong = differences("node 1", alone, expected(first))
    wrong += differences("two nodes", both, expected(first, second))
    wrong += differences("a load replaced", again, expected(first, second))
    if int(duplicates[0][0]) == 0:
        wrong.append("no call is found on two nodes")
    return wrong


def alike_calls(engine, loads, scratch):
    """Calls without ids that two machines have count twice, with a warning; other calls without one."""
    line = '{"time":"2026-03-01T09:00:%02dZ","model":"m","usage":{"input_tokens":%d,"output_tokens":%d}}\n'
    for node, numbers in (("alike-1", (1, 2, 3)), ("alike-2", (3, 4, 5))):
        os.mkdir(os.path.join(scratch, node))
        with open(os.path.join(scratch, node, "log.jsonl"), "w", encoding="utf-8") as file:
            file.writelines(line % (number, 10 * number, number) for number in numbers)
    count = "SELECT count(*) FROM usage_findings WHERE rule = 'duplicate' AND severity = 'warning'"
    steps = [
        {**loads.load("alike-1", os.path.join(scratch, "alike-1")), "query": count},
        {**loads.load("alike-2", os.path.join(scratch, "alike-2")), "query": count},
    ]
    before, after = engine.rows(steps)
    found = int(after[0][0]) - int(before[0][0])
    return [] if found == 1 else [f"alike calls: {before} before, {after} after"]


def planted_part(engine, loads, scratch):
    """A part that exceeds its whole is found by the engine where reconcile finds it."""
    folder = os.path.join(scratch, "planted")
    os.mkdir(folder)
    sound = '{"id":"chatcmpl-%d","object":"chat.completion","model":"m","usage":{"prompt_tokens":%d,"completion_tokens":5,"total_tokens":%d,"prompt_tokens_details":{"cached_tokens":%d},"completion_tokens_details":{"reasoning_tokens":2}}}\n'
    with open(os.path.join(folder, "log.jsonl"), "w", encoding="utf-8") as file:
        for number in range(1, 6):
            file.write(sound % (number, 100, 105, 900 if number == 4 else 50))
    steps = [{**loads.load("planted", folder), "query": PARTS + " AND load_name = 'planted'"}]
    found = engine.rows(steps)[0]
    said = [f for f in refuted_by_reconcile(folder) if f["rule"] == "part"]
    if len(said) != 1 or found != [["cache_read", "900", "100"]]:
        return [f"the engine finds {found}, reconcile {said}"]
    return []


def parquet(engine, loads, scratch):
    """One command makes a Parquet file of all calls, which holds what the table holds."""
    file = os.path.join(scratch, "usage.parquet")
    steps = [
        loads.load("planted", "sample"),
        {"script": f"COPY (SELECT * FROM usage_calls) TO '{file}' (FORMAT parquet)"},
        {"query": f"SELECT count(*), sum(total) FROM '{file}'"},
        {"query": "SELECT count(*), sum(total) FROM usage_calls"},
    ]
    written, held = engine.rows(steps)
    return [] if written == held and int(held[0][0]) > 0 else [f"Parquet holds {written}, the table {held}"]


def main():
    name, _, scratch, *roots = sys.argv[1:]
    engine = ENGINES[name](scratch)
    try:
        loads = Loads(name, scratch)
        wrong = single_loads(engine, loads, list(folders_below(roots)))
        wrong += two_nodes(engine, loads, scratch)
        wrong += alike_calls(engine, loads, scratch)
        wrong += planted_part(engine, loads, scratch)
        if name == "duckdb":
            wrong += parquet(engine, loads, scratch)
    finally:
        engine.close()
    for line in wrong[:40]:
        print(line)
    print(f"{len(wrong)} differences")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
