"""Files that are no files, folders that vanish, names that are commands, and writers at work."""
import json
import os
import random
import shutil
import signal
import socket
import stat
import threading
import time

import damage
import seeds
from process import CANARY

SOUND = b'{"id":"sound-1","model":"sound-model","usage":{"prompt_tokens":5,"completion_tokens":6}}\n'


def remove(folder):
    for path, folders, _ in os.walk(folder):
        for name in folders:
            full = os.path.join(path, name)
            if not os.path.islink(full):
                os.chmod(full, 0o700)
    shutil.rmtree(folder, ignore_errors=True)


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)
    return path


def refused(words=""):
    def look(run):
        lines = run.err.decode("utf-8", "replace").splitlines()
        faults = [] if run.code == 2 else [f"exit {run.code}, expected 2"]
        if len(lines) != 1:
            faults.append(f"{len(lines)} lines, expected one")
        if words and words not in run.err.decode("utf-8", "replace"):
            faults.append(f"does not say: {words}")
        return faults
    return look


def reads_sound(run):
    return [] if b"sound-model" in run.out else ["the sound file was not read"]


def special(session):
    at = session.place
    write(f"{at}/sound.jsonl", SOUND)
    for command in (("summarize",) if session.short else
                    ("summarize", "reconcile", "records", "inspect")):
        for device, words in (("/dev/null", "empty"), ("/dev/zero", "NUL"), ("/dev/full", "NUL")):
            session.check(f"device {command}", [command, "--no-config", device], refused(words))
    os.mkfifo(f"{at}/pipe")
    session.check("fifo", ["summarize", "--no-config", "pipe"], refused("pipe"), cwd=at)
    server = socket.socket(socket.AF_UNIX)
    here = os.getcwd()
    os.chdir(at)  # the path of a socket is short
    server.bind("socket")
    os.chdir(here)
    session.check("socket", ["summarize", "--no-config", "socket"], refused("socket"), cwd=at)
    for link, target in (("dangling", "nowhere"), ("itself", "itself"), ("loop", "."),
                         ("zero", "/dev/zero"), ("to-pipe", "pipe"), ("up", "..")):
        os.symlink(target, f"{at}/{link}")
    session.check("links", ["summarize", "--no-config", "itself"], refused(), cwd=at)
    session.check("links", ["summarize", "--no-config", "dangling"], refused("no such"), cwd=at)
    session.check("folder", ["summarize", "--format", "json", "--no-config", "."], reads_sound,
                  cwd=at)
    server.close()
    session.check("missing", ["summarize", "--no-config", "missing", "sound.jsonl"],
                  lambda run: reads_sound(run) + refused("missing")(run), cwd=at)
    # Two paths, links and spellings of one file count once.
    os.link(f"{at}/sound.jsonl", f"{at}/hard.jsonl")
    os.symlink("sound.jsonl", f"{at}/soft.jsonl")
    run = session.program.run(["summarize", "--format", "json", "--no-config", "sound.jsonl",
                               "./sound.jsonl", "hard.jsonl", "soft.jsonl"], cwd=at)
    total = json.loads(run.out or b"{}").get("total", {}).get("tokens", {}).get("total")
    session.report("one-file", run, [] if total == 11 else [f"counts {total}, not 11"])


def as_nobody():
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)


def unreadable(session):
    at = session.place
    os.chmod(session.folder, 0o755)
    os.chmod(at, 0o755)
    write(f"{at}/sound.jsonl", SOUND)
    write(f"{at}/locked.jsonl", SOUND)
    os.mkdir(f"{at}/folder")
    write(f"{at}/folder/a.jsonl", SOUND)
    os.chmod(f"{at}/locked.jsonl", 0)
    os.chmod(f"{at}/folder", 0)
    before = as_nobody if os.getuid() == 0 else None
    if before and not os.access(os.path.dirname(session.program.path), os.X_OK):
        before = None
    how = {"cwd": at, "before": before}
    try:
        probe = session.program.run(["--version"], **how)
    except (OSError, ValueError):
        probe = None
    if os.getuid() == 0 and (probe is None or probe.code != 0):
        print("skipped: another user cannot start the program")
        return

    def names_both(run):
        said = run.err.decode("utf-8", "replace")
        return ([] if run.code == 2 and "locked.jsonl" in said and "folder" in said
                else ["what cannot be read is not named"]) + reads_sound(run)
    session.check("unreadable", ["summarize", "--format", "json", "--no-config", "."], names_both,
                  **how)
    session.check("unwritable", ["summarize", "--no-config", "sound.jsonl", "-o", "new"],
                  refused("cannot be written"), **how)


