#!/usr/bin/env python3
"""Gives the program what a hostile log, folder or project file may hold, and checks what must hold
whatever it is given: no crash, no hang, buckets that add up, a status as documented, one clear line,
old files kept, no content in any output. The same seed makes the same inputs.

    tests/hostile/run.py PROGRAM --seed 7 --count 2000     damaged files, then every scenario
    tests/hostile/run.py PROGRAM --seed 7 --only 1234      one of them again, with its folder kept
    tests/hostile/run.py PROGRAM --scenario bombs          one scenario
"""
import argparse
import os
import random
import shutil
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import damage  # noqa: E402
import given_files  # noqa: E402
import limits  # noqa: E402
import process  # noqa: E402
import project_files  # noqa: E402
import seeds  # noqa: E402
import special_files  # noqa: E402

TESTDATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "testdata")
SCENARIOS = {**special_files.SCENARIOS, **limits.SCENARIOS, **project_files.SCENARIOS,
             **given_files.SCENARIOS}
COMMANDS = (["summarize", "--format", "json", "--by", "model,file"], ["reconcile", "--format", "json"],
            ["records"], ["records", "--format", "csv"], ["records", "--flat", "--format", "csv"],
            ["inspect", "--format", "json"], ["inspect"], ["summarize", "--by", "model,session"],
            ["summarize", "--format", "csv"], ["summarize", "--format", "markdown"],
            ["reconcile"], ["reconcile", "--format", "github"], ["reconcile", "--format", "sarif"],
            ["reconcile", "--format", "junit"], ["reconcile", "--format", "markdown"],
            ["reconcile", "--format", "csv"], ["inspect", "--suggest-layout", "-"],
            ["records", "--format", "table"], ["summarize", "--max-line", "200"],
            ["summarize", "--max-unpacked", "3kB"])


# Of these, no part is one.
WHOLES = ("response.json", "token_usage.json", "session.har", "calls.db", "logs.zip", "logs.tar.gz",
          "logs.tar", "log.jsonl.gz", "log.jsonl.zst", "log.jsonl.xz", "log.jsonl.bz2")


class Session:
    """The faults of a run of this script."""

    def __init__(self, program, folder, keep):
        self.program = program
        self.folder = folder
        self.keep = keep
        self.faults = 0
        self.by_class = {}

    def report(self, name, run, faults):
        kind = name.split(" ")[0]
        self.by_class.setdefault(kind, [0, 0])[0] += 1
        if not faults:
            return
        self.by_class[kind][1] += 1
        self.faults += 1
        shown = " ".join(argument if argument.isprintable() else repr(argument)
                         for argument in map(os.fsdecode, run.arguments)) if run else ""
        print(f"FAULT {name}: {'; '.join(faults[:3])}\n      usagectl {shown}", flush=True)
        if run and run.err:
            print("      " + run.err[:300].decode("utf-8", "backslashreplace"), flush=True)

    def check(self, name, arguments, more_faults=lambda run: [], most_mebibytes=None,
              canary_is_named=False, **how):
        """Runs the program, and notes what does not hold; `more_faults` looks at the run too."""
        run = self.program.run(arguments, **how)
        if self.program.is_sanitized:
            most_mebibytes = None
        faults = process.faults_of(run, most_mebibytes, canary_is_named)
        self.report(name, run, faults + (more_faults(run) or []))
        return run


def damaged_input(seed, index, paths):
    """A name, bytes and the class of a case; the same whenever it is asked for."""
    chance = random.Random(f"{seed}:{index}")
    kinds = list(damage.CLASSES)
    kind = kinds[index % len(kinds)]
    if kind == "headers":
        name = chance.choice(seeds.COMPRESSED)
        data = seeds.MADE[name](chance)
    else:
        name, data = seeds.seed(chance, paths)
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        data = damage.CLASSES[kind](chance, data, seeds.seed(chance, paths)[1])
        if chance.random() < 0.3:
            kind_too = chance.choice(kinds)
            data = damage.CLASSES[kind_too](chance, data, b"{}")
        data = data[:400_000]
    return kind, name, data, chance


