"""Files that a person gives by an option: dialects, layouts, baselines, contracts, lists of paths,
partial files. Their errors quote nothing that is in them."""
import json
import os
import random

import damage
import seeds
from limits import FROM_NOTHING
from process import CANARY
from special_files import SOUND, write

DIALECTS = {"dialects": [{"id": "my.dialect", "vendor": CANARY, "keys": {"in_count": "input"}}]}
BASELINE = {"schema": "usagectl.baseline/1", "findings": [{"fingerprint": "00", "reason": CANARY}]}

# Where such files have their words, with one that is nobody's business.
A_DIALECT = {"id": "x", "keys": {"all": ["a"]}, "counters": {"input": ["a"]}}
A_RECORD = {"at": "/a", "counters": {"input": "x"}}
MISTAKES = [
    {CANARY: 1}, {"id": CANARY, CANARY: 1}, {"dialects": [{"id": "a"}], CANARY: 1},
    {"id": CANARY, "messages": [{"content": CANARY}]},
    *({**A_DIALECT, key: value} for key, value in (
        (CANARY, 1), ("keys", {CANARY: ["a"]}), ("counters", {CANARY: ["a"]}),
        ("meaning", {CANARY: "a"}), ("meaning", {"total": CANARY}), ("zero_if_missing", [CANARY]),
        ("proof", [CANARY]), ("stream", CANARY), ("role", CANARY), ("details", {CANARY: ["a"]}),
        ("envelope", {CANARY: ["a"]}), ("breakdown", {CANARY: "a"}), ("partial", {CANARY: "a"}),
        ("provider", {CANARY: 1}))),
    *({"layout": "x", key: value} for key, value in (
        (CANARY, 1), ("records", [{"at": CANARY}]), ("context", {CANARY: 1}),
        ("text", {CANARY: 1}), ("text", {"lines": [{"find": "(" + CANARY}]}),
        ("samples", {CANARY: 1}), ("ignored", [{"at": "", CANARY: 1}]))),
    *({"layout": "x", "records": [{**A_RECORD, key: value}]} for key, value in (
        (CANARY, 1), ("counters", {CANARY: "x"}), ("meaning", {CANARY: "x"}), ("role", CANARY),
        ("dialect", CANARY), ("id", "/" + CANARY), ("model", "@" + CANARY), ("by", {CANARY: "x"}),
        ("id", {"from": "a", "find": "[" + CANARY}), ("cost", CANARY))),
    *({"layout": "x", "lines": True, "records": [A_RECORD], "claims": [claim]} for claim in (
        {CANARY: ""}, {"sum": "/" + CANARY, "of": ""}, {"sum": CANARY, "of": CANARY},
        {"continuity": "/" + CANARY}, {"sum": "", "of": CANARY, "lines": "all"},
        {"sum": "", "of": "", "by": CANARY})),
    {"findings": [{"fingerprint": CANARY, "expires": CANARY}]}, {"findings": {CANARY: 1}},
    {"findings": [{CANARY: 1}]}, {"findings": [{"fingerprint": {CANARY: 1}}]},
    {"meaning": {CANARY: "included"}}, {"meaning": {"total": CANARY}},
    {"meaning": {"total": "input " + CANARY}}, {"meaning": {"total": "input"}, CANARY: 1},
    {"meaning": {"total": "input"}, "raw": {CANARY: "a"}},
    {"meaning": {"total": "input"}, "raw": {"input": CANARY}},
    {"prices": [{CANARY: 1}]}, {"prices": [{"model": CANARY, "seen": CANARY}]},
    {"prices": [{"input": CANARY}]}, {"prices": [{"currency": CANARY}]}, {"prices": CANARY},
    {"rules": {CANARY: "off"}}, {"rules": {"sum": CANARY}}, {"reports": [CANARY + "=a"]},
    {"reports": [CANARY]}, {"format": CANARY}, {"max": {CANARY: 5}}, {"max": {"total": CANARY}},
    {"max": {CANARY: CANARY}}, {"max": {"cost": CANARY}}, {"per": CANARY}, {"fail_on": CANARY},
    {"strict": CANARY}, {"threads": CANARY}]
GIVEN = (["summarize", "--dialects"], ["summarize", "--layout"], ["layouts", "--check"],
         ["reconcile", "--baseline"], ["reconcile", "--contract"],
         ["diff", "log.jsonl", "log.jsonl", "--contract"], ["summarize", "--files-from"],
         ["dialects", "--dialects"], ["summarize", "--cost", "--prices"], ["prices", "--prices"],
         ["reconcile", "--config"])
WITHOUT_LOGS = ("layouts", "dialects", "prices")


def check_given(session, arguments, kind="given"):
    more = [] if arguments[0] in WITHOUT_LOGS or arguments[0] == "diff" or \
        "--files-from" in arguments else ["log.jsonl"]
    what = [] if arguments[0] in WITHOUT_LOGS or "--config" in arguments else ["--no-config"]
    # A list of paths is a list of names, which are said where they are not there.
    session.check(f"{kind} {arguments[-1]}", arguments + ["given"] + what + more,
                  cwd=session.place, canary_is_named=arguments[-1] == "--files-from")


def mistakes(session):
    """Mistakes in every place of such files: their errors quote nothing of them."""
    write(f"{session.place}/log.jsonl", SOUND)
    chosen = MISTAKES if not session.short else session.random.sample(MISTAKES, 4)
    for mistake in chosen:
        write(f"{session.place}/given", json.dumps(mistake).encode())
        for arguments in GIVEN:
            check_given(session, arguments, "mistake")


