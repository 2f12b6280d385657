"""usagectl against itself: other reports of the same files, and the same report of half of them."""

from measure import MIB
from work import STATED, at_most, lines_limit


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
    for name, work in (("usage_log", "usage log"), ("transcripts", "transcripts")):
        yield from doubled(bench, name, work, lines_limit)


def one_map(bench):
    # A document that no format knows is held in memory.
    yield from doubled(bench, "usage_map", "one map of usages", lambda whole: None)


def one_id(bench):
    yield from doubled(bench, "one_id", "one id with many request ids", lines_limit)


def doubled(bench, name, work, limit):
    if not bench.usagectl:
        return
    whole = bench.get(name)
    half = bench.get(name, 0.5)
    results = bench.race(bench.summarize("usagectl, half", half),
                         bench.summarize("usagectl, all", whole))
    yield growth(bench, results, "usagectl, all", "usagectl, half", work, whole, limit(whole))


def growth(bench, results, all_of_it, half_of_it, work, whole, limit):
    return bench.row(results, all_of_it, half_of_it, work=f"{work}, doubled", bytes=whole.bytes,
                     yardstick="half of it", reach="2 ± 10 %", within=(1.8, 2.2),
                     peak_limit=limit)


def outputs(bench):
    """What the other reports take on top of the sums, and whether they grow as the files do."""
    if not bench.usagectl:
        return
    of_log = {"`records`": bench.usagectl.records,
              "`records` as CSV": bench.usagectl.records_table,
              "`inspect`": bench.usagectl.inspect,
              "`summarize` as HTML": bench.usagectl.summary_page,
              "`reconcile` as HTML": bench.usagectl.verdict_page}
    yield from reports(bench, "usage_log", "usage log", of_log, bench.usagectl.summarize,
                       "`summarize`", lines_limit)
    # As in the work `sessions`, each call has a hundred bytes.
    of_sessions = {"by session as HTML": bench.usagectl.sessions_page}
    yield from reports(bench, "sessions", "log", of_sessions, bench.usagectl.sessions,
                       "`summarize` by session",
                       lambda whole: lines_limit(whole) + 100 * whole.calls)


def reports(bench, name, work, commands, summarize, yardstick, limit):
    whole = bench.get(name, 0.25)
    half = bench.get(name, 0.125)
    contestants = [summarize(yardstick, whole)]
    for report, command in commands.items():
        contestants += [command(f"{report}, half", half), command(report, whole)]
    results = bench.race(*contestants)
    for report in commands:
        yield bench.row(results, report, yardstick, work=f"{work}, {report}", bytes=whole.bytes,
                        yardstick=yardstick, peak_limit=limit(whole), **STATED)
        yield growth(bench, results, report, f"{report}, half", f"{work}, {report}", whole,
                     limit(whole))
