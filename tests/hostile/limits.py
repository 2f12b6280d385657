"""Too little of everything: memory, stack, descriptors, processes, file sizes, room on the disk; and
files that are made to be too much."""
import bz2
import gzip
import io
import lzma
import os
import random
import resource
import shutil
import subprocess
import tarfile
import zipfile

import seeds
from special_files import SOUND, refused, write

MEBIBYTE = 1024 * 1024
FROM_NOTHING = 100  # MiB that a bomb may take


def limit(kind, value):
    return lambda: resource.setrlimit(kind, (value, value))


def memory(session):
    if session.program.is_sanitized:
        return
    at = session.place
    chance = random.Random("memory")
    write(f"{at}/log.jsonl", seeds.usage_log(chance, 500) * 40)
    write(f"{at}/large.json", b'{"calls":[' + b",".join(
        [seeds.response(chance) for _ in range(500)] * 40) + b"]}")
    for mebibytes in (64, 128) if session.short else (64, 80, 96, 128, 256):
        for name in ("log.jsonl", "large.json"):
            for threads in ("1", "8"):
                session.check(f"limit-memory {mebibytes}",
                              ["summarize", "--no-config", "--threads", threads, name],
                              lambda run: [] if run.code in (0, 2) else [f"exit {run.code}"],
                              before=limit(resource.RLIMIT_AS, mebibytes * MEBIBYTE), cwd=at)


