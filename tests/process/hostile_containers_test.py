"""Files that are made to be too much: each is one clear problem, soon, in bounded memory. And files
that are large without being hostile: memory does not grow with them."""
import bz2
import gzip
import io
import os
import subprocess
import sys
import tarfile
import threading
import time
import zipfile

PROGRAM, FOLDER = sys.argv[1:3]
MEBIBYTE = 1024 * 1024
SECONDS = 60  # a loaded machine; all of them take less than one


def fail(why):
    print("FAILED:", why)
    sys.exit(1)


def run(name, *options):
    """Exit code, what was said, the peak of memory in MiB."""
    path = os.path.join(FOLDER, name)
    process = subprocess.Popen(
        [PROGRAM, "summarize", "--no-config", *options, path],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    said = {}
    readers = [threading.Thread(target=lambda to=to, pipe=pipe: said.update({to: pipe.read()}))
               for to, pipe in (("out", process.stdout), ("err", process.stderr))]
    for reader in readers:
        reader.start()
    began = time.monotonic()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    for reader in readers:
        reader.join()
    if time.monotonic() - began > SECONDS:
        fail(f"{name}: took {time.monotonic() - began:.0f} s")
    return (process.returncode, said["out"].decode(), said["err"].decode(),
            usage.ru_maxrss / 1024)


def write(name, content):
    """In a process of its own: what a process takes counts as the least that its children take."""
    child = os.fork()
    if child == 0:
        made = content()
        with open(os.path.join(FOLDER, name), "wb" if isinstance(made, bytes) else "w") as file:
            file.write(made)
        os._exit(0)
    if os.waitpid(child, 0)[1] != 0:
        fail(f"{name} cannot be made")


def refused(name, words, most_mebibytes, *options):
    code, _, said, memory = run(name, *options)
    lines = said.strip().splitlines()
    if code != 2 or len(lines) != 1 or words not in lines[0]:
        fail(f"{name}: exit {code}, expected '{words}', got: {said}")
    if memory > most_mebibytes:
        fail(f"{name}: took {memory:.0f} MiB")
    print(f"{name}: {memory:.0f} MiB: {lines[0][:100]}")


def zipped(members):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return content.getvalue()


def log():
    line = b'{"id":"a-call-%08d","model":"m","usage":{"prompt_tokens":1,"completion_tokens":1}}\n'
    return b"".join(line % i for i in range(100_000))  # 8.7 MB


def bomb():
    return zipped([(f"{i}.jsonl", log()) for i in range(4)])


def tarred():
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w:xz") as archive:
        member = tarfile.TarInfo("log.jsonl")
        data = log()
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return content.getvalue()


def bombs():
    write("bomb.zip", bomb)
    refused("bomb.zip", "3.jsonl: is not read to its end: the archive unpacks to more than", 80,
            "--max-unpacked", "30MB")
    write("bombs.zip", lambda: zipped([(f"{i}.zip", bomb()) for i in range(4)]))
    refused("bombs.zip", "1.zip!0.jsonl: is not read to its end: the archive unpacks", 80,
            "--max-unpacked", "40MB")
    write("bomb.tar.xz", tarred)
    refused("bomb.tar.xz", "log.jsonl: is not read to its end", 80, "--max-unpacked", "1MB")
    write("bomb.jsonl.bz2", lambda: bz2.compress(log()))
    refused("bomb.jsonl.bz2", "is not read to its end", 80, "--max-unpacked", "1MB")
    # As much as is allowed is read.
    code, out, said, _ = run("bomb.tar.xz", "--max-unpacked", "9MB")
    if code != 0 or "100,000" not in out:
        fail(f"a whole archive is not read: {out} {said}")


def laughs():
    text = "a0: &a0 [ha, ha]\n"
    for i in range(1, 40):
        text += f"a{i}: &a{i} [" + ", ".join([f"*a{i - 1}"] * 9) + "]\n"
    return text


def others():
    columns = 10 ** 6
    write("columns.csv", lambda: ",".join("c%d" % i for i in range(columns)) + "\n" +
          ",".join(["1"] * columns) + "\n")
    refused("columns.csv", "has a first row that has more than 4096 fields", 80)
    write("row.csv", lambda: "model,prompt_tokens,completion_tokens\nm,1,2\n" + "1," * columns +
          "\n")
    refused("row.csv", "row.csv:3: is a row that has more than 4096 fields", 80)
    write("quote.csv", lambda: 'model,prompt_tokens,completion_tokens\nm,1,2\n"' +
          "x" * 40 * MEBIBYTE)
    refused("quote.csv", "a quote that is never closed", 120)
    write("laughs.yaml", laughs)
    refused("laughs.yaml", "its aliases stand for more than", 120)
    write("deep.yaml", lambda: "[" * 100_000)
    refused("deep.yaml", "nested deeper than", 80)


def hostile_lines():
    sound = "Prompt tokens: 5, Completion tokens: 6\n"
    for i, (part, times) in enumerate((("Prompt tokens: ", 400_000), ("tokens ", 800_000),
                                       ("1", 6_000_000), ("{'a': ", 600_000), ("{", 6_000_000),
                                       ("(\"", 3_000_000), ("| 1 ", 1_500_000),
                                       ("\\\"", 3_000_000))):
        name = f"line{i}.log"
        write(name, lambda: "2025-11-19 INFO " + part * times + "\n" + sound)
        code, out, said, memory = run(name)
        if code not in (0, 2) or len(said.strip().splitlines()) > 1:
            fail(f"{name}: exit {code}: {said}")
        if "11" not in out.split():
            fail(f"{name}: the sound line is lost: {out} {said}")
        if memory > 120:
            fail(f"{name}: took {memory:.0f} MiB")
        print(f"{name}: {memory:.0f} MiB: {said.strip()[-70:]}")


def table(rows):
    return ("time,model,prompt_tokens,completion_tokens,total_tokens\n" + "".join(
        f"2026-03-01T00:00:{i % 60:02d}Z,m{i % 3},{i % 999},{i % 77},{i % 999 + i % 77}\n"
        for i in range(rows))).encode()


def sizes():
    """Ten times as many rows take no more memory, beside that of the blocks on their way."""
    for name, pack in (("rows.csv", lambda data: data), ("rows.csv.gz", gzip.compress),
                       ("rows.csv.bz2", bz2.compress),
                       ("rows.zip", lambda data: zipped([("rows.csv", data)]))):
        memory = []
        for rows in (20_000, 200_000):
            write(name, lambda: pack(table(rows)))
            code, _, said, peak = run(name, "--threads", "1")
            if code != 0:
                fail(f"{name}: {said}")
            memory.append(peak)
        if memory[1] > memory[0] + 12:
            fail(f"{name}: {memory[0]:.0f} MiB, and {memory[1]:.0f} MiB of ten times as many rows")
        print(f"{name}: {memory[0]:.0f} MiB, ten times as many rows {memory[1]:.0f} MiB")


bombs()
others()
hostile_lines()
sizes()
