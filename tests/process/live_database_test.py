"""A database whose writer writes to it all the time, in each way that SQLite keeps a change: what is
read is a state that the writer left, or one clear problem; nothing is written, locked or left behind.
"""
import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time

PROGRAM = sys.argv[1]
RUNS = 12
# Of each mode and pause; a slow program reads fewer times, at least once.
SECONDS = 6

WRITER = """
import sqlite3, sys, time
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("PRAGMA journal_mode=" + sys.argv[2])
n = 2
while True:
    database.execute("BEGIN")
    for _ in range(50):
        database.execute("INSERT INTO calls VALUES (?, 'made-up', 10, 3, 13)", ("call-%d" % n,))
        n += 1
    # It goes on changing pages, but stays small enough to be read many times.
    if n > 1000:
        database.execute("DELETE FROM calls WHERE id IN (SELECT id FROM calls LIMIT 50)")
    database.execute("COMMIT")
    time.sleep(float(sys.argv[3]))
"""


def fail(why):
    print("FAILED:", why)
    sys.exit(1)


def files(folder):
    return {
        name: hashlib.sha256(open(os.path.join(folder, name), "rb").read()).hexdigest()
        for name in os.listdir(folder)
    }


def summarize(path):
    return subprocess.run(
        [PROGRAM, "summarize", "--no-config", "--format", "json", path],
        capture_output=True, text=True, timeout=60)


def total(report):
    """Requests and tokens; each row has one request of 10 and 3."""
    parsed = json.loads(report)
    groups = parsed.get("groups") or parsed.get("rows") or []
    requests = sum(group["requests"] or 0 for group in groups)
    tokens = sum(group["tokens"]["total"] or 0 for group in groups)
    return requests, tokens


def check_run(run, what):
    # That the newest changes wait in a log is a warning, and an error may come beside it.
    said = [line for line in run.stderr.strip().splitlines() if ": warning: " not in line]
    if run.returncode not in (0, 2):
        fail(f"{what}: exit {run.returncode}: {run.stderr}")
    if len(said) > 1:
        fail(f"{what}: more than one error: {run.stderr}")
    if run.returncode == 2:
        known = ("was changed while it was read", "in the middle of a change",
                 "is a damaged SQLite database")
        if not any(words in run.stderr for words in known):
            fail(f"{what}: another problem: {run.stderr}")
        return False
    requests, tokens = total(run.stdout)
    if requests < 1 or tokens != 13 * requests:
        fail(f"{what}: {requests} requests and {tokens} tokens")
    return True


def check(folder, mode, pause):
    path = os.path.join(folder, "live.db")
    database = sqlite3.connect(path)
    database.execute(f"PRAGMA journal_mode={mode}")
    database.execute("CREATE TABLE calls (id TEXT PRIMARY KEY, model TEXT, prompt_tokens INTEGER, "
                     "completion_tokens INTEGER, total_tokens INTEGER)")
    database.execute("INSERT INTO calls VALUES ('call-1', 'made-up', 10, 3, 13)")
    database.commit()
    database.close()
    writer = subprocess.Popen([sys.executable, "-c", WRITER, path, mode, str(pause)])
    read = runs = 0
    try:
        time.sleep(0.3)
        end = time.monotonic() + SECONDS
        while runs == 0 or (runs < RUNS and time.monotonic() < end):
            read += check_run(summarize(path), f"{mode}, pause {pause}")
            runs += 1
        # While the writer is held, wherever it is, nothing in its folder changes.
        for _ in range(5):
            os.kill(writer.pid, signal.SIGSTOP)
            time.sleep(0.02)
            before = files(folder)
            check_run(summarize(path), f"{mode}, held")
            if files(folder) != before:
                fail(f"{mode}: a file of the writer was changed")
            os.kill(writer.pid, signal.SIGCONT)
            time.sleep(0.03)
    finally:
        os.kill(writer.pid, signal.SIGCONT)
        writer.kill()
        writer.wait()
    # A writer that was killed leaves its log or its journal; it goes on from there.
    database = sqlite3.connect(path)
    database.execute("INSERT INTO calls VALUES ('after', 'made-up', 10, 3, 13)")
    database.commit()
    if database.execute("PRAGMA integrity_check").fetchone() != ("ok",):
        fail(f"{mode}: the database is damaged")
    rows = database.execute("SELECT count(*) FROM calls").fetchone()[0]
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    run = summarize(path)
    if run.returncode != 0 or total(run.stdout) != (rows, 13 * rows):
        fail(f"{mode}: {rows} rows at rest, read as {run.stdout} {run.stderr}")
    return read, runs


def main():
    for mode in ("WAL", "DELETE", "TRUNCATE"):
        for pause in (0, 0.1):
            folder = os.path.join(sys.argv[2], f"{mode}{pause}")
            os.mkdir(folder)
            read, runs = check(folder, mode, pause)
            print(f"{mode}, pause of {pause} s: {read} of {runs} runs read it")


main()
