"""Checks that partial files, whatever the split, give the bytes that the files themselves give.

Usage: partials_merge.py USAGECTL FOLDER...

Each folder below a FOLDER that holds files is read as a whole, as the list of its files. Then the
list is cut at random places, each part is collected, and the partial files are read in its place.
"""
import concurrent.futures
import os
import random
import subprocess
import sys
import tempfile
import zlib

COMMANDS = (
    ("reconcile", "--format", "json"),
    ("summarize", "--by", "model", "--format", "json"),
    ("records",),
    ("inspect", "--format", "json"),
)
MOST_FILES = 40


def run(arguments):
    done = subprocess.run(arguments, capture_output=True, stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout, done.stderr


def parts_of(files, seed):
    """The list, cut into at most five parts."""
    dice = random.Random(seed)
    cuts = sorted(dice.sample(range(1, len(files)), min(len(files) - 1, dice.randint(0, 4))))
    return [files[a:b] for a, b in zip([0, *cuts], [*cuts, len(files)])]


def differences(usagectl, files):
    with tempfile.TemporaryDirectory() as folder:
        partials = []
        for part in parts_of(files, zlib.crc32(files[0].encode())):
            partials.append(os.path.join(folder, f"node{len(partials)}.usagectl"))
            run([usagectl, "collect", "--no-config", *part, "-o", partials[-1]])
        for command, *options in COMMANDS:
            whole = run([usagectl, command, "--no-config", *options, *files])
            merged = run([usagectl, command, "--no-config", *options, *partials])
            for what, of_whole, of_merged in zip(("status", "output", "messages"), whole, merged):
                if of_whole != of_merged:
                    yield f"{os.path.dirname(files[0])}: {what} of {command} {' '.join(options)}"


def lists_of_files(root):
    for folder, _, names in os.walk(root):
        files = sorted(os.path.join(folder, name) for name in names)[:MOST_FILES]
        files = [file for file in files if os.path.isfile(file)]
        if files:
            yield files


def main():
    usagectl, *roots = sys.argv[1:]
    lists = [files for root in roots for files in lists_of_files(root)]
    if not lists:
        sys.exit("no files to try")
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        found = list(pool.map(lambda files: list(differences(usagectl, files)), lists))
    wrong = [difference for of_list in found for difference in of_list]
    for difference in wrong:
        print(difference)
    print(f"{len(lists)} lists of files, {len(wrong)} differences")
    sys.exit(1 if wrong else 0)


main()
