"""The tools that usagectl is measured against, each with a look at its answer."""

import json
import shutil
import subprocess
from pathlib import Path

from answers import differing
from measure import Contestant

# Pinned, so that figures can be compared: the last versions whose native parts are published.
CCUSAGE = "ccusage@20.0.24"
DUCKDB = "@duckdb/node-api@1.5.6-r.1"
YARDSTICKS = Path(__file__).resolve().parent / "yardsticks"


def paths(path):
    """Of all files in a folder, or of the one file."""
    if path.is_file():
        return [str(path)]
    return sorted(str(file) for file in path.rglob("*") if file.is_file())


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

    def is_there(self, program):
        if shutil.which(program):
            return True
        self.missing[program] = f"{program} is not installed"
        return False

    def wc(self, name, data):
        files = paths(data.path)

        def check(output):
            counted = int(output.split()[-2])
            right = data.expected["lines"]
            return None if counted == right else f"{counted} lines instead of {right}"

        return Contestant(name, ["wc", "-l", *files], check)

    def unpacked(self, name, program, data):
        """One thread that unpacks them all and throws away what comes out."""
        if not self.is_there(program):
            return None
        return Contestant(name, [program, "-dc", *paths(data.path)], lambda nothing: None,
                          to_nowhere=True)

    def ccusage(self, name, agent, data):
        """Its program itself: the Node.js script around it takes another 40 ms."""
        if not self.installed(CCUSAGE):
            return None
        programs = list(self.folder.glob("node_modules/@ccusage/*/bin/ccusage"))
        if not programs:
            self.missing["ccusage"] = f"{CCUSAGE} has no program for this machine"
            return None
        # As its script does where npm has not.
        programs[0].chmod(0o755)

        def check(output):
            counted = json.loads(output)["totals"]["totalTokens"]
            right = data.expected["all"]["total"]
            return None if counted == right else f"counts {counted / right:.3f} × the tokens used"

        home = {"claude": "CLAUDE_CONFIG_DIR", "codex": "CODEX_HOME"}[agent]
        return Contestant(name, [str(programs[0]), agent, "daily", "--json", "--offline"], check,
                          {home: str(data.path)})

    def jq(self, name, program, data, options=()):
        if not self.is_there("jq"):
            return None
        return Contestant(name, ["jq", *options, "-c", "-f", str(YARDSTICKS / program),
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
