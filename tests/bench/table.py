"""The table of results, as Markdown."""

from math import isinf

from measure import MIB

HEADER = ["work", "size", "usagectl", "yardstick", "its time", "ratio", "reach", "peak", "its peak"]


def seconds(result):
    if not result:
        return "–"
    if isinf(result.seconds):
        return "failed"
    if result.seconds < 0.1:
        return f"{result.seconds * 1000:.1f} ms"
    return f"{result.seconds:.2f} s"


def size(count):
    for unit, bytes_in_it in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if count >= bytes_in_it:
            return f"{count / bytes_in_it:.3g} {unit}"
    return f"{count} bytes"


def ratio(row):
    """With an asterisk where it is out of reach."""
    if row.ratio is None:
        return "–"
    least, most = row.within
    shown = "0" if row.ratio == 0 else f"{row.ratio:.2f}" if row.ratio >= 0.1 else (
        f"1/{1 / row.ratio:.1f}")
    return shown if least <= row.ratio <= most else f"{shown} \\*"


def peak(result, limit=None):
    if not result or not result.peak_bytes:
        return "–"
    shown = f"{result.peak_bytes / MIB:.0f} MiB"
    if limit is None:
        return shown
    return f"{shown} of {limit / MIB:.0f}" + ("" if result.peak_bytes <= limit else " \\*")


def cells(row):
    theirs = seconds(row.theirs) if row.theirs else f"skipped: {row.skipped}"
    ours = seconds(row.ours) + (", wrong" if row.ours and row.ours.trouble else "")
    return [row.work, size(row.bytes), ours, row.yardstick, theirs, ratio(row),
            row.reach, peak(row.ours, row.peak_limit), peak(row.theirs)]


def markdown(rows):
    table = [HEADER, *[cells(row) for row in rows]]
    widths = [max(len(line[column]) for line in table) for column in range(len(HEADER))]
    lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths)) + " |"
             for line in table]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines) + "\n"


def notes(rows):
    """What was wrong with an answer; each once."""
    found = []
    for row in rows:
        for name, result in (("usagectl", row.ours), (row.yardstick, row.theirs)):
            if result and result.trouble:
                note = f"{row.work}: {name}: {result.trouble}"
                if note not in found:
                    found.append(note)
    return found
