"""What a sample is: a path, and what the program must say about it."""

from dataclasses import dataclass, field

COUNTERS = ("input", "cache_read", "cache_write", "output", "reasoning", "total")

SUMMARIZE = ("summarize",)
RECONCILE = ("reconcile",)


@dataclass(frozen=True)
class Demand:
    """One thing wanted of one command: where to look, and what may stand there."""

    command: tuple  # the words of the command, without --format
    what: str  # its name in the list of differences
    accepted: tuple  # every value that is right; the first is the one to show as wanted
    look: object  # Answer -> value found

    @property
    def wanted(self):
        return self.accepted[0]


@dataclass
class Sample:
    corpus: str
    kind: str
    name: str  # unique within the corpus
    folder: str  # the working folder of the commands
    commands: list  # all that are run: what any of them says counts as said
    demands: list = field(default_factory=list)
    # The numbers in it fit each other: an error finding about it is a false accusation. None where
    # the truth does not say, and then no finding counts as an accusation.
    sound: bool | None = None
    # The truth asks for a word of warning: right numbers without it are silently wrong.
    word_wanted: bool = False
    # The truth takes a warning for an answer as good as the right numbers.
    word_suffices: bool = False


def of_summary(counter):
    if counter == "requests":
        return lambda answer: answer.total().get("requests")
    return lambda answer: answer.total().get("tokens", {}).get(counter)


def token_demands(command, wanted):
    """`wanted` maps counters to what is right; what is not in it is not judged.

    A number must be that number. A null must be null: a counter that nobody told must not become a
    number, nor 0 (a truth that merely leaves a counter open does not list it here).
    """
    return [Demand(command, counter, accepted_values(wanted[counter]), of_summary(counter))
            for counter in COUNTERS if counter in wanted]


def accepted_values(value):
    return tuple(value) if isinstance(value, (list, tuple)) else (value,)


def request_demand(command, calls):
    """null beside right tokens is no wrong number: a log of sums does not say how many calls it
    had, and nor may the program. Only another number is wrong."""
    if calls is None:
        return []
    return [Demand(command, "requests", (calls, None), of_summary("requests"))]


def plain_sample(corpus, kind, name, folder, path, tokens, requests=None, **more):
    """The usual sample: what `summarize` adds up, and what `reconcile` says about it."""
    summarize, reconcile = SUMMARIZE + (path,), RECONCILE + (path,)
    return Sample(corpus, kind, name, folder, [summarize, reconcile],
                  token_demands(summarize, tokens) + request_demand(summarize, requests), **more)
