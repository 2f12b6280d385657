"""usagectl against other tools."""

from pathlib import Path

from measure import Result, race, seconds_of_many
from work import Row, at_most, lines_limit

SMALL_FILE = "testdata/sample/jobs/draft/token_usage.json"
SMALL_RUNS = 200


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


def small_files(bench):
    data = bench.get("small_files")
    results = bench.race(bench.summarize("usagectl", data), bench.tools.wc("wc -l", data))
    yield bench.row(results, "usagectl", "wc -l", work=f"{data.files:,} responses, a file each",
                    bytes=data.bytes, yardstick="`wc -l`", reach="≤ 0.8", within=at_most(0.8),
                    peak_limit=lines_limit(data))


def compressed(bench):
    """The size is that of what comes out."""
    for name, ending, program, reach in (("transcripts", "zst", "zstd", 0.6),
                                         ("transcripts_one_file", "zst", "zstd", 1.05),
                                         ("transcripts_one_file", "gz", "gzip", 0.5)):
        yield unpacking(bench, name, ending, program, reach)


def unpacking(bench, name, ending, program, reach):
    plain = bench.get(name)
    files = f"{plain.files} .{ending} files" if plain.files > 1 else f"one .{ending} file"
    facts = {"work": f"transcripts, {files}", "bytes": plain.bytes,
             "yardstick": f"`{program} -dc`", "reach": f"≤ {reach}", "within": at_most(reach)}
    if not bench.tools.is_there(program):
        return bench.row({}, "usagectl", program, program, **facts)
    data = bench.packed(name, ending)
    results = bench.race(bench.summarize("usagectl", data),
                         bench.tools.unpacked(program, program, data))
    return bench.row(results, "usagectl", program, program, peak_limit=lines_limit(data), **facts)


def small_file(bench):
    path = Path(__file__).resolve().parent.parent.parent / SMALL_FILE
    if not bench.tools.is_there("jq"):
        yield Row("one small file, `reconcile`", path.stat().st_size, "`jq .`", "≤ 0.2",
                  at_most(0.2), skipped=bench.tools.missing["jq"])
        return
    commands = {"jq": ["jq", ".", str(path)]}
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
