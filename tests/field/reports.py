"""reports/<issue> with truth.json: what users of other tools reported, and what is true there."""

import json
import os

from sample import (COUNTERS, RECONCILE, SUMMARIZE, Demand, Sample, accepted_values, of_summary,
                    request_demand)


def samples(corpus, root):
    for name in sorted(os.listdir(root)):
        path = os.path.join(root, name, "truth.json")
        if not os.path.isfile(path):
            continue
        with open(path, encoding="utf-8") as file:
            truth = json.load(file)
        yield sample_of(corpus, name, os.path.join(root, name), truth)


def sample_of(corpus, name, folder, truth):
    sample = Sample(corpus, "report", name, folder, [])
    # Each file is named: truth.json in the same folder holds counts as well.
    files = dict(truth.get("summarize_files", {}))
    inputs = sorted(file for file in os.listdir(folder) if file != "truth.json")
    if "summarize" in truth:
        files[inputs[0]] = truth["summarize"]
    for file, wanted in files.items():
        sample.demands += summary_demands(SUMMARIZE + (file,), wanted)
    if "reconcile" in truth:
        sample.demands += reconcile_demands(RECONCILE + (inputs[0],), truth["reconcile"])
        sample.sound = truth["reconcile"].get("verdict") == "pass" or None
    if "diff" in truth:
        sample.demands += diff_demands(truth["diff"])
    for axis, value in truth.get("inspect_not", {}).items():
        sample.demands.append(Demand(("inspect", inputs[0]), f"inspect {axis} not {value}", (True,),
                                     lambda answer, a=axis, v=value: meaning(answer, a) != v))
    for demand in sample.demands:
        if demand.command not in sample.commands:
            sample.commands.append(demand.command)
    for file in files:
        if RECONCILE + (file,) not in sample.commands:
            sample.commands.append(RECONCILE + (file,))
    return sample


def summary_demands(command, wanted):
    demands = []
    for key, value in wanted.items():
        if key in COUNTERS:
            demands.append(Demand(command, key, accepted_values(value), of_summary(key)))
        elif key == "requests":
            demands += request_demand(command, value)
        elif key.endswith("_any"):
            counter = key.removesuffix("_any")
            demands.append(Demand(command, counter, tuple(value), of_summary(counter)))
        elif key.startswith("not_"):
            counter = key.removeprefix("not_")
            demands.append(Demand(command, f"{counter} not {value}", (True,),
                                  lambda answer, c=counter, v=value: of_summary(c)(answer) != v))
        else:
            raise ValueError(f"reports: what is {key}?")
    return demands


def reconcile_demands(command, wanted):
    demands = []
    if "verdict" in wanted:
        demands.append(Demand(command, "verdict", (wanted["verdict"],),
                              lambda answer: answer.verdict()))
    if wanted.get("not_pass"):
        demands.append(Demand(command, "verdict is not pass", (True,),
                              lambda answer: answer.verdict() != "pass"))
    for rule in wanted.get("rules", []):
        demands.append(Demand(command, f"a finding of rule {rule}", (True,),
                              lambda answer, r=rule: any(
                                  finding.get("rule") == r
                                  for finding in answer.findings("error", "warning"))))
    if "errors" in wanted:
        demands.append(Demand(command, "errors", (wanted["errors"],),
                              lambda answer: len(answer.findings("error"))))
    return demands


def diff_demands(wanted):
    options = ("--values",) if wanted.get("values") else ()
    command = ("diff", *options, wanted["a"], wanted["b"])
    demands = []
    if "exit" in wanted:
        demands.append(Demand(command, "exit of diff", (wanted["exit"],),
                              lambda answer: answer.exit_code))
    if "verdict_not" in wanted:
        demands.append(Demand(command, f"verdict is not {wanted['verdict_not']}", (True,),
                              lambda answer: answer.verdict() != wanted["verdict_not"]))
    return demands


def meaning(answer, axis):
    for dialect in answer.report.get("dialects", []):
        return dialect.get("meaning", {}).get(axis, {}).get("value")
    return None
