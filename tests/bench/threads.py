"""How much of the work only one thread at a time does."""

import os
import threading

from measure import Result, run_once
from work import at_most

NANOSECONDS = 1e-9
SECONDS_BETWEEN_LOOKS = 0.005


class Watch:
    """Follows the threads of a process: how long each was busy, and how long it could have gone on
    but had no processor. Linux counts both in schedstat."""

    def __init__(self):
        self.busy = {}
        self.waiting = {}
        self.ended = threading.Event()
        self.thread = None

    def __call__(self, process):
        self.thread = threading.Thread(target=self.follow, args=(process,))
        self.thread.start()

    def follow(self, process):
        while not self.ended.wait(SECONDS_BETWEEN_LOOKS):
            try:
                for thread in os.listdir(f"/proc/{process}/task"):
                    self.look(process, thread)
            except OSError:
                continue  # one of them has just ended

    def look(self, process, thread):
        with open(f"/proc/{process}/task/{thread}/schedstat", encoding="ascii") as file:
            busy, waiting, _ = file.read().split()
        self.busy[thread] = int(busy) * NANOSECONDS
        self.waiting[thread] = int(waiting) * NANOSECONDS

    def end(self):
        self.ended.set()
        self.thread.join()


def seconds_alone(run, watch):
    """Of two threads one is idle exactly while the other does what they cannot share. Where other
    programs hold the processors, everything takes longer by the same factor."""
    waiting = sum(watch.waiting.values())
    seconds = run.seconds * run.busy_seconds / (run.busy_seconds + waiting)
    return max(0.0, 2 * seconds - run.busy_seconds)


def serial(bench):
    if not bench.usagectl:
        return
    for name, part, work, command in (
            ("usage_log", 0.5, "usage log", bench.usagectl.summarize),
            ("transcripts", 1, "transcripts", bench.usagectl.summarize),
            ("token_usage", 1, "one token_usage.json, `reconcile`", bench.usagectl.reconcile)):
        yield from of_two_threads(bench, bench.get(name, part), work, command)


def of_two_threads(bench, data, work, command):
    """The share by busy time, then what two threads gain: with a tenth in series 0.55."""
    one = command("one thread", data, threads=1)
    two = command("two threads", data, threads=2)
    results = {"one thread": Result(), "two threads": Result()}
    shares = []
    for _ in range(bench.runs):
        for contestant in (one, two):
            watch = Watch()
            run = run_once(contestant, watch)
            watch.end()
            results[contestant.name].add(run)
            if contestant is two and not run.trouble:
                alone = seconds_alone(run, watch)
                shares.append((alone / run.busy_seconds, alone, run.busy_seconds))
            each = " + ".join(f"{busy:.2f}" for busy in sorted(watch.busy.values(), reverse=True))
            bench.say(f"  {contestant.name:<28} {run.seconds:8.3f} s  busy {each} s"
                      + (f"  {run.trouble}" if run.trouble else ""))
    if shares:
        _, alone, busy = sorted(shares)[len(shares) // 2]
        results["alone"] = Result(seconds=alone)
        results["busy"] = Result(seconds=busy)
    yield bench.row(results, "alone", "busy", work=f"{work}, done by one thread alone",
                    bytes=data.bytes, yardstick="busy time of two", reach="≤ 0.1",
                    within=at_most(0.1))
    yield bench.row(results, "two threads", "one thread", work=f"{work}, two threads",
                    bytes=data.bytes, yardstick="one thread", reach="≤ 0.55",
                    within=at_most(0.55))
