#!/usr/bin/env python3
"""Runs usagectl over the field samples: where it is right, wrong and told, or silently wrong.

    tests/field/score.py build/dev/usagectl
    tests/field/score.py build/dev/usagectl --list silent --only cases
    tests/field/score.py build/dev/usagectl --json now.json --compare before.json

right    the numbers are those of the truth, and so are the verdict and the findings it asks for
told     something is wrong or missing, but the program said so: its exit status, its verdict, a
         warning, a problem or a finding of severity warning or error (a note is not enough)
silent   something is wrong or missing, with exit status 0, verdict pass and no warning
accused  among the told: a sound file with an error finding
warned   among the right: a sound file about which it warned all the same

Exit status: 0 nothing silent, 1 something silent, 2 trouble, 77 the samples are not there.
"""

import argparse
import concurrent.futures
import json
import os
import sys

import board
import cases
import provider_shapes
import recordings
import reports
import sceptic
import wild
from answer import ask
from judge import SILENT, Judgement

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLES = os.path.normpath(os.path.join(HERE, "..", "..", "..", "shared", "samples"))
CORPORA = {"cases": cases, "wild": wild, "recordings": recordings, "responses": recordings,
           "reports": reports, "provider_shapes": provider_shapes, "sceptic": sceptic}
SKIPPED = 77


def options():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("program", help="the usagectl to measure")
    parser.add_argument("--samples", default=SAMPLES, metavar="FOLDER",
                        help="where the samples are (../shared/samples beside the checkout)")
    parser.add_argument("--only", action="append", choices=CORPORA, metavar="CORPUS",
                        help="only this corpus, may be repeated: " + ", ".join(CORPORA))
    parser.add_argument("--list", choices=board.LISTS,
                        help="one line a sample instead of the table")
    parser.add_argument("--all-kinds", action="store_true",
                        help="a line for each kind in the table")
    parser.add_argument("--by-container", action="store_true",
                        help="a line for each container instead of the corpora")
    parser.add_argument("--known", metavar="FILE",
                        help="samples that may be silently wrong, one a line, each with its reason;\n"
                             "any other fails, and one that is mended has to leave the file")
    parser.add_argument("--json", metavar="FILE", help="write every judgement to FILE")
    parser.add_argument("--compare", metavar="FILE",
                        help="show what moved since FILE, an older --json")
    return parser.parse_args()


def known_samples(path):
    """The names in a file of lines "corpus/name: reason"; # begins a comment."""
    with open(path, encoding="utf-8") as file:
        lines = [line.split("#")[0].strip() for line in file]
    return {line.split(": ")[0] for line in lines if line}


def judged(program, sample):
    return Judgement(sample, {command: ask(program, command, sample.folder)
                              for command in sample.commands})


def main():
    chosen = options()
    if not os.path.isdir(chosen.samples):
        print(f"{chosen.samples}: no samples here, nothing is measured")
        return SKIPPED
    program = os.path.abspath(chosen.program)
    if not os.access(program, os.X_OK):
        print(f"{program}: not a program", file=sys.stderr)
        return 2
    samples = []
    for name, corpus in CORPORA.items():
        root = os.path.join(os.path.abspath(chosen.samples), name)
        if (chosen.only and name not in chosen.only) or not os.path.isdir(root):
            continue
        samples += corpus.samples(name, root)
    # Two at a time: a sample takes some milliseconds, and the machine may be busy with others.
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        rows = [judgement.as_json()
                for judgement in pool.map(lambda sample: judged(program, sample), samples)]
    if chosen.json:
        with open(chosen.json, "w", encoding="utf-8") as file:
            json.dump(rows, file, indent=1)
            file.write("\n")
    before = None
    if chosen.compare:
        with open(chosen.compare, encoding="utf-8") as file:
            before = [row for row in json.load(file)
                      if not chosen.only or row["corpus"] in chosen.only]
    if chosen.by_container:
        lines = board.by_container(rows, before)
    elif chosen.list:
        lines = board.listing(rows, chosen.list)
    else:
        lines = board.table(rows, chosen.all_kinds, before)
    for text in lines:
        print(text)
    if before is not None and not chosen.by_container:
        for text in board.moves(rows, before):
            print(text)
    silent = {f"{row['corpus']}/{row['name']}" for row in rows if row["result"] == SILENT}
    if not chosen.known:
        return 1 if silent else 0
    known = known_samples(chosen.known)
    for name in sorted(silent - known):
        print(f"silently wrong: {name}")
    for name in sorted(known - silent):
        print(f"not silently wrong any more, and still in {chosen.known}: {name}")
    return 0 if silent == known else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(2)
