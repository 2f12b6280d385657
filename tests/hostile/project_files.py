"""Project files of strangers: above the current folder, in a pull request, in a download."""
import json
import os
import random

import damage
from process import CANARY
from special_files import SOUND, refused, write


def fresh(session, number):
    at = f"{session.place}/{number}"
    os.makedirs(f"{at}/project/.git")
    os.makedirs(f"{at}/project/logs")
    write(f"{at}/project/logs/a.jsonl", SOUND)
    write(f"{at}/precious", b"precious")
    write(f"{at}/project/.git/config", b"precious")
    write(f"{at}/project/.hidden", b"precious")
    write(f"{at}/project/visible", b"precious")
    return at


def files_of(at):
    found = {}
    for folder, _, names in os.walk(at):
        for name in names:
            path = os.path.join(folder, name)
            if os.path.isfile(path) and not os.path.islink(path):
                with open(path, "rb") as file:
                    found[os.path.relpath(path, at)] = file.read()
    return found


def outside(session):
    """Nothing outside of the folder of a project file changes, and nothing hidden in it."""
    places = ["../precious", "../new", "/tmp/usagectl-hostile-new", ".git/config", ".git/hooks/a",
              ".hidden", ".new", "logs/.new", "logs/../../precious", "./../precious", "up/precious",
              "link", "to-git/config", "~/.bashrc", "$HOME/a", "", ".", "..", "logs", "logs/",
              "/dev/zero", "/dev/full", "pipe", "a\0b", "a\nb", "\x1b[31m", "-", "--strict"]
    for number, place in enumerate(places if not session.short else places[::2]):
        at = fresh(session, number)
        project = f"{at}/project"
        os.symlink("..", f"{project}/up")
        os.symlink("../precious", f"{project}/link")
        os.symlink(".git", f"{project}/to-git")
        os.mkfifo(f"{project}/pipe")
        for form in ("junit",) if session.short else ("csv", "junit"):
            write(f"{project}/.usagectl.json", json.dumps({"reports": [f"{form}={place}"]}).encode())
            before = files_of(at)
            run = session.check(f"project-report {place!r}", ["reconcile", "logs"], cwd=project)
            after = files_of(at)
            changed = {name for name in after if after[name] != before.get(name)}
            bad = {name for name in changed
                   if not name.startswith("project/") or "/." in name}
            session.report("project-report", run, [f"wrote {bad}"] if bad else [])
            said = run.err.decode("utf-8", "replace")
            session.report("project-report", run, ["a file is written unsaid"]
                           if changed and "wrote" not in said else [])


def odd_files(session):
    """Project files that are no files, belong to others, or lie where everyone writes."""
    at = fresh(session, "odd")
    project = f"{at}/project"
    path = f"{project}/.usagectl.json"
    run = ["summarize", "logs"]

    def once(name, words, make):
        make()
        session.check(f"project-file {name}", run, refused(words), cwd=project)
        session.check(f"project-file {name} unused", run + ["--no-config"], cwd=project,
                      more_faults=lambda run: [] if run.code == 0 else ["--no-config reads it"])
        os.rmdir(path) if os.path.isdir(path) and not os.path.islink(path) else os.unlink(path)
    once("fifo", "not a regular file", lambda: os.mkfifo(path))
    once("zero", "not a regular file", lambda: os.symlink("/dev/zero", path))
    once("folder", "not a regular file", lambda: os.mkdir(path))
    once("large", "larger than", lambda: write(path, b" " * (1 << 20) + b"{}"))
    once("paths", "not a regular file or folder",
         lambda: write(path, b'{"paths": ["/dev/zero"]}'))
    for key in ("dialects", "layout"):
        once(key, "not a regular file", lambda: write(path, json.dumps({key: "/dev/zero"}).encode()))
    if os.getuid() == 0:
        once("stranger", "belongs to another user",
             lambda: os.chown(write(path, b'{"dedupe": true}'), 12345, 12345))

        def linked():
            write(f"{at}/ours.json", b'{"dedupe": true}')
            os.symlink("../ours.json", path)
            os.lchown(path, 12345, 12345)
        once("stranger's link", "belongs to another user", linked)
    # Above the repository, and not in the home folder.
    write(f"{at}/.usagectl.json", b'{"dedupe": true}')
    session.check("project-file above", run, refused("outside the repository"), cwd=project,
                  env={"HOME": "/nonexistent"})
    session.check("project-file home", run, cwd=project, env={"HOME": at},
                  more_faults=lambda run: [] if run.code == 0 else ["refused in the home folder"])
    os.rmdir(f"{project}/.git/hooks") if os.path.exists(f"{project}/.git/hooks") else None
    os.rename(f"{project}/.git", f"{project}/git")
    os.chmod(at, 0o777)
    session.check("project-file everyone", run, refused("everyone may write"), cwd=project,
                  env={"HOME": "/nonexistent"})
    os.chmod(at, 0o755)
    session.check("project-file ours", run, cwd=project, env={"HOME": "/nonexistent"},
                  more_faults=lambda run: [] if run.code == 0 else ["refused without a repository"])


def damaged(session):
    """Damaged project files are refused in one line, or mean what they say."""
    sound = json.dumps({"paths": ["logs"], "rules": {"identity": "off"}, "strict": True,
                        "max": {"total": 500}, "reports": ["json=report.json"],
                        "format": "table"}, indent=1).encode()
    at = fresh(session, "damaged")
    project = f"{at}/project"
    chance = random.Random(f"project:{session.random.random()}")
    kinds = ("cut", "flip", "bytes", "drop", "numbers", "nesting", "encoding", "names", "noise")
    for number in range(9 if session.short else 400):
        data = damage.CLASSES[kinds[number % len(kinds)]](chance, sound, sound)
        write(f"{project}/.usagectl.json", data)
        before = files_of(at)
        run = session.check("project-damaged", ["reconcile"], cwd=project)
        after = files_of(at)
        bad = {name for name in after if after[name] != before.get(name) and
               (not name.startswith("project/") or "/." in name)}
        session.report("project-damaged", run, [f"wrote {bad}"] if bad else [])
        if bad:
            break


def switched_off(session):
    """A report names the line that switched a finding off."""
    at = fresh(session, "off")
    project = f"{at}/project"
    write(f"{project}/logs/a.jsonl", SOUND.replace(b'"completion_tokens":6',
                                                   b'"completion_tokens":6,"total_tokens":99'))
    write(f"{project}/.usagectl.json", b'{\n "rules": {"identity": "off"}\n}')
    session.check("project-switched-off", ["reconcile", "logs"], cwd=project,
                  more_faults=lambda run: [] if b".usagectl.json:2" in run.out + run.err
                  else ["does not name the line that switched a finding off"])


SCENARIOS = {"project-outside": outside, "project-odd": odd_files, "project-damaged": damaged,
             "project-off": switched_off}
assert CANARY
