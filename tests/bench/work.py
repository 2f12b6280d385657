"""What every work is made of: the rows of the table, the data, and those who race on them."""

from dataclasses import dataclass
from math import isinf
from typing import Optional

from measure import MIB, Result, race


@dataclass
class Row:
    work: str
    bytes: int
    yardstick: str
    reach: str
    within: tuple  # the least and the greatest ratio that reach it
    ours: Optional[Result] = None
    theirs: Optional[Result] = None
    peak_limit: Optional[float] = None
    skipped: Optional[str] = None

    @property
    def ratio(self):
        """None when there is nothing to compare: a wrong answer has no speed."""
        if not self.ours or not self.theirs or self.ours.trouble or isinf(self.theirs.seconds):
            return None
        return self.ours.seconds / self.theirs.seconds


class Bench:
    """Everything a work needs. Without `usagectl` only the yardsticks run."""

    def __init__(self, data, usagectl, tools, scale, runs, say):
        self.data = data
        self.usagectl = usagectl
        self.tools = tools
        self.scale = scale
        self.runs = runs
        self.say = say

    def get(self, name, part=1.0):
        return self.data.get(name, self.scale * part)

    def race(self, *contestants):
        there = [contestant for contestant in contestants if contestant]
        return race(there, self.runs, self.say)

    def packed(self, name, ending):
        return self.data.packed(name, self.scale, ending)

    def summarize(self, name, data):
        return self.usagectl and self.usagectl.summarize(name, data)

    def row(self, results, ours, theirs, tool=None, **facts):
        row = Row(ours=results.get(ours), theirs=results.get(theirs), **facts)
        if not row.theirs:
            row.skipped = self.tools.missing.get(tool, "not measured")
        return row


def lines_limit(data):
    """64 MiB whatever the size, beside 16 bytes for each call that is told from its copies."""
    return 64 * MIB + 16 * data.calls


def at_most(limit):
    return (0, limit)


# For what is measured without a goal.
STATED = {"reach": "–", "within": (0, float("inf"))}
