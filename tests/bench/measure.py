"""Runs commands in turn and takes the best of each."""

import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass, field
from typing import Callable, Optional

MIB = 1024 * 1024
# A contestant this slow runs twice at most.
SLOW_SECONDS = 15
# Whatever takes longer hangs.
LONGEST_SECONDS = 600


@dataclass
class Contestant:
    """One command; `check` reads its output and says what is wrong with it, or None."""

    name: str
    command: list
    check: Callable[[bytes], Optional[str]]
    environment: dict = field(default_factory=dict)
    to_nowhere: bool = False  # what it writes is not kept: `check` reads nothing


@dataclass
class Run:
    seconds: float  # infinite when it failed
    busy_seconds: float  # of all its threads together
    peak_bytes: int
    trouble: Optional[str] = None


@dataclass
class Result:
    seconds: float = float("inf")  # infinite when it failed
    peak_bytes: int = 0
    runs: int = 0
    trouble: Optional[str] = None

    def add(self, run):
        self.seconds = min(self.seconds, run.seconds)
        self.peak_bytes = max(self.peak_bytes, run.peak_bytes)
        self.trouble = self.trouble or run.trouble
        self.runs += 1


def race(contestants, runs, say):
    """Interleaved, so that a busy moment hits all of them: the least time and the highest peak of
    each, by name."""
    results = {contestant.name: Result() for contestant in contestants}
    for turn in range(runs):
        for contestant in contestants:
            result = results[contestant.name]
            if turn >= 2 and result.seconds > SLOW_SECONDS:
                continue
            run = run_once(contestant)
            result.add(run)
            say(f"  {contestant.name:<28} {run.seconds:8.3f} s {run.peak_bytes / MIB:8.0f} MiB"
                + (f"  {run.trouble}" if run.trouble else ""))
    return results


def run_once(contestant, watch=None):
    """`watch` is given the process as soon as it runs; the peak is not measured then."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, \
            tempfile.NamedTemporaryFile() as memory:
        # A process starts with the peak of the one that started it, and Python's is not small:
        # time(1) stands between where it is installed.
        timer = None if watch else shutil.which("time")
        wrapper = [timer, "-f", "%M", "-o", memory.name] if timer else []
        start = time.perf_counter()
        process = subprocess.Popen(wrapper + contestant.command, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL if contestant.to_nowhere else out,
                                   stderr=err, start_new_session=True,
                                   env={**os.environ, **contestant.environment})
        # The whole group: time(1) would not take its command with it.
        limit = threading.Timer(LONGEST_SECONDS, os.killpg, (process.pid, signal.SIGKILL))
        limit.start()
        if watch:
            watch(process.pid)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        limit.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        peak = 0 if watch else usage.ru_maxrss
        timed = memory.read().split()
        if timed:
            peak = int(timed[-1])
        out.seek(0)
        err.seek(0)
        if process.returncode != 0:
            said = err.read().decode(errors="replace").strip().splitlines() or [""]
            return Run(float("inf"), 0, peak * 1024, f"exit {process.returncode}: {said[0]}")
        try:
            trouble = contestant.check(out.read())
        except (ValueError, LookupError, TypeError) as error:
            trouble = f"its answer is not understood: {error!r}"
    return Run(seconds, usage.ru_utime + usage.ru_stime, peak * 1024, trouble)


def seconds_of_many(command, times):
    """How long so many runs of a short command take, one after the other."""
    start = time.perf_counter()
    for _ in range(times):
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start
