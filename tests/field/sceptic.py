"""sceptic/<kind>/[case/] with truth.json: smallest inputs on which a number or a verdict was wrong.

Most of these truths are read as they stand; what they say in words is spelled out in SPELLED.
"""

import json
import os

from sample import Demand, Sample, of_summary, request_demand, token_demands

# The names of a counter in the truths, and ours.
COUNTER = {"total_tokens": "total", "reasoning_tokens": "reasoning", "cached_tokens": "cache_read",
           "total_requests": "requests"}


def samples(corpus, root):
    for folder, _, files in sorted(os.walk(root)):
        if "truth.json" not in files:
            continue
        with open(os.path.join(folder, "truth.json"), encoding="utf-8") as file:
            truth = json.load(file)
        name = os.path.relpath(folder, root)
        yield sample_of(corpus, name, folder, truth)


def sample_of(corpus, name, folder, truth):
    commands = [tuple(line.split()) for line in truth["commands"]]
    sample = Sample(corpus, name.split("/")[0], name, folder, list(commands))
    sample.word_suffices = "or" in truth
    summaries = [command for command in commands if command[0] == "summarize"]
    for command in summaries or [("summarize", "cap")]:
        # A dump by tick is judged by its own total as well: nothing may be lost by grouping.
        if summaries or "total" in truth:
            sample.demands += total_demands(command, truth)
    for command in commands:
        if command[0] == "reconcile":
            sample.demands += reconcile_demands(command, truth)
    sample.demands += SPELLED.get(name, lambda: [])()
    sample.sound = truth.get("verdict") == "pass" or None
    if name.startswith("09_"):
        sample.sound = True
    # Where one of the two is named the other counts as well: whoever asks it is told by it.
    paths = {command[-1] for command in commands if command[0] in ("summarize", "reconcile")}
    for path in sorted(paths):
        for command in (("summarize", path), ("reconcile", path)):
            if command not in sample.commands:
                sample.commands.append(command)
    for demand in sample.demands:
        if demand.command not in sample.commands:
            sample.commands.append(demand.command)
    return sample


def total_demands(command, truth):
    total = truth.get("total", truth.get("spent"))
    demands = []
    if isinstance(total, dict):
        wanted = {COUNTER[key]: value for key, value in total.items()}
        demands += token_demands(command, wanted)
        demands.append(Demand(command, "requests", (wanted["requests"],), of_summary("requests")))
    elif total is not None:
        demands += token_demands(command, {"total": total})
    if "input" in truth:
        demands += token_demands(command, {"input": truth["input"]})
    if "requests" in truth:
        demands += request_demand(command, truth["requests"])
    groups = dict(truth.get("by", {}))
    if "by thread" in truth:
        groups["thread"] = truth["by thread"]
    for key, rows in groups.items():
        if key not in command:
            continue
        for row, wanted_total in rows.items():
            demands.append(Demand(command, f"{key} {row}", (wanted_total,),
                                  lambda answer, k=key, r=row: group_total(answer, k, r)))
    return demands


def reconcile_demands(command, truth):
    demands = []
    if "verdict" in truth:
        accepted = tuple(verdict_word(word) for word in truth["verdict"].split(" or "))
        demands.append(Demand(command, "verdict", accepted, lambda answer: answer.verdict()))
    if "exit" in truth:
        demands.append(Demand(command, "exit of reconcile", (truth["exit"],),
                              lambda answer: answer.exit_code))
    if "asserted" in truth:
        numbers = (truth["asserted"], truth["calculated"])
        demands.append(Demand(command, "finding (asserted, calculated)", (numbers,),
                              lambda answer: finding_numbers(answer, numbers)))
    if "line" in truth:
        demands.append(Demand(command, "line of the finding", (truth["line"],),
                              lambda answer: first_line(answer)))
    if "problem" in truth:
        demands.append(Demand(command, truth["problem"], (True,),
                              lambda answer: bool(answer.words())))
    return demands


def verdict_word(word):
    return "unprovable" if word == "undetermined" else word


def group_total(answer, key, value):
    for group in answer.report.get("groups", []):
        if group["by"].get(key) == value:
            return group["tokens"]["total"]
    return None


def finding_numbers(answer, numbers):
    found = [(finding.get("asserted"), finding.get("calculated"))
             for finding in answer.findings("error")]
    return numbers if numbers in found else (found[0] if found else None)


def first_line(answer):
    # The findings before it are of the stream that failed.
    lines = [finding.get("line") for finding in answer.findings("error")]
    return lines[0] if lines else None


def diff_verdict(paths, *accepted):
    return Demand(("diff", *paths), "verdict of diff", accepted, lambda answer: answer.verdict())


def contract_kept(path):
    return Demand(("diff", "--contract", "provider-raw", path), "exit of the contract", (0,),
                  lambda answer: answer.exit_code)


def no_error(path):
    return Demand(("reconcile", path), "errors", (0,), lambda answer: len(answer.findings("error")))


def output_of_requests(answer):
    return sum(line["tokens"]["output"] or 0 for line in answer.lines
               if line["role"] == "request" and line.get("bucket", "counted") == "counted")


def days(answer):
    return tuple(sorted({group["by"].get("day") for group in answer.report.get("groups", [])}))


SPELLED = {
    "03_tinyagent_cache_write_first/write_only": lambda: [contract_kept("cap")],
    "03_tinyagent_cache_write_first/write_then_read": lambda: [contract_kept("cap")],
    "04_tinyagent_anthropic_route": lambda: [
        Demand(("summarize", "cap/b"), "input", (4024, None), of_summary("input")),
        diff_verdict(("cap/a", "cap/b"), "different", "undetermined"),
        # The contract is broken or open: the input of this route excludes the cache.
        Demand(("diff", "--contract", "provider-raw", "cap/b"), "verdict of the contract",
               ("different", "undetermined"), lambda answer: answer.verdict())],
    "05_diff_total_without_reasoning": lambda: [
        diff_verdict(("cap/xai_a.jsonl", "cap/xai_b.jsonl"), "same"),
        diff_verdict(("cap/gemini_a.jsonl", "cap/gemini_b.jsonl"), "same", "undetermined")],
    "06_diff_pairs_by_chance": lambda: [
        diff_verdict(("cap/a.jsonl", "cap/b.jsonl"), "same")],
    "09_sandbox_by_tick_loses_what_has_no_log": lambda: [no_error("cap")],
    # The sum is right; what the warning must not say is that both files are counted.
    "19_warning_says_both_are_counted": lambda: [
        Demand(("summarize", "cap"), "no warning that both are counted", (True,),
               lambda answer: not any("both" in word or "each is counted" in word
                                      for word in answer.words()))],
    "20_known/order_of_names_decides_the_day": lambda: [
        Demand(("summarize", "--by", "day", *paths), "days", (("2026-03-01",),), days)
        for paths in (("cap/a.jsonl", "cap/b.jsonl"), ("cap/b.jsonl", "cap/a.jsonl"))],
    "20_known/records_of_a_growing_call": lambda: [
        Demand(("records", "cap"), "output of the requests", (850,), output_of_requests)],
}
