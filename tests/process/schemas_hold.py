"""Writes the JSON reports of every command over the files below some folders, for schema_check.

Usage: schemas_hold.py USAGECTL OUTPUT_FOLDER FOLDER...
"""
import concurrent.futures
import os
import subprocess
import sys

# A run reads so many files that lie beside each other: one run for each would take minutes.
FILES = 64
COMMANDS = (
    ("summarize",),
    ("summarize", "--by", "model,day,project", "--top", "2"),
    ("reconcile",),
    ("inspect",),
    ("records",),
    ("records", "--flat"),
    ("records", "--flat", "-o", os.devnull, "--claims", "-"),
    ("records", "--as-read"),
)
OF_TWO = (
    ("diff",),
    ("diff", "--parity"),
    ("diff", "--contract", "provider-raw"),
)


def run(usagectl, output, arguments, paths):
    name, *options = arguments
    command = [usagectl, name, "--no-config", "--format", "json", *options, *paths]
    with open(output, "wb") as report:
        done = subprocess.run(command, stdout=report, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    if done.returncode not in (0, 1, 2):
        return f"{' '.join(command)}: exit {done.returncode}"
    return None


def jobs(roots):
    for root in roots:
        files = sorted(os.path.join(folder, name) for folder, _, names in os.walk(root) for name in names)
        for start in range(0, len(files), FILES):
            paths = files[start : start + FILES]
            for command in COMMANDS:
                yield command, paths
            for command in OF_TWO:
                yield command, paths[:2]
                yield command, paths[2:5]
            yield OF_TWO[-1], paths[:1]


def main():
    usagectl, output, *roots = sys.argv[1:]
    todo = [job for job in jobs(roots) if job[1]]
    if not todo:
        sys.exit("no files to try")
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        ends = pool.map(
            lambda job: run(usagectl, os.path.join(output, f"{job[0]}.json"), *job[1]), enumerate(todo)
        )
        wrong = [end for end in ends if end]
    for end in wrong:
        print(end)
    sys.exit(1 if wrong else 0)


main()