def vanished(session):
    at = session.place
    gone = f"{at}/gone"

    def stand_in_it():
        os.mkdir(gone)
        os.chdir(gone)
        os.rmdir(gone)
    for arguments in (["summarize"], ["summarize", "."], ["reconcile", "-o", "report"],
                      ["summarize", "--config", "a.json"], ["config"], ["collect", "-o", "p"]):
        session.check("vanished-folder", arguments,
                      lambda run: [] if run.code in (0, 2) else ["neither 0 nor 2"],
                      before=stand_in_it)
    # Files that vanish, shrink and grow while they are read.
    for what in ("remove", "shrink", "grow", "replace"):
        folder = f"{at}/{what}"
        os.mkdir(folder)
        chance = random.Random(what)
        for i in range(40 if session.short else 300):
            write(f"{folder}/{i:03d}.jsonl", seeds.usage_log(chance, 60))
        process = session.program.start(["summarize", "--format", "json", "--no-config", "."],
                                        cwd=folder)
        for name in sorted(os.listdir(folder), reverse=True):
            path = f"{folder}/{name}"
            if what == "remove":
                os.unlink(path)
            elif what == "shrink":
                os.truncate(path, 100)
            elif what == "grow":
                with open(path, "ab") as file:
                    file.write(SOUND[:40])
            else:
                os.rename(write(path + ".new", SOUND), path)
        run = session.program.finish(process)
        import process as checks
        session.report(f"concurrent-{what}", run, checks.faults_of(run))


def writers(session):
    """Several runs write the same report while others read: it is always one whole report."""
    at = session.place
    write(f"{at}/sound.jsonl", SOUND * 50)
    arguments = ["records", "--no-config", "sound.jsonl", "-o", "report"]
    whole = session.program.run(arguments[:-2], cwd=at).out
    seen, ended = [], threading.Event()

    def read():
        while not ended.is_set():
            if os.path.exists(f"{at}/report"):
                with open(f"{at}/report", "rb") as file:
                    seen.append(file.read() == whole)
            time.sleep(0.0005)
    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(1 if session.short else 20):
        for process in [session.program.start(arguments, cwd=at) for _ in range(4)]:
            run = session.program.finish(process)
            session.report("writers", run, [] if run.code == 0 else [f"exit {run.code}"])
    ended.set()
    reader.join()
    left = sorted(os.listdir(at))
    session.report("writers", None, ([] if all(seen) else ["a report that is not whole was seen"]) +
                   ([] if left == ["report", "sound.jsonl"] else [f"left behind: {left}"]))


def scripts_in(run):
    """No page of ours has one."""
    return ["a name is markup"] if b"<script" in run.out else []


def names(session):
    """Files and folders whose names are commands, in every report."""
    at = session.place
    for i, name in enumerate(damage.NAMES):
        safe = name.encode("utf-8", "replace").replace(b"/", b"_").replace(b"\0", b"")[:200]
        if not safe or safe in (b".", b".."):
            continue
        try:
            write(os.path.join(os.fsencode(at), b"n%d" % (i % 2) + safe
                               if safe.startswith(b".") else safe), SOUND if i % 3 else SOUND[:50])
        except OSError:
            continue
    os.mkdir(os.path.join(os.fsencode(at), b"::error::folder\x1b[31m"))
    write(os.path.join(os.fsencode(at), b"::error::folder\x1b[31m", b"a.jsonl"), SOUND)
    write(os.path.join(os.fsencode(at), b"\xff\xfe\x80.jsonl"), SOUND[:-9])
    forms = {"summarize": ("table", "json", "csv", "markdown", "html"),
             "records": ("table", "json", "csv", "markdown"),
             "reconcile": ("table", "json", "csv", "markdown", "junit", "sarif", "github", "html"),
             "inspect": ("table", "json", "csv", "markdown", "html")}
    for command, formats in forms.items():
        for form in formats:
            more = ["--by", "model,file"] if command == "summarize" else []
            session.check(f"names {command} {form}",
                          [command, "--no-config", "--format", form, *more, "--", "."],
                          scripts_in if form == "html" else lambda run: [], cwd=at)
    # Names of models, in sums of money too, for which none of them has a price.
    write(f"{at}/models.jsonl", b"".join(json.dumps({
        "id": f"m{i}", "model": name,
        "usage": {"prompt_tokens": 1, "completion_tokens": 2, name or "a": 1}}).encode() + b"\n"
        for i, name in enumerate(damage.NAMES)))
    for form in forms["summarize"] if not session.short else ("table", "html"):
        session.check(f"names cost {form}",
                      ["summarize", "--no-config", "--cost", "--format", form, "models.jsonl"],
                      cwd=at)
    session.check("names keys", ["diff", "--no-config", "--parity", "models.jsonl", "."], cwd=at)
    session.check("names layout", ["inspect", "--no-config", "--suggest-layout", "-",
                                   "models.jsonl"], cwd=at)
    for form in forms["reconcile"] if not session.short else ("github", "html"):
        session.check(f"names diff {form}",
                      ["diff", "--no-config", "--format", form, "--", ".", "./::error::folder\x1b[31m"],
                      scripts_in if form == "html" else lambda run: [], cwd=at)
    listed = sorted(os.listdir(os.fsencode(at)))
    some = listed if not session.short else listed[::16]
    for name in some:
        for arguments in (["summarize", "--by", "file"], ["reconcile", "--format", "github"],
                          ["diff", "--"]):
            paths = [b"./" + name] if arguments[0] != "diff" else [b"./" + name, b"./" + listed[0]]
            session.check("names one", arguments[:1] + ["--no-config"] + arguments[1:] + paths,
                          cwd=at)
        session.check("names missing", ["summarize", "--no-config", b"./missing" + name], cwd=at)
        session.check("names option", ["summarize", "--no-config", b"--by=" + name], cwd=at)


