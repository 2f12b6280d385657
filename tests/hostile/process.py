"""Runs the program, and what must hold of every run of it, whatever it was given."""
import csv
import io
import json
import os
import re
import signal
import subprocess
import tempfile
import threading
import time

DECEIVING = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
RUNNER_COMMAND = re.compile(r"##(vso|teamcity)?\[", re.IGNORECASE)
REPORTS = ("AddressSanitizer", "LeakSanitizer", "ThreadSanitizer", "UndefinedBehaviorSanitizer",
           "runtime error:", "terminate called", "internal error", "Assertion")
FORMULA = re.compile(r"^[=+\-@\t\r]")
NUMBER = re.compile(r"^[+-]?[0-9.]+$")
# Stands in what is nobody's business; no report may hold it.
CANARY = "whisperedsecret"


class Run:
    def __init__(self, arguments, code, out, err, seconds, mebibytes, timed_out):
        self.arguments = arguments
        self.code = code
        self.out = out
        self.err = err
        self.seconds = seconds
        self.mebibytes = mebibytes
        self.timed_out = timed_out

    def text(self):
        return self.out.decode("utf-8", "replace"), self.err.decode("utf-8", "replace")


class Program:
    """The program under test, and how it is started."""

    def __init__(self, path, folder):
        self.path = os.path.abspath(path)
        self.folder = folder
        self.runs = 0
        symbols = open(self.path, "rb").read()
        self.is_sanitized = b"__asan_init" in symbols or b"__tsan_init" in symbols
        self.slowness = 20 if self.is_sanitized else 1

    def start(self, arguments, stdin=subprocess.DEVNULL, before=None, env=None, out=None, cwd=None):
        out = out or tempfile.TemporaryFile()
        process = subprocess.Popen(
            [os.fsencode(self.path)] + [os.fsencode(a) for a in arguments], stdin=stdin, stdout=out,
            stderr=subprocess.PIPE, preexec_fn=before, cwd=cwd or self.folder,
            env={"PATH": os.environ.get("PATH", ""), "HOME": self.folder, "TZ": "UTC",
                 "ASAN_OPTIONS": "allocator_may_return_null=1", **(env or {})})
        process.began = time.monotonic()
        process.report = out
        process.said = []
        # A pipe, as a limit on the size of files must not hide what is said of it.
        process.listener = threading.Thread(
            target=lambda: process.said.append(process.stderr.read()))
        process.listener.start()
        process.what = list(arguments)
        return process

    def finish(self, process, seconds=20):
        """Waits, and kills what does not end."""
        limit = seconds * self.slowness
        pause = 0.001
        timed_out = False
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            if time.monotonic() - process.began > limit and not timed_out:
                os.kill(process.pid, signal.SIGKILL)
                timed_out = True
            time.sleep(pause)
            pause = min(pause * 1.3, 0.02)
        process.returncode = os.waitstatus_to_exitcode(status)
        process.listener.join()
        process.stderr.close()
        try:
            process.report.seek(0)
            out = process.report.read()
        except (OSError, ValueError):
            out = b""
        self.runs += 1
        return Run(process.what, process.returncode, out, process.said[0],
                   time.monotonic() - process.began, usage.ru_maxrss / 1024, timed_out)

    def run(self, arguments, seconds=20, **how):
        return self.finish(self.start(arguments, **how), seconds)


def format_of(arguments):
    for i, argument in enumerate(arguments):
        if argument == "--format" and i + 1 < len(arguments):
            return arguments[i + 1]
    return "json" if arguments[:1] == ["records"] else "table"


def faults_of_json(text):
    """Where the buckets of a summary or a verdict do not add up."""
    try:
        report = json.loads(text)
    except ValueError as error:
        return [f"the report is not JSON: {error}"]
    faults = []
    inputs = report.get("inputs") if isinstance(report, dict) else None
    if isinstance(inputs, dict) and "objects" in inputs:
        parts = sum(inputs[name] for name in ("counted", "duplicate", "ignored", "rejected"))
        if inputs["objects"] != parts:
            faults.append(f"{inputs['objects']} objects, but the buckets hold {parts}")
    if isinstance(report, dict) and isinstance(report.get("groups"), list) and "total" in report:
        records = sum(group.get("records", 0) for group in report["groups"])
        if records != report["total"].get("records", records):
            faults.append("the records of the groups are not those of the total")
    return faults


def faults_of_csv(text):
    faults = []
    rows = list(csv.reader(io.StringIO(text)))
    if any(len(row) != len(rows[0]) for row in rows):
        faults.append("rows of different lengths")
    for row in rows:
        for cell in row:
            if len(cell) > 1 and FORMULA.match(cell) and not NUMBER.match(cell):
                faults.append("a cell that a spreadsheet runs")
    return faults


def faults_of_text(text, is_github, where):
    faults = []
    if DECEIVING.search(text):
        faults.append(f"a character on {where} that deceives: {DECEIVING.search(text)[0]!r}")
    if RUNNER_COMMAND.search(text):
        faults.append(f"a command of a runner on {where}")
    for line in text.split("\n"):
        # The runner passes over white space before a command.
        if line.lstrip().startswith("::") and not (is_github and
                                          re.match(r"::(error|warning|notice) ", line)):
            faults.append(f"a line on {where} that GitHub obeys")
    if CANARY in text:
        faults.append(f"content on {where}")
    return faults


def faults_of(run, most_mebibytes=None, canary_is_named=False):
    """What does not hold of a run; empty when all is well."""
    if run.timed_out:
        return [f"did not end within {run.seconds:.0f} s"]
    faults = []
    try:
        out = run.out.decode("utf-8")
        err = run.err.decode("utf-8")
    except UnicodeDecodeError:
        faults.append("output that is not UTF-8")
        out, err = run.text()
    if run.code < 0 or run.code > 2:
        faults.append(f"exit {run.code}")
    faults += [f"said {word}" for word in REPORTS if word in err]
    if canary_is_named:
        out, err = out.replace(CANARY, ""), err.replace(CANARY, "")
    form = format_of(run.arguments)
    faults += faults_of_text(out, form == "github", "standard output")
    faults += faults_of_text(err, False, "standard error")
    lines = err.splitlines()
    if run.code == 2 and not lines:
        faults.append("exit 2 and nothing said")
    if any(not line.startswith("usagectl: ") for line in lines):
        faults.append("a line on standard error that is not of usagectl")
    # A layout without samples fails its check, and says so.
    is_check = run.arguments[0] == "layouts"
    if run.code != 2 and not is_check and any(
            line.startswith("usagectl: ") and
            not line.startswith(("usagectl: warning: ", "usagectl: wrote ")) for line in lines):
        faults.append(f"an error, but exit {run.code}")
    if out and form == "json" and run.arguments[0] in ("summarize", "reconcile", "inspect", "diff"):
        faults += faults_of_json(out)
    if out and form == "csv":
        faults += faults_of_csv(out)
    if most_mebibytes and run.mebibytes > most_mebibytes:
        faults.append(f"took {run.mebibytes:.0f} MiB")
    return faults