def options(session):
    at = session.place
    write(f"{at}/log.jsonl", SOUND)
    layout = json.dumps({"id": "my_layout", "lines": {"usage": "/usage"}, "note": CANARY}).encode()
    suggested = session.program.run(["inspect", "--no-config", "--suggest-layout", "-",
                                     "log.jsonl"], cwd=at).out
    baseline = session.program.run(["reconcile", "--no-config", "--write-baseline", "-",
                                    "log.jsonl"], cwd=at).out
    plain = json.dumps({"messages": [{"content": CANARY}], CANARY: CANARY}).encode()
    texts = [plain, plain[:30], b'"' + CANARY.encode() + b'"', b"[" + plain + b"]",
             CANARY.encode(), b"key: " + CANARY.encode(), suggested, baseline, layout,
             json.dumps(DIALECTS).encode(), json.dumps(BASELINE).encode(),
             json.dumps({"contract": "absent", "rules": {CANARY: 1}}).encode()]
    chance = random.Random(f"given:{session.random.random()}")
    rounds = 1 if session.short else 40
    for number in range(rounds):
        for which, text in enumerate(texts):
            if session.short and which % 3:
                continue
            kind = chance.choice(sorted(damage.CLASSES))
            data = text if number == 0 else damage.CLASSES[kind](chance, text, plain)
            write(f"{at}/given", data)
            for arguments in GIVEN:
                check_given(session, arguments)


def odd_options(session):
    """Devices, folders, pipes and what is not there in place of a file that an option names."""
    at = session.place
    write(f"{at}/log.jsonl", SOUND)
    os.mkdir(f"{at}/folder")
    os.mkfifo(f"{at}/pipe")
    for arguments in GIVEN + (["reconcile", "--against"],):
        more = [] if arguments[0] in WITHOUT_LOGS + ("diff",) else ["log.jsonl"]
        for path in ("/dev/zero", "pipe"):
            session.check(f"odd-option {arguments[-1]}", arguments + [path] + more,
                          lambda run: [] if run.code == 2 else ["a device was taken"],
                          FROM_NOTHING, cwd=at)
    for option in ("--dialects", "--layout", "--baseline", "--contract", "--config", "--files-from"):
        command = "reconcile" if option in ("--baseline", "--contract") else "summarize"
        for path in ("/dev/null", "folder", "missing", "", "log.jsonl"):
            session.check(f"odd-option {option}", [command, "log.jsonl", option, path], cwd=at,
                          more_faults=lambda run: [] if run.code in (0, 1, 2) else ["crash"])
    for arguments in (["summarize", "--threads", "99999999999"], ["summarize", "--top", "-1"],
                      ["summarize", "--since", "9" * 400], ["summarize", "--max-line", "0"],
                      ["summarize", "--max-line", "99999999999TB"], ["summarize", "--timezone", "../a"],
                      ["summarize", "--exclude", "[" * 9999], ["summarize", "--exclude", "*" * 60],
                      ["reconcile", "--max", "total=" + "9" * 99], ["summarize", "--by", ","],
                      ["summarize", "a" * 100_000], ["summarize", "--" + "a" * 100_000],
                      ["summarize", "-o", "/"], ["summarize", "-o", "no/where"],
                      ["summarize", "-o", "log.jsonl"], [""], ["\x1b[31m"], ["--help", "\x1b"],
                      ["summarize", "--active-within", "9" * 30 + "d"]):
        more = ["log.jsonl"] if arguments[0] == "summarize" else []
        session.check("odd-argument", arguments + more, cwd=at)


def partial_files(session):
    """Partial files are damaged or whole."""
    at = session.place
    chance = random.Random(f"partial:{session.random.random()}")
    os.mkdir(f"{at}/logs")
    for name in ("log.jsonl", "transcript.jsonl", "token_usage.json", "table.csv", "logs.zip"):
        write(f"{at}/logs/{name}", seeds.MADE[name](chance))
    session.check("partial", ["collect", "--no-config", "logs", "-o", "whole.partial"], cwd=at)
    with open(f"{at}/whole.partial", "rb") as file:
        whole = file.read()
    kinds = ("cut", "flip", "bytes", "drop", "headers", "splice", "noise", "repeat")
    for number in range(8 if session.short else 400):
        write(f"{at}/a.partial",
              damage.CLASSES[kinds[number % len(kinds)]](chance, whole, whole))
        session.check("partial", ["summarize", "--no-config", "--format", "json", "a.partial"],
                      cwd=at)
        if not number % 8:
            session.check("partial", ["diff", "--no-config", "whole.partial", "a.partial"], cwd=at)


def pairs(session):
    """Comparisons of sound and damaged captures."""
    at = session.place
    chance = random.Random(f"pairs:{session.random.random()}")
    for number in range(4 if session.short else 200):
        name = chance.choice(sorted(seeds.MADE))
        data = seeds.MADE[name](chance)
        kind = chance.choice(sorted(damage.CLASSES))
        write(f"{at}/a-{name}", data)
        write(f"{at}/b-{name}", damage.CLASSES[kind](chance, data, data))
        form = chance.choice(("table", "json", "csv", "markdown"))
        session.check(f"diff {kind}", ["diff", "--no-config", "--format", form, f"a-{name}",
                                       f"b-{name}"], cwd=at)
        session.check(f"against {kind}", ["reconcile", "--no-config", f"a-{name}", "--against",
                                          f"b-{name}"], cwd=at)


SCENARIOS = {"given": options, "mistakes": mistakes, "odd-options": odd_options, "partial": partial_files,
             "pairs": pairs}
