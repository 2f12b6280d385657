"""The rows of the table: what is measured, against what, and how far it should reach."""

from dataclasses import dataclass
from math import isinf
from pathlib import Path
from typing import Optional

from measure import MIB, Result, race, seconds_of_many

SMALL_FILE = "testdata/sample/jobs/draft/token_usage.json"
SMALL_RUNS = 200


@dataclass
class Row:
    work: str
    bytes: int
    yardstick: str
    reach: str
    within: tuple  # the least and the greatest ratio that reach it
    ours: Optional[Result] = None
    theirs: Optional[Result] = None
    peak_limit: Optional[float] = None
    skipped: Optional[str] = None

    @property
    def ratio(self):
        """None when there is nothing to compare: a wrong answer has no speed."""
        if not self.ours or not self.theirs or self.ours.trouble or isinf(self.theirs.seconds):
            return None
        return self.ours.seconds / self.theirs.seconds


class Bench:
    """Everything a work needs. Without `usagectl` only the yardsticks run."""

    def __init__(self, data, usagectl, tools, scale, runs, say):
        self.data = data
        self.usagectl = usagectl
        self.tools = tools
        self.scale = scale
        self.runs = runs
        self.say = say

    def get(self, name, part=1.0):
        return self.data.get(name, self.scale * part)

    def race(self, *contestants):
        there = [contestant for contestant in contestants if contestant]
        return race(there, self.runs, self.say)

    def summarize(self, name, data):
        return self.usagectl and self.usagectl.summarize(name, data)

    def row(self, results, ours, theirs, tool=None, **facts):
        row = Row(ours=results.get(ours), theirs=results.get(theirs), **facts)
        if not row.theirs:
            row.skipped = self.tools.missing.get(tool, "not measured")
        return row


def lines_limit(data):
    """64 MiB whatever the size, beside 16 bytes for each call that is told from its copies."""
    return 64 * MIB + 16 * data.calls


def at_most(limit):
    return (0, limit)


def transcripts(bench):
    many = bench.get("transcripts")
    one = bench.get("transcripts_one_file")
    results = bench.race(bench.summarize("usagectl, many files", many),
                         bench.tools.wc("wc -l", many),
                         bench.tools.ccusage("ccusage, many files", "claude", many),
                         bench.summarize("usagectl, one file", one),
                         bench.tools.ccusage("ccusage, one file", "claude", one))
    in_many = {"work": f"transcripts, {many.files} files", "bytes": many.bytes,
               "peak_limit": lines_limit(many)}
    in_one = {"work": "transcripts, one file", "bytes": one.bytes, "peak_limit": lines_limit(one)}
    yield bench.row(results, "usagectl, many files", "wc -l", yardstick="`wc -l`",
                    reach="≤ 1.3", within=at_most(1.3), **in_many)
    yield bench.row(results, "usagectl, one file", "usagectl, many files",
                    yardstick=f"the {many.files} files", reach="≤ 1.2", within=at_most(1.2),
                    **in_one)
    yield bench.row(results, "usagectl, many files", "ccusage, many files", "ccusage",
                    yardstick="`ccusage`", reach="≤ 0.3", within=at_most(0.3), **in_many)
    yield bench.row(results, "usagectl, one file", "ccusage, one file", "ccusage",
                    yardstick="`ccusage`", reach="≤ 0.08", within=at_most(0.08), **in_one)


def codex(bench):
    data = bench.get("codex")
    results = bench.race(bench.summarize("usagectl", data),
                         bench.tools.ccusage("ccusage", "codex", data))
    yield bench.row(results, "usagectl", "ccusage", "ccusage", work=f"Codex rollouts, {data.files} files",
                    bytes=data.bytes, yardstick="`ccusage`", reach="≤ 0.5", within=at_most(0.5),
                    peak_limit=lines_limit(data))


def usage_log(bench):
    data = bench.get("usage_log")
    results = bench.race(bench.summarize("usagectl", data),
                         bench.tools.jq("jq", "usage_log.jq", data, ["-n"]),
                         bench.tools.duckdb("DuckDB", "usage_log", data))
    facts = {"work": "usage log, every counter by model", "bytes": data.bytes,
             "peak_limit": lines_limit(data)}
    yield bench.row(results, "usagectl", "jq", "jq", yardstick="`jq`", reach="≤ 1/30",
                    within=at_most(1 / 30), **facts)
    yield bench.row(results, "usagectl", "DuckDB", "@duckdb/node-api", yardstick="DuckDB",
                    reach="≤ 0.7", within=at_most(0.7), **facts)


