"""Simulates a fleet: collects the logs of each node into a partial file, and merges 8, 16, 32 and all of them;
says what each step takes, and that time and memory grow with the number of calls and not faster.

Usage: fleet.py USAGECTL NODES CALLS_OF_A_NODE FOLDER

The logs of a node are deleted when they are collected: small ones stand for large, as a partial file holds calls
and no prompts. Exit status 1 where the merged numbers are not those of the nodes, or growth is not linear.
"""
import json
import os
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "engines"))
import generate  # noqa: E402

MOST_GROWTH = 1.25  # of the cost of a call, from one number of nodes to twice as many
FEWEST_CALLS = 100_000  # below, the time is that of starting


def run(usagectl, *arguments, output=os.devnull):
    """Seconds of processors and peak MiB of a run of usagectl."""
    with open(output, "wb") as file:
        process = subprocess.Popen([usagectl, *arguments], stdout=file, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f"{' '.join(arguments)[:200]}: exit {process.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def collect(usagectl, nodes, calls, folder):
    """A partial file for each node, made once."""
    partials = []
    made = log_bytes = seconds = 0
    for node in range(nodes):
        name = f"node-{node:02}"
        partials.append(f"{name}.usagectl")
        logs = os.path.join(folder, name)
        if os.path.exists(partials[-1]):
            continue
        generate.write_node(logs, node, calls)
        log_bytes += sum(os.path.getsize(os.path.join(place, file)) for place, _, files in os.walk(logs) for file in files)
        seconds += run(usagectl, "collect", name, "-o", partials[-1])[0]
        made += calls
        shutil.rmtree(logs)
    size = sum(map(os.path.getsize, partials))
    print(f"{nodes} nodes of {calls:,} calls: {size / 1e6:,.1f} MB of partial files, {size / nodes / calls:.1f} bytes a call")
    if made:
        print(f"logs of {log_bytes / made:.0f} bytes a call, collected in {seconds / made * 1e6:.1f} s a million", flush=True)
    return partials


def calls_in(report):
    with open(report, encoding="utf-8") as file:
        return json.load(file)["inputs"]["counted"]


def main():
    usagectl, nodes, calls, folder = os.path.abspath(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    os.makedirs(folder, exist_ok=True)
    os.chdir(folder)
    partials = collect(usagectl, nodes, calls, ".")
    wrong = []
    sizes = [size for size in (8, 16, 32, 64, 128) if size < nodes] + [nodes]
    print("nodes      calls  summarize              reconcile")
    before = None
    for size in sizes:
        report = f"summary-{size}.json"
        summarize = run(usagectl, "summarize", "--no-config", "--format", "json", "--by", "model", *partials[:size],
                        output=report)
        reconcile = run(usagectl, "reconcile", "--no-config", "--format", "json", *partials[:size])
        counted = calls_in(report)
        print(f"{size:5} {counted:10,} " + " ".join(
            f"{seconds:6.1f} s {peak:5.0f} MiB " for seconds, peak in (summarize, reconcile)), flush=True)
        if before and counted >= FEWEST_CALLS:
            times = counted / before[0]
            for name, now, then in (("summarize", summarize, before[1]), ("reconcile", reconcile, before[2])):
                if now[1] > then[1] * times * MOST_GROWTH:
                    wrong.append(f"{name} of {size} nodes takes {now[1]:.0f} MiB, and {then[1]:.0f} of {times:.1f} times less")
        before = (counted, summarize, reconcile)
    peak = before[1][1], before[2][1]
    print(f"MiB per million calls: summarize {peak[0] / before[0] * 1e6:.0f}, reconcile {peak[1] / before[0] * 1e6:.0f}")
    for line in wrong:
        print(line)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
