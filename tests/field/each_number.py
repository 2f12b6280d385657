"""Changes one number of tokens at a time in each file below the named folders, and checks that a
report changes with it, or at least with the object around it: a number that may be anything is
counted, compared, named, or in an object that is left out for a reason.

Usage: each_number.py USAGECTL KNOWN KEYS FOLDER...

KNOWN lists numbers, by patterns of file and key, of which nothing is said, each with the reason. Of each file, one number of each
key is tried, of at most KEYS keys. Streams are left out: only the last state of an answer counts.
"""
import concurrent.futures
import fnmatch
import os
import random
import re
import subprocess
import sys
import tempfile

# A number after a key, in JSON, in JSON within a text, in YAML and in logs.
KEYED = re.compile(r'(?P<key>[A-Za-z_][\w.-]*)\\*"?\s*[:=]\s*(?P<number>[1-9]\d{0,14})(?![\d.eE])')
OPENS = re.compile(r'[A-Za-z_][\w.-]*\\*"\s*:\s*\{')
USAGE = re.compile(r"tokens?$|tokens?_?count$|_tokens_|^(prompt|completion|input|output|reasoning|"
                   r"cached?)$|cache_?(read|write|creation)|token_?usage", re.I)
# Settings, sizes, prices and clocks, by the words of their names.
OTHER = re.compile(r"max|min|limit|budget|window|price|pricing|cost|rate|speed|per_|_per|second|"
                   r"time|duration|latency|char|files|word|_ms|ttft|remaining|capacity|threshold|"
                   r"quota|size|id$|byte|percent|ratio|stop|eos|bos|pad|mean|avg|average|median|"
                   r"std|p\d\d|shape|layers|made-up-", re.I)
# How a count is shared out by kind of content or by lifetime: documented as parts that may not add
# up, and never counted.
SHARES = re.compile(r"^(tokenCount|token_count|(text|audio|image|video)_?tokens|"
                    r"ephemeral_\d+[mh]_input_tokens)$", re.I)
STREAMS = (".sse", "-chunks-b64")
BEFORE_KEY = 300  # characters in which the name of the object around is looked for
MOST_BYTES = 1_000_000


def said(usagectl, path):
    """Everything that is said of the file by the two reports that say most, and the exit status."""
    outputs = []
    for command in (["reconcile", "--format", "json"], ["records"]):
        done = subprocess.run([usagectl, *command, "--no-config", path], capture_output=True,
                              stdin=subprocess.DEVNULL)
        outputs.append((done.stdout + done.stderr, done.returncode))
    return outputs


def is_other(text, place, key):
    around = [found[0] for found in OPENS.finditer(text, max(0, place - BEFORE_KEY), place)]
    return OTHER.search(key) or SHARES.search(key) or (around and OTHER.search(around[-1]))


def numbers_to_try(text, most_keys):
    places = {}
    for match in KEYED.finditer(text):
        key = match["key"]
        if USAGE.search(key) and not is_other(text, match.start(), key):
            places.setdefault(key, []).append(match.span("number"))
    choose = random.Random(len(text))
    return [(key, choose.choice(places[key])) for key in choose.sample(sorted(places), min(most_keys, len(places)))]


def object_around(text, place):
    """Where the innermost object with that place begins and ends; nothing where there is none."""
    first, open_braces = place, 0
    while first >= 0 and open_braces >= 0:
        first -= 1
        open_braces += (text[first] == "}") - (text[first] == "{")
    if first < 0:
        return None
    open_braces = 0
    for at in range(first, len(text)):
        open_braces += (text[at] == "{") - (text[at] == "}")
        if open_braces == 0:
            return first, at + 1
    return None


def with_null(text, span):
    """Without an object, at the same places."""
    first, last = span
    return text[:first] + "null" + re.sub(r"[^\n]", " ", text[first + 4:last]) + text[last:]


def differences(usagectl, path, name, most_keys):
    try:
        with open(path, encoding="utf-8", newline="") as file:
            text = file.read(MOST_BYTES + 1)
    except (OSError, UnicodeDecodeError):
        return 0, []
    places = numbers_to_try(text, most_keys) if len(text) <= MOST_BYTES else []
    if not places or any(mark in path for mark in STREAMS):
        return 0, []
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        copy = os.path.join(folder, os.path.basename(path))

        def said_of(changed):
            with open(copy, "w", encoding="utf-8", newline="") as file:
                file.write(changed)
            return said(usagectl, copy)

        before = said_of(text)
        if any(status == 2 for _, status in before):
            return 0, []  # a part of the file is refused
        for key, (begin, end) in places:
            number = text[begin:end]
            other = ("1" if number[0] != "1" else "2") + number[1:]
            if said_of(text[:begin] + other + text[end:]) != before:
                continue
            around = object_around(text, begin)
            if around is None or said_of(with_null(text, around)) == before:
                line = text.count("\n", 0, begin) + 1
                wrong.append((f"{name}: {key}", f"line {line} may say {number} or {other}"))
    return len(places), wrong


def known_in(path):
    with open(path, encoding="utf-8") as file:
        lines = [line for line in file if line.strip() and not line.startswith("#")]
    return [": ".join(line.split(": ")[:2]) for line in lines]


def main():
    usagectl, known_file, most_keys, *roots = sys.argv[1:]
    known = known_in(known_file)
    paths = [(os.path.join(folder, name),
              os.path.join(os.path.basename(root), os.path.relpath(folder, root), name))
             for root in roots for folder, _, names in os.walk(root) for name in sorted(names)
             if name != "truth.json"]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(
            lambda path: differences(usagectl, path[0], os.path.normpath(path[1]),
                                     int(most_keys)), paths))
    tried = sum(count for count, _ in results)
    wrong = [found for _, all_found in results for found in all_found
             if not any(fnmatch.fnmatchcase(found[0], pattern) for pattern in known)]
    for what, where in wrong:
        print(f"{what}: {where}")
    print(f"{tried} numbers in {len(paths)} files, of {len(wrong)} of them nothing is said")
    sys.exit(1 if wrong or not tried else 0)


main()
