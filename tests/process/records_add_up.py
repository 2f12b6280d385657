"""Checks that the counted records of each file and folder add up to what summarize says of it.

Usage: records_add_up.py USAGECTL PATH...
"""
import collections
import concurrent.futures
import json
import os
import subprocess
import sys

NUMBERS = ("requests", "completions")


def run(usagectl, command, path):
    arguments = [usagectl, command, "--no-config", "--format", "json", path]
    return subprocess.run(arguments, capture_output=True, text=True).stdout


def flat_difference(usagectl, path, nested):
    """The flat records say of each record what the nested ones say."""
    arguments = [usagectl, "records", "--flat", "--no-config", path]
    lines = subprocess.run(arguments, capture_output=True, text=True).stdout.splitlines()
    if len(lines) != len(nested):
        return f"{path}: {len(lines)} flat records of {len(nested)}"
    for line, record in zip(lines, nested):
        flat = json.loads(line)
        counts = {**record["tokens"], **{name: record[name] for name in NUMBERS}}
        same = all(flat[name] == count for name, count in counts.items())
        if not same or flat["bucket"] != record["bucket"] or flat["line"] != record["line"]:
            return f"{path}: a flat record says {line}"
    return None


def difference(usagectl, path):
    sums = collections.Counter()
    counted = 0
    records = [json.loads(line) for line in run(usagectl, "records", path).splitlines()]
    for record in records:
        if record["bucket"] != "counted":
            continue
        counted += 1
        for name, count in [*record["tokens"].items(), *((n, record[n]) for n in NUMBERS)]:
            sums[name] += count or 0
    report = run(usagectl, "summarize", path)
    if not report:
        return f"{path}: summarize prints nothing"
    summary = json.loads(report)
    total = {**summary["total"]["tokens"], **{n: summary["total"][n] for n in NUMBERS}}
    for name, count in total.items():
        if count is not None and count != sums[name]:
            return f"{path}: {name} is {count}, its records have {sums[name]}"
    if counted != summary["inputs"]["counted"]:
        return f"{path}: {summary['inputs']['counted']} counted, {counted} of its records"
    return flat_difference(usagectl, path, records)


def paths_below(root):
    for folder, _, files in os.walk(root):
        if files:
            yield folder
        yield from (os.path.join(folder, name) for name in files)


def main():
    usagectl, *roots = sys.argv[1:]
    paths = [path for root in roots for path in paths_below(root)]
    if not paths:
        sys.exit("no files to try")
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        wrong = [found for found in pool.map(lambda path: difference(usagectl, path), paths) if found]
    for found in wrong:
        print(found)
    print(f"{len(paths)} paths, {len(wrong)} that do not add up")
    sys.exit(1 if wrong else 0)


main()
