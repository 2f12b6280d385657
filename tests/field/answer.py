"""Runs the program once and keeps what it answered."""

import json
import os
import subprocess

# A command is given up after this long; a sample is small, so only a hang takes it.
SECONDS = 60


class Answer:
    def __init__(self, command, exit_code, report, lines, stderr):
        self.command = command
        self.exit_code = exit_code
        self.report = report  # the JSON document, {} where there is none
        self.lines = lines  # the JSON lines of `records`
        self.stderr = stderr

    def total(self):
        return self.report.get("total", {})

    def verdict(self):
        return self.report.get("verdict")

    def findings(self, *severities):
        return [finding for finding in self.report.get("findings", [])
                if finding.get("severity") in severities]

    def words(self):
        """What it said on its own account that something is not as it should be. A note is not
        among it: it is printed beside a verdict `pass` and asks nobody to look."""
        said = []
        if self.exit_code != 0:
            said.append(f"exit {self.exit_code}")
        if self.verdict() not in (None, "pass", "same"):
            said.append(f"verdict {self.verdict()}")
        for side in ("inputs", "a", "b"):
            inputs = self.report.get(side)
            if isinstance(inputs, dict):
                said += [f"warning: {text(warning)}" for warning in inputs.get("warnings", [])]
                said += [f"problem: {text(problem)}" for problem in inputs.get("problems", [])]
        said += [f"{finding['severity']} {finding.get('rule')}: {finding.get('explanation')}"
                 for finding in self.findings("error", "warning")]
        return said


def text(message):
    if not isinstance(message, dict):
        return str(message)
    return str(message.get("problem") or message.get("warning") or message)


def ask(program, command, folder):
    # A settings file above the samples must not change what is measured.
    words = [program, command[0], "--no-config", *command[1:], "--format", "json"]
    # No colours, no language and no home of whoever runs this.
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "NO_COLOR": "1"}
    try:
        done = subprocess.run(words, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return Answer(command, f"none in {SECONDS} s", {}, [], "")
    out = done.stdout.decode("utf-8", "replace")
    report, lines = {}, []
    try:
        if command[0] == "records":
            lines = [json.loads(line) for line in out.splitlines() if line.strip()]
        elif out.strip():
            report = json.loads(out)
    except ValueError:
        report = {"verdict": "not JSON"}
    return Answer(command, done.returncode, report, lines, done.stderr.decode("utf-8", "replace"))