def cells(session):
    """Cells of CSV: no spreadsheet runs them, unless that is asked for."""
    at = session.place
    lines = b"".join(
        json.dumps({"id": name[:90] or "a", "model": name, "content": CANARY,
                    "usage": {"prompt_tokens": 1, "completion_tokens": 2}}).encode() + b"\n"
        for name in damage.NAMES)
    write(f"{at}/calls.jsonl", lines)
    for arguments in (["records"], ["records", "--flat"], ["summarize", "--by", "model"],
                      ["reconcile"], ["inspect"]):
        run = session.check("cells", arguments + ["--no-config", "--format", "csv", "calls.jsonl"],
                            cwd=at)
        raw = session.program.run(arguments + ["--no-config", "--format", "csv", "--raw-csv",
                                               "calls.jsonl"], cwd=at)
        defused = run.out.count(b"'=") + run.out.count(b"'+")
        session.report("cells raw", raw, [] if defused <= 2 or raw.out.count(b"'=") < defused
                       else ["--raw-csv changes nothing"])


def signals(session):
    """A signal at any moment leaves the old report or the whole new one, and nothing else."""
    at = session.place
    chance = random.Random("signals")
    write(f"{at}/log.jsonl", seeds.usage_log(chance, 3000 if session.short else 40_000))
    arguments = ["records", "--no-config", "log.jsonl", "-o", "out/report"]
    os.mkdir(f"{at}/out")
    whole = session.program.run(arguments[:-2], cwd=at).out
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE, signal.SIGXFSZ)

    def as_from_a_terminal():
        for number in numbers:
            signal.signal(number, signal.SIG_DFL)
    for number in numbers:
        for _ in range(1 if session.short else 8):
            write(f"{at}/out/report", b"old")
            process = session.program.start(arguments, cwd=at, before=as_from_a_terminal)
            time.sleep(chance.uniform(0.0, 0.08 * session.program.slowness))
            os.kill(process.pid, number)
            run = session.program.finish(process)
            with open(f"{at}/out/report", "rb") as file:
                report = file.read()
            faults = [] if os.listdir(f"{at}/out") == ["report"] else ["a file is left behind"]
            if report not in (b"old", whole):
                faults.append("the report is neither the old nor the whole new one")
            if report == b"old" and run.code not in (-number, 2):
                faults.append(f"exit {run.code} without a report")
            session.report(f"signals {number.name}", run, faults)


def modes(session):
    """A report keeps the rights of the one it replaces, and a link stays a link."""
    at = session.place
    write(f"{at}/sound.jsonl", SOUND)
    os.chmod(write(f"{at}/report", b"old"), 0o640)
    os.symlink("report", f"{at}/link")
    run = session.program.run(["summarize", "--no-config", "sound.jsonl", "-o", "link"], cwd=at)
    kept = os.path.islink(f"{at}/link") and stat.S_IMODE(os.stat(f"{at}/report").st_mode) == 0o640
    session.report("modes", run, [] if kept and run.code == 0 else ["rights or link are lost"])


SCENARIOS = {"special": special, "unreadable": unreadable, "vanished": vanished,
             "writers": writers, "names": names, "cells": cells, "signals": signals,
             "modes": modes}
