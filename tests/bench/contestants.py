"""usagectl and the tools it is measured against, each with a look at its answer."""

import json
import shutil
import subprocess
from pathlib import Path

from measure import Contestant

# Pinned, so that figures can be compared: the last versions whose native parts are published.
CCUSAGE = "ccusage@20.0.24"
DUCKDB = "@duckdb/node-api@1.5.6-r.1"
YARDSTICKS = Path(__file__).resolve().parent / "yardsticks"


def differing(models, expected):
    """The first counter that is not what it should be; `models` may leave counters out."""
    if set(models) != set(expected["models"]):
        odd = sorted(map(str, set(models) ^ set(expected["models"])))
        return f"models that are only in one: {', '.join(odd)}"
    for model, counts in models.items():
        for counter, count in counts.items():
            right = expected["models"][model][counter]
            if count != right:
                return f"{model} {counter} {count} instead of {right}"
    return None


class Usagectl:
    def __init__(self, program):
        self.program = program

    def summarize(self, name, data):
        def check(output):
            summary = json.loads(output)
            models = {}
            for group in summary["groups"]:
                tokens = group["tokens"]
                counters = [counter for counter in data.expected["all"] if counter != "requests"]
                models[group["by"]["model"]] = {
                    "requests": group["requests"], **{key: tokens[key] for key in counters}}
            return differing(models, data.expected)

        return Contestant(name, [self.program, "summarize", "--by", "model", "--format", "json",
                                 str(data.path)], check)

    def sessions(self, name, data):
        def check(output):
            counted = json.loads(output)["total"]["requests"]
            right = data.expected["all"]["requests"]
            return None if counted == right else f"{counted} calls instead of {right}"

        return Contestant(name, [self.program, "summarize", "--by", "session", "--format", "json",
                                 str(data.path)], check)

    def diff_with_itself(self, name, data):
        def check(output):
            report = json.loads(output)
            pairs = report["records"]["pairs"]
            if report["verdict"] != "same" or pairs != data.calls:
                return f"{report['verdict']}, {pairs} pairs of {data.calls} calls"
            return None

        return Contestant(name, [self.program, "diff", "--format", "json", str(data.path),
                                 str(data.path)], check)

    def reconcile(self, name, data):
        def check(output):
            report = json.loads(output)
            if report["verdict"] != "pass" or not report["checks"]["passed"]:
                return f"verdict {report['verdict']}"
            return None

        return Contestant(name, [self.program, "reconcile", "--format", "json", str(data.path)],
                          check)


class Tools:
    """Looks for the yardsticks and installs those of npm into a folder of their own. A method
    returns None when its tool is not to be had; `missing` says why."""

    def __init__(self, folder, say):
        self.folder = folder
        self.say = say
        self.missing = {}

    def installed(self, package):
        """The folder of the package, or None."""
        name, _, version = package.rpartition("@")
        place = self.folder / "node_modules" / name
        manifest = place / "package.json"
        if manifest.exists() and json.loads(manifest.read_text())["version"] == version:
            return place
        if not shutil.which("npm"):
            self.missing[name] = "npm is not installed"
            return None
        self.say(f"installing {package}")
        self.folder.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--prefix",
                               str(self.folder), package], capture_output=True, text=True,
                              check=False)
        if done.returncode != 0:
            self.missing[name] = f"npm cannot install {package}"
            return None
        return place

    def wc(self, name, data):
        files = sorted(str(file) for file in data.path.rglob("*.jsonl"))

        def check(output):
            counted = int(output.split()[-2])
            right = data.expected["lines"]
            return None if counted == right else f"{counted} lines instead of {right}"

        return Contestant(name, ["wc", "-l", *files], check)

    def ccusage(self, name, agent, data):
        """Its program itself: the Node.js script around it takes another 40 ms."""
        if not self.installed(CCUSAGE):
            return None
        programs = list(self.folder.glob("node_modules/@ccusage/*/bin/ccusage"))
        if not programs:
            self.missing["ccusage"] = f"{CCUSAGE} has no program for this machine"
            return None

        def check(output):
            counted = json.loads(output)["totals"]["totalTokens"]
            right = data.expected["all"]["total"]
            return None if counted == right else f"counts {counted / right:.3f} × the tokens used"

        home = {"claude": "CLAUDE_CONFIG_DIR", "codex": "CODEX_HOME"}[agent]
        return Contestant(name, [str(programs[0]), agent, "daily", "--json", "--offline"], check,
                          {home: str(data.path)})

    def jq_itself(self):
        if shutil.which("jq"):
            return ["jq"]
        self.missing["jq"] = "jq is not installed"
        return None

    def jq(self, name, program, data, options=()):
        jq = self.jq_itself()
        if not jq:
            return None
        return Contestant(name, [*jq, *options, "-c", "-f", str(YARDSTICKS / program),
                                 str(data.path)],
                          lambda output: differing(json.loads(output), data.expected))

    def duckdb(self, name, work, data):
        if not shutil.which("node"):
            self.missing["@duckdb/node-api"] = "node is not installed"
            return None
        if not self.installed(DUCKDB):
            return None
        return Contestant(name, ["node", str(YARDSTICKS / "duckdb_sums.mjs"), str(self.folder),
                                 work, str(data.path)],
                          lambda output: differing(json.loads(output), data.expected))
