#!/usr/bin/env python3
"""Measures usagectl against other tools on generated files: tests/bench/run.py

Makes the files, installs the tools (ccusage and DuckDB from npm; jq, node, zstd and gzip must be
there), runs each in turn with the files in the page cache, checks the answers, and prints a table.
The best time of each counts, and its highest peak of resident memory. Exit 1 when usagectl's answer
is wrong, 2 when it cannot be measured. The files take 7 GB."""

import argparse
import os
import sys
from pathlib import Path

import table
from data import Data
from tools import Tools
from usagectl import Usagectl
from work import Bench
from works import WORKS

ROOT = Path(__file__).resolve().parent.parent.parent


def arguments():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--usagectl", default=ROOT / "build/release/src/usagectl", type=Path,
                        metavar="PROGRAM", help="what is measured (default: the release build)")
    parser.add_argument("--yardsticks", action="store_true", help="measure the other tools only")
    parser.add_argument("--data", default=ROOT / "build/bench", type=Path, metavar="FOLDER",
                        help="where the files and the tools are kept (default: build/bench)")
    parser.add_argument("--generator", type=Path, metavar="PROGRAM",
                        help="a bench_generate that is built already (default: build it)")
    parser.add_argument("--only", action="append", choices=WORKS, metavar="WORK",
                        help=f"one of {', '.join(WORKS)}; may be repeated")
    parser.add_argument("--scale", default=1.0, type=float, metavar="X",
                        help="X times as many bytes")
    parser.add_argument("--seed", default=1, type=int, help="for other files (default: 1)")
    parser.add_argument("--runs", default=5, type=int, metavar="N",
                        help="runs of each (default: 5; tools that take 15 s run twice)")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the table there too")
    return parser.parse_args()


def say(text):
    print(text, file=sys.stderr, flush=True)


def main():
    options = arguments()
    usagectl = None
    if not options.yardsticks:
        if not os.access(options.usagectl, os.X_OK):
            say(f"run.py: {options.usagectl} is not there; build it, or name it with --usagectl")
            return 2
        usagectl = Usagectl(str(options.usagectl.resolve()))
    folder = options.data.resolve()
    data = Data(folder, options.generator, options.seed, say)
    bench = Bench(data, usagectl, Tools(folder / "tools", say), options.scale, options.runs, say)
    rows = []
    for name, work in WORKS.items():
        if not options.only or name in options.only:
            say(name)
            rows.extend(work(bench))

    text = table.markdown(rows)
    print(text)
    if options.markdown:
        options.markdown.write_text(text, encoding="utf-8")
    for note in table.notes(rows):
        print(note)
    return 1 if any(row.ours and row.ours.trouble for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