def stack(session):
    if session.program.is_sanitized:
        return
    at = session.place
    levels = 255
    for i, (opening, closing) in enumerate((("[", "]"), ('{"usage":', "}"), ('{"a":', "}"),
                                            ('[{"calls":', "}]"), ('{"parts":[', "]}"))):
        inside = '{"input_tokens":1,"output_tokens":1}'
        for number in (levels // (opening.count("[") + opening.count("{")), levels, 1000):
            name = f"deep{i}-{number}.json"
            write(f"{at}/{name}", (opening * number + inside + closing * number).encode())
            for command in (("summarize",) if session.short else
                            ("summarize", "reconcile", "inspect", "records")):
                session.check("limit-stack", [command, "--no-config", name],
                              before=limit(resource.RLIMIT_STACK, MEBIBYTE), cwd=at)
    write(f"{at}/deep.yaml", b"[" * 5000)
    write(f"{at}/deep.log", b"x {'a': " * 2000)
    session.check("limit-stack", ["summarize", "--no-config", "."],
                  before=limit(resource.RLIMIT_STACK, MEBIBYTE), cwd=at)


def file_size(session):
    at = session.place
    write(f"{at}/log.jsonl", seeds.usage_log(random.Random("size"), 500))
    for size in (0,) if session.short else (0, 1, 4096):
        for arguments in (["records"], ["collect"], ["summarize", "--by", "id"][:1],
                          ["reconcile", "--report", "junit=other"], ["records", "--format", "csv"]):
            write(f"{at}/report", b"old")
            run = session.check(f"limit-file-size {size}",
                                arguments + ["--no-config", "log.jsonl", "-o", "report"],
                                before=limit(resource.RLIMIT_FSIZE, size), cwd=at)
            with open(f"{at}/report", "rb") as file:
                kept = file.read() == b"old"
            session.report("limit-file-size", run, [] if run.code != 2 or kept
                           else ["the old report is gone"])


def closed(session):
    """Standard descriptors that are not open: what is said on them goes into no other file."""
    at = session.place
    write(f"{at}/log.jsonl", seeds.usage_log(random.Random("closed"), 20))
    write(f"{at}/cut.jsonl", SOUND + SOUND[:-9])
    for arguments in (["reconcile", "--write-baseline", "out"], ["diff", "cut.jsonl",
                      "--write-baseline", "out"], ["reconcile", "--report", "junit=out"],
                      ["records", "-o", "out"], ["collect", "-o", "out"],
                      ["inspect", "-o", "out"])[::3 if session.short else 1]:
        for name in ("log.jsonl", "cut.jsonl"):
            call = arguments + ["--no-config", name]
            session.program.run(call, cwd=at)
            with open(f"{at}/out", "rb") as file:
                whole = file.read()
            for those in ((0,), (1,), (2,), (0, 1), (1, 2), (0, 1, 2)):
                os.unlink(f"{at}/out")
                run = session.program.run(
                    call, cwd=at, before=lambda those=those: [os.close(one) for one in those])
                with open(f"{at}/out", "ab+") as file:
                    file.seek(0)
                    report = file.read()
                session.report(f"closed {those}", run,
                               ([] if report in (whole, b"") else ["another report"]) +
                               ([] if 0 <= run.code <= 2 else [f"exit {run.code}"]))


def descriptors(session):
    at = session.place
    for i in range(30):
        write(f"{at}/{i}.jsonl", SOUND.replace(b"sound-1", b"sound-%d" % i))
    for number in (5, 8) if session.short else (5, 6, 7, 8, 12, 20):
        session.check(f"limit-descriptors {number}",
                      ["summarize", "--no-config", "--threads", "8", "."],
                      lambda run: [] if run.code in (0, 2) else [f"exit {run.code}"],
                      before=limit(resource.RLIMIT_NOFILE, number), cwd=at)


def processes(session):
    """Threads that cannot be started: those there are do the work."""
    if session.program.is_sanitized or os.getuid() != 0:
        return
    at = session.place
    os.chmod(session.folder, 0o755)
    os.chmod(at, 0o755)
    for i in range(2 if session.short else 8):
        # Enough for each thread to be worth to be started.
        write(f"{at}/{i}.jsonl", seeds.usage_log(random.Random(i), 120) * 100)
    whole = session.program.run(["summarize", "--no-config", "."], cwd=at)
    for number in (0, 1) if session.short else (0, 1, 2, 4):
        def before(number=number):
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
            resource.setrlimit(resource.RLIMIT_NPROC, (number, number))
        try:
            session.check(f"limit-processes {number}",
                          ["summarize", "--no-config", "--threads", "8", "."],
                          lambda run: [] if run.out == whole.out else ["another result"],
                          before=before, cwd=at)
        except (OSError, subprocess.SubprocessError):
            print("skipped: another user cannot start the program")
            return


def full_disk(session):
    """A report and what is kept on the way, where there is no room."""
    at = session.place
    write(f"{at}/log.jsonl", seeds.usage_log(random.Random("full"), 60_000 if not session.short
                                             else 2000))
    disk = f"{at}/disk"
    os.mkdir(disk)
    mounted = os.getuid() == 0 and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], capture_output=True,
        check=False).returncode == 0
    try:
        if mounted:
            for arguments in (["records", "-o", "disk/report"], ["collect", "-o", "disk/partial"],
                              ["reconcile", "--report", "json=disk/a", "--report", "junit=disk/b",
                               "-o", "disk/report"]):
                write(f"{disk}/report", b"old")
                write(f"{disk}/fill", b"")
                with open(f"{disk}/fill", "ab", buffering=0) as file:
                    try:
                        while file.write(b"x" * 4096):
                            pass
                    except OSError:
                        pass
                run = session.check("full-disk", arguments + ["--no-config", "log.jsonl"],
                                    refused("No space left"), cwd=at)
                with open(f"{disk}/report", "rb") as file:
                    old = file.read() == b"old"
                left = sorted(set(os.listdir(disk)) - {"report", "fill"})
                session.report("full-disk", run, ([] if old else ["the old report is gone"]) +
                               ([f"left behind: {left}"] if left else []))
            session.check("full-disk-spool", ["records", "--no-config", "log.jsonl"], env={
                "TMPDIR": disk}, out=open(os.devnull, "wb"), cwd=at, more_faults=lambda run:
                [] if run.code in (0, 2) else [f"exit {run.code}"])
        for arguments in (["records"], ["summarize"], ["reconcile", "--format", "json"], ["rules"],
                          ["--help"]):
            with open("/dev/full", "wb") as full:
                more = [] if arguments[0] in ("rules", "--help") else ["--no-config", "log.jsonl"]
                session.check("full-device", arguments + more, refused("No space left"), out=full,
                              cwd=at)
    finally:
        if mounted:
            subprocess.run(["umount", disk], check=False)


def zipped(members):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def tarred(name, data, mode):
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode=mode) as archive:
        member = tarfile.TarInfo(name)
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return content.getvalue()


