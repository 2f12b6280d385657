"""Checks of each file below the named folders that nothing in it is passed over in silence:
where a warning leaves open what was counted, the verdict is not pass; and a file with numbers of
tokens is counted, ignored for a reason that speaks of usage, or named.

Usage: nothing_unsaid.py USAGECTL FOLDER...
"""
import concurrent.futures
import json
import os
import re
import subprocess
import sys

# Causes of warnings after which it is not known which calls the numbers count.
OPEN = {"not-counted", "not-read", "unexplained", "unknown-key", "unrelated-usage",
        "meaning-undetermined", "replayed-prefix"}
TOKENS = re.compile(r'"(?:prompt|completion|input|output|total)_?tokens"\s*:\s*[1-9]', re.I)
# Said of what holds no usage at all.
WITHOUT = re.compile(r"without usage|unknown layout|not a regular file")
MOST_BYTES = 2_000_000


def report_of(usagectl, path):
    arguments = [usagectl, "reconcile", "--no-config", "--format", "json", path]
    done = subprocess.run(arguments, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    return (json.loads(done.stdout) if done.stdout else None), done.stderr


def open_but_passed(report):
    causes = {finding["cause"] for finding in report["findings"]
              if finding["severity"] == "warning"}
    return sorted(causes & OPEN) if report["verdict"] == "pass" else []


def is_unsaid(report, messages, text):
    if not TOKENS.search(text) or messages.strip() or report["findings"]:
        return False
    inputs = report["inputs"]
    reasons = [reason for reason in inputs["ignored_by"] if not WITHOUT.search(reason)]
    return not (inputs["counted"] or inputs["duplicate"] or inputs["rejected"] or reasons)


def differences(usagectl, path):
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read(MOST_BYTES)
    except (OSError, UnicodeDecodeError):
        text = ""
    report, messages = report_of(usagectl, path)
    if report is None:
        return [] if messages.strip() else [f"{path}: nothing is said at all"]
    found = [f"{path}: passes with a warning of {cause}" for cause in open_but_passed(report)]
    if is_unsaid(report, messages, text):
        found.append(f"{path}: its tokens are passed over: {report['inputs']['ignored_by']}")
    return found


def main():
    usagectl, *roots = sys.argv[1:]
    paths = [os.path.join(folder, name) for root in roots
             for folder, _, names in os.walk(root) for name in sorted(names)]
    if not paths:
        sys.exit("no files to try")
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        wrong = [line for lines in pool.map(lambda path: differences(usagectl, path), paths)
                 for line in lines]
    for line in wrong:
        print(line)
    print(f"{len(paths)} files, {len(wrong)} of them with something unsaid")
    sys.exit(1 if wrong else 0)


main()