def token_usage(bench):
    data = bench.get("token_usage")
    ours = bench.usagectl and bench.usagectl.reconcile("usagectl", data)
    results = bench.race(ours, bench.tools.jq("jq", "token_usage.jq", data),
                         bench.tools.duckdb("DuckDB", "token_usage", data))
    if ours:
        # reconcile proves sums but does not print them: its records are looked at once, untimed.
        records = race([bench.summarize("usagectl summarize", data)], 1, bench.say)
        results["usagectl"].trouble = results["usagectl"].trouble or next(
            iter(records.values())).trouble
    facts = {"work": "one token_usage.json, `reconcile`", "bytes": data.bytes,
             "peak_limit": 1.2 * data.bytes}
    yield bench.row(results, "usagectl", "jq", "jq", yardstick="`jq`", reach="≤ 1/20",
                    within=at_most(1 / 20), **facts)
    yield bench.row(results, "usagectl", "DuckDB", "@duckdb/node-api", yardstick="DuckDB",
                    reach="≤ 1/15", within=at_most(1 / 15), **facts)


def sessions(bench):
    if not bench.usagectl:
        return
    data = bench.get("sessions")
    results = bench.race(bench.usagectl.sessions("usagectl, by session", data),
                         bench.summarize("usagectl, by model", data))
    # A hundred bytes for each call: a session has two.
    yield bench.row(results, "usagectl, by session", "usagectl, by model",
                    work="log by session", bytes=data.bytes, yardstick="by model",
                    reach="≤ 1.5", within=at_most(1.5),
                    peak_limit=lines_limit(data) + 100 * data.calls)


def diff(bench):
    if not bench.usagectl:
        return
    data = bench.get("usage_log", 0.5)
    results = bench.race(bench.usagectl.diff_with_itself("usagectl diff", data),
                         bench.summarize("usagectl summarize", data))
    both = results["usagectl summarize"]
    both.seconds *= 2
    yield bench.row(results, "usagectl diff", "usagectl summarize",
                    work="usage log, `diff` with itself", bytes=2 * data.bytes,
                    yardstick="`summarize` of both", reach="≤ 1.5", within=at_most(1.5),
                    peak_limit=64 * MIB + 2 * 100 * data.calls)


def doubling(bench):
    if not bench.usagectl:
        return
    for name, work in (("usage_log", "usage log"), ("transcripts", "transcripts")):
        whole = bench.get(name)
        half = bench.get(name, 0.5)
        results = bench.race(bench.summarize("usagectl, half", half),
                             bench.summarize("usagectl, all", whole))
        yield bench.row(results, "usagectl, all", "usagectl, half", work=f"{work}, doubled",
                        bytes=whole.bytes, yardstick="half of it", reach="2 ± 10 %",
                        within=(1.8, 2.2), peak_limit=lines_limit(whole))


def small_file(bench):
    path = Path(__file__).resolve().parent.parent.parent / SMALL_FILE
    looked_at = bench.tools.jq_itself()
    if not looked_at:
        yield Row("one small file, `reconcile`", path.stat().st_size, "`jq .`", "≤ 0.2",
                  at_most(0.2), skipped=bench.tools.missing["jq"])
        return
    commands = {"jq": [*looked_at, ".", str(path)]}
    if bench.usagectl:
        commands["usagectl"] = [bench.usagectl.program, "reconcile", str(path)]
    results = {name: Result() for name in commands}
    for _ in range(bench.runs):
        for name, command in commands.items():
            seconds = seconds_of_many(command, SMALL_RUNS) / SMALL_RUNS
            results[name].seconds = min(results[name].seconds, seconds)
            results[name].runs += 1
            bench.say(f"  {name:<28} {seconds * 1000:8.2f} ms")
    yield bench.row(results, "usagectl", "jq", work="one small file, `reconcile`",
                    bytes=path.stat().st_size, yardstick="`jq .`", reach="≤ 0.2",
                    within=at_most(0.2))


WORKS = {"transcripts": transcripts, "codex": codex, "usage-log": usage_log,
         "token-usage": token_usage, "sessions": sessions, "diff": diff, "doubling": doubling, "small-file": small_file}