def write_apart(path, content):
    """In a process of its own: what a process takes counts as the least that its children take."""
    child = os.fork()
    if child == 0:
        write(path, content())
        os._exit(0)
    os.waitpid(child, 0)


def bombs(session):
    """What is next to nothing and unpacks to a lot: one line, in little memory."""
    at = session.place
    size = (12 if session.short else 300) * MEBIBYTE
    if session.program.is_sanitized:
        size //= 10
    for kind, pattern in (("zeros", b"\0"), ("letters", b"a"), ("spaces", b" "), ("lists", b"[1,"),
                          ("objects", b'{"a":'), ("text", b"x"), ("breaks", b"\n"),
                          ("items", b"1,")):
        begin = {"text": b'{"a":"', "items": b'{"usage":['}.get(kind, b"")

        def data(begin=begin, pattern=pattern):
            return begin + pattern * (size // len(pattern))
        packed = {"json.gz": lambda: gzip.compress(data(), 9, mtime=0),
                  "json.zst": lambda: seeds.zstandard(data()),
                  "json.xz": lambda: lzma.compress(data(), preset=0),
                  "json.bz2": lambda: bz2.compress(data(), 1),
                  "zip": lambda: zipped([("a.json", data())]),
                  "tar.gz": lambda: tarred("a.json", data(), "w:gz"),
                  "gz.gz": lambda: gzip.compress(gzip.compress(data(), 9, mtime=0), mtime=0),
                  "log.gz": lambda: gzip.compress(data(), 9, mtime=0)}
        some = packed if not session.short else dict(list(packed.items())[len(kind) % 3:][:1])
        for end, pack in some.items():
            name = f"{kind}.{end}"
            write_apart(f"{at}/{name}", pack)
            session.check(f"bombs {name}", ["summarize", "--no-config", name], refused(),
                          FROM_NOTHING, cwd=at, seconds=60)
            os.unlink(f"{at}/{name}")
    # Beside them, the rest is read.
    write_apart(f"{at}/bomb.json.gz", lambda: gzip.compress(b"[1," * 20_000_000, mtime=0))
    write(f"{at}/sound.jsonl", SOUND)
    session.check("bombs beside", ["summarize", "--no-config", "."],
                  lambda run: [] if b"sound-model" in run.out else ["the sound file is lost"],
                  FROM_NOTHING, cwd=at)
    for i in range(4):
        write(f"{at}/{i}.jsonl.gz", gzip.compress(SOUND.replace(b"sound-1", b"s%d" % i) * 1000))
    runs = [session.program.run(["summarize", "--no-config", "--max-unpacked", "150kB",
                                 "--threads", threads, "."], cwd=at) for threads in ("1", "8")]
    said = runs[0].err.decode()
    session.report("max-unpacked", runs[0], [] if (runs[0].out, runs[0].err) ==
                   (runs[1].out, runs[1].err) and said.count("the files before it unpack") == 3
                   else ["the limit of a run is not that of the files"])


def long_lines(session):
    at = session.place
    long = SOUND.replace(b'"usage"', b'"text":"' + b"x" * 3_000_000 + b'","usage"')
    write(f"{at}/lines.jsonl", SOUND + long + SOUND.replace(b"sound-1", b"sound-2"))

    def look(run):
        said = run.err.decode()
        return ([] if run.code == 2 and "lines.jsonl:2: is longer than 1000000 bytes" in said
                else ["the long line is not named"]) + \
            ([] if b"2 counted" in run.out else ["the lines around it are lost"])
    session.check("max-line", ["summarize", "--no-config", "--max-line", "1MB", "lines.jsonl"], look,
                  cwd=at)
    session.check("max-line", ["summarize", "--no-config", "--max-line", "4MB", "lines.jsonl"],
                  lambda run: [] if run.code == 0 else ["a line within the limit is refused"], cwd=at)
    shutil.rmtree(at)
    os.mkdir(at)


SCENARIOS = {"memory": memory, "stack": stack, "file-size": file_size, "closed": closed, "descriptors": descriptors,
             "processes": processes, "full-disk": full_disk, "bombs": bombs,
             "long-lines": long_lines}