def run_case(session, seed, index, paths):
    kind, name, data, chance = damaged_input(seed, index, paths)
    folder = os.path.join(session.folder, f"case-{index}")
    os.makedirs(folder)
    with open(os.path.join(folder, name), "wb") as file:
        file.write(data)
    before = session.faults
    case = f"{kind} --seed {seed} --only {index} ({name})"
    # A class of fixtures holds the canary nowhere; names of files are no content.
    for command in [COMMANDS[index % 3], chance.choice(COMMANDS)]:
        path = name if chance.random() < 0.7 else "."
        session.check(case, command + ["--no-config", "./" + path], cwd=folder)
    if index % 5 == 0:
        command = ["summarize", "--format", "json", "--no-config", "--threads"]
        one, eight = (session.program.run(command + [n, "."], cwd=folder) for n in ("1", "8"))
        same = (one.code, one.out, one.err) == (eight.code, eight.out, eight.err)
        session.report(case, eight, [] if same else ["other output with 8 threads than with one"])
    if session.faults == before and not session.keep:
        shutil.rmtree(folder)


def every_cut(session, paths, seed, most):
    """Cuts at every byte: each is a file of one folder, which is read at once."""
    chance = random.Random(f"{seed}:cuts")
    for number, name in enumerate(sorted(seeds.MADE)):
        if session.short and number % 3 != seed % 3:
            continue
        data = seeds.MADE[name](chance)
        folder = os.path.join(session.folder, "cuts-" + name)
        os.makedirs(folder)
        places = range(len(data))
        if len(data) > most:
            places = sorted(chance.sample(places, most))
        for size in places:
            with open(os.path.join(folder, f"{size:06d}-{name}"), "wb") as file:
                file.write(data[:size])
        session.check(f"every-cut ({name})",
                      ["summarize", "--format", "json", "--by", "file", "--no-config", "."],
                      cwd=folder, seconds=60)
        # The last line of a log is unfinished, or says nothing; it never vanishes.
        if name in ("log.jsonl", "transcript.jsonl", "rollout.jsonl", "prefixed.log"):
            last = data.rstrip(b"\n").rfind(b"\n") + 1
            last = data.find(b"{\"", last) + 1
            for size in range(last + 1, len(data.rstrip(b"\n"))):
                if size not in places:
                    continue
                session.check(f"cut-last-line ({name} at {size})",
                              ["summarize", "--no-config", f"{size:06d}-{name}"],
                              lambda run: [] if run.code == 2 else ["a cut file passes as clean"],
                              cwd=folder)
        # What is one whole has lost something wherever it ends.
        if name in WHOLES and not session.short:
            least = len(data.rstrip(b"\n\0") if name != "calls.db" else data)
            for size in places:
                if 2 <= size < least:
                    session.check(f"cut-whole ({name} at {size})",
                                  ["summarize", "--no-config", f"{size:06d}-{name}"],
                                  lambda run: [] if run.code == 2 else ["a cut file passes as clean"],
                                  cwd=folder)
        shutil.rmtree(folder)


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("program")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=500, help="damaged files")
    parser.add_argument("--first", type=int, default=0, help="number of the first of them")
    parser.add_argument("--cuts", type=int, default=200, help="places where each file is cut")
    parser.add_argument("--only", type=int, help="one damaged file, kept")
    parser.add_argument("--scenario", action="append", choices=sorted(SCENARIOS) + ["none"])
    parser.add_argument("--short", action="store_true", help="small scenarios, for every test run")
    return parser.parse_args()


def main():
    options = parse_arguments()
    began = time.monotonic()
    folder = tempfile.mkdtemp(prefix="usagectl-hostile-")
    program = process.Program(options.program, folder)
    session = Session(program, folder, options.only is not None)
    session.short = options.short
    session.random = random.Random(f"{options.seed}:scenarios")
    paths = seeds.fixtures(TESTDATA)
    if options.only is not None:
        run_case(session, options.seed, options.only, paths)
        print(f"kept: {folder}/case-{options.only}")
        return 1 if session.faults else 0
    if options.scenario in (None, ["none"]):
        for index in range(options.first, options.first + options.count):
            run_case(session, options.seed, index, paths)
        every_cut(session, paths, options.seed, options.cuts)
    for name in options.scenario or sorted(SCENARIOS):
        if name == "none":
            continue
        session.place = os.path.join(folder, "scenario-" + name)
        os.makedirs(session.place)
        SCENARIOS[name](session)
    if not session.faults:
        special_files.remove(folder)
    for kind, (checks, faults) in sorted(session.by_class.items()):
        print(f"{kind:24} {checks:6} checks {faults:4} faults")
    print(f"{program.runs} runs, {session.faults} faults, {time.monotonic() - began:.0f} s"
          + (f"; kept: {folder}" if session.faults else ""))
    return 1 if session.faults else 0


if __name__ == "__main__":
    sys.exit(main())
